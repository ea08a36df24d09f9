const nothings: Readonly<Record<string, () => unknown>> = {
  none: () => null,
  list: () => [],
  no: () => false,
};

const answers: Readonly<Record<string, readonly string[]>> = {
  none: [
    "getFirstToken",
    "getFirstTokenBetween",
    "getJSDocComment",
    "getLastToken",
    "getLastTokenBetween",
    "getNodeByRangeIndex",
    "getTokenAfter",
    "getTokenBefore",
    "getTokenByRangeStart",
    "getTokenOrCommentAfter",
    "getTokenOrCommentBefore",
  ],
  list: [
    "getAllComments",
    "getCommentsAfter",
    "getCommentsBefore",
    "getCommentsInside",
    "getDeclaredVariables",
    "getFirstTokens",
    "getFirstTokensBetween",
    "getLastTokens",
    "getLastTokensBetween",
    "getTokens",
    "getTokensAfter",
    "getTokensBefore",
    "getTokensBetween",
  ],
  no: ["commentsExistBetween", "isGlobalReference", "isSpaceBetween", "isSpaceBetweenTokens", "markVariableAsUsed"],
};

const methods = Object.fromEntries(Object.entries(answers).flatMap(([kind, names]) => names.map((name) => [name, nothings[kind]])));

/** A program without files: rules that want types begin by asking for it, and end at finding no code. */
const program = {
  getCompilerOptions: () => ({ strict: true, strictNullChecks: true, exactOptionalPropertyTypes: true }),
  getSourceFile: () => undefined,
  getSourceFiles: () => [],
  getTypeChecker: () => ({}),
};

/**
 * What a schema file answers to questions about code: that there is none. Rules that somebody's config has without `files` are run on
 * schema files as well, where they find nothing then, instead of ending the run.
 */
export function neutralAnswers(ast: object): Record<string, unknown> {
  const scope = {
    type: "global",
    block: ast,
    upper: null,
    isStrict: true,
    functionExpressionScope: false,
    set: new Map(),
    variables: [],
    references: [],
    through: [],
    childScopes: [],
    implicit: { set: new Map(), variables: [], left: [] },
  };
  return {
    ...methods,
    tokensAndComments: [],
    getScope: () => scope,
    scopeManager: { scopes: [scope], globalScope: scope, acquire: () => null, acquireAll: () => [], getDeclaredVariables: () => [] },
    parserServices: {
      program,
      emitDecoratorMetadata: false,
      experimentalDecorators: false,
      isolatedDeclarations: false,
      esTreeNodeToTSNodeMap: new Map(),
      tsNodeToESTreeNodeMap: new Map(),
      getSymbolAtLocation: () => undefined,
      getTypeAtLocation: () => undefined,
    },
  };
}
