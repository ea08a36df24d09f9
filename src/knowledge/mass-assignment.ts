/** Calls, by a part of their name, that may keep of a body only what may be sent. */
export const pickingCalls = /parse|valid|check|assert|ensure|saniti[sz]|pick|omit|whitelist|allow|cast|schema|filter|strip|decode|transform|normali[sz]e|matchedData|verify|instance/i;

/** Middleware and options of a route, by their text, that may do the same before the handler runs. */
export const pickingMiddleware = /valid|schema|dto|saniti[sz]|joi|zod|celebrate|pick|whitelist|yup|ajv|typebox/i;

/** Methods of a request that give its body. */
export const bodyMethods: ReadonlySet<string> = new Set(["json", "formData", "body"]);

/** Fields of a request that hold its body. */
export const bodyFields: ReadonlySet<string> = new Set(["body"]);

/** Methods of a response: a function that calls one of them on its second parameter answers a request. */
export const answeringMethods: ReadonlySet<string> = new Set(["json", "send", "status", "render", "redirect", "end", "sendStatus"]);

/** Columns that decide about rights, money or whose a row is: what no sender should choose. */
export const guardedColumns = /^(?:is_?admin|role|roles|permissions?|is_?verified|email_?verified|is_?active|balance|credits?|price|amount|plan|tier|(?:user|owner|author|tenant|team|org|organi[sz]ation|workspace|account|company|created_?by)_?(?:id)?|password(?:_?hash)?|approved|is_?staff|is_?super_?user)$/i;

/** Tables in which a status says what was paid or granted: elsewhere it is the sender's own to set more often than not. */
export const guardedStatus: { readonly column: RegExp; readonly tables: RegExp } = {
  column: /^(?:payment_?)?status$/i,
  tables: /order|payment|invoice|subscription|transaction|refund|payout|withdrawal|application|verification|user|account|member/i,
};

/** A column that grants something where a row is somebody, or somebody's; elsewhere it is content: what is shown. */
export const ownersFlag = /^is_?active$/i;

/** What a handler says that lets in those only who may set everything. */
export const adminsOnly = /[=!]==?\s*["'`](?:super_?)?admin["'`]|\b(?:assert|check|ensure|must_?be|require|verify)_?(?:super_?)?admin\b|!\s*[\w.?]{0,60}\bis_?(?:super_?)?admin\b|\bis_?(?:super_?)?admin\s*\(|\badmin_?only\b/i;

/** How a validating pipe of Nest is told to keep only what its class declares. */
export const whitelisting = { module: "@nestjs/common", text: /whitelist\s*:\s*(?!false\b)/, source: "https://docs.nestjs.com/techniques/validation#stripping-properties" };

/** Classes that are made of a Zod schema, the pipe that checks bodies against them, and schemas that let through what they do not name. */
export const zodClasses: { readonly modules: readonly string[]; readonly call: string; readonly pipe: RegExp; readonly open: RegExp; readonly source: string } = {
  modules: ["nestjs-zod", "nestjs-zod/dto", "@anatine/zod-nestjs", "@wahyubucil/nestjs-zod-openapi"],
  call: "createZodDto",
  pipe: /(?:APP_PIPE|useGlobalPipes)[^]{0,300}\b\w*[Zz]od\w*Pipe\b/,
  open: /\.(?:passthrough|loose|catchall)\(|looseObject\(/,
  source: "https://github.com/BenLorantfy/nestjs-zod#zodvalidationpipe",
};
