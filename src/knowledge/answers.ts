/** The fields by which the body of an answer tells that it is an error, at its top: Slack's `ok`, GraphQL's `errors`, Google's `error`. */
export const failureField = /^(?:ok|success\w*|succeeded|status\w*|code|err|errors?|error[_A-Z]\w*|is_?error|has_?errors?|fail\w*|fault|errno|detail|title)$/i;

/** What is called to ask whether a value is what it should be: `schema.parse`, `Array.isArray`, `assertUser`. */
export const assertions = /^(?:(?:safe)?parse(?:Async)?|validate\w*|decode\w*|cast|check\w*|is[A-Z]\w*|has[A-Z]\w*|assert\w*|invariant|expect|ensure\w*|Boolean|create|strict|mask)$/;

/** Errors, by their class's name, that become an answer of 4xx: https://docs.nestjs.com/exception-filters#built-in-http-exceptions */
export const clientErrors = /^(?:BadRequest|Unauthori[sz]ed|Unauthenticated|Forbidden|NotFound|Conflict|Gone|NotAcceptable|Unprocessable(?:Entity|Content)|Validation)(?:Http)?(?:Exception|Error)?$/;
