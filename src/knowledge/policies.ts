/**
 * The words by which code asks whether somebody may do something. They only ever silence a rule: a name is no evidence against
 * anybody, and the function behind it may do what it is called.
 */
const verbs = "can|has|have|check|ensure|assert|require|verify|authorize|authorise|is|validate|throwIf(?:No|Not)?|guard|protect|enforce|restrict|allow|deny|get|with";
const objects = "Permissions?|Access|Roles?|Owner(?:ship)?|Owns|Admin|Member(?:ship)?|Allowed|Policy|Policies|Scopes?|Tenant|Privileges?|Rights|Authori[sz]ed|Authori[sz]ation|Ability|Forbidden";
const tenants = "Team|Workspace|Organi[sz]ation|Org|Project|Space|Account";

export const policyCalls: readonly { name: string; pattern: RegExp; example: string }[] = [
  { name: "a verb and what it asks for", pattern: new RegExp(`^(?:${verbs})\\w*(?:${objects})`), example: "throwIfNoPermission" },
  { name: "a verb and a tenant", pattern: new RegExp(`^(?:can|has|check|ensure|assert|require|verify|validate|throwIf)\\w*(?:${tenants})`), example: "verifyTeam" },
  { name: "a verb and what somebody can do", pattern: /^(?:assert|ensure|require|check|verify|enforce|throwIf)\w*Can(?:not|t)?[A-Z]/, example: "assertCanEditInvoice" },
  { name: "what somebody can do", pattern: /^(?:can|cannot|may)(?:[A-Z]\w*)?$/, example: "canViewWebsite" },
  { name: "authorisation itself", pattern: /^(?:authori[sz]e|authori[sz]ation|permit|permitted|enforce|isAllowed|protect|forbid)(?:[A-Z]\w*)?$/, example: "authorize" },
  { name: "a query that throws where something is not the tenant's", pattern: /^get\w+OrThrow$/, example: "getFolderOrThrow" },
  { name: "proof by a secret that was sent along", pattern: /^(?:verify|compare|timingSafeEqual|safeCompare|constructEvent|unseal|decrypt)\w*$/, example: "verifySignature" },
];

/**
 * Names of what asks for a permission, and of nothing else that code asks by such verbs (an origin that is allowed, a client with a role).
 * They are no evidence by themselves.
 */
const permissionVerbs = "can|has|have|check|ensure|assert|require|verify|authori[sz]e|is|validate|throwIf(?:No|Not)?|guard|protect|enforce|restrict|deny";
const permissionObjects = "Permissions?|Access|Roles?|Owner(?:ship)?|Owns|Admin|Member(?:ship)?|Polic(?:y|ies)|Scopes?|Tenant|Privileges?|Rights|Authori[sz]ed|Authori[sz]ation|Ability";
export const permissionCalls: readonly { name: string; pattern: RegExp; example: string }[] = [
  { name: "a verb and a permission", pattern: new RegExp(`^(?:${permissionVerbs})\\w*(?:${permissionObjects})`), example: "requireAdminRole" },
  { name: "a verb and a tenant", pattern: new RegExp(`^(?:can|has|check|ensure|assert|require|verify|throwIf)\\w*(?:${tenants})`), example: "verifyTeam" },
  { name: "what somebody can do", pattern: /^(?:(?:assert|ensure|require|check|verify|enforce|throwIf)\w*Can(?:not|t)?|can|cannot|may)[A-Z]\w*$/, example: "assertCanEditInvoice" },
  { name: "authorisation itself", pattern: /^(?:authori[sz]e|permit|enforce|protect|forbid)(?:[A-Z]\w*)?$/, example: "authorizeOwner" },
];

/** Packages whose calls ask whether somebody may do something, or pick the rows that they may see. */
export const policyPackages: readonly { readonly modules: readonly string[]; readonly source: string }[] = [
  { modules: ["@casl/ability", "@casl/prisma", "@casl/mongoose", "@casl/ability/extra", "nest-casl"], source: "https://casl.js.org/v6/en/guide/intro" },
  { modules: ["accesscontrol"], source: "https://onury.io/accesscontrol" },
  { modules: ["casbin"], source: "https://casbin.org/docs/get-started/" },
  { modules: ["@cerbos/http", "@cerbos/grpc", "@cerbos/embedded"], source: "https://docs.cerbos.dev/cerbos/latest/api/" },
  { modules: ["@openfga/sdk"], source: "https://openfga.dev/docs/getting-started/perform-check" },
  { modules: ["permitio"], source: "https://docs.permit.io/sdk/nodejs/quickstart-nodejs/" },
];

/** Words in a function's text that show it to ask who is there, or what they may do. */
export const authorisingText = /session|cookies\(|headers\(|authori[sz]|\bauth\b|permission|forbidden|\brole|owner|\baccess|tenant|\bability\b|currentUser|\b40[13]\b/i;

/** Words by which code shows that it looks for a signature or a shared secret in what it was sent. */
export const provingText = /signature|signed_?request|hmac|timingSafeEqual|subtle\.verify|constructEvent|svix|verif(?:y|ies)[A-Z_]?\w*(?:webhook|request|token|captcha|recaptcha|turnstile)/i;

/** Names of what anybody may call: to sign in or up, to find a way back, to be told something, to say something. */
export const openNames =
  /log-?in|sign-?(?:in|up|out)|log-?out|register|registration|onboard|forgot|reset|recover|verif|confirm|activat|otp|magic|oauth|sso|callback|webhook|hook|inbound|ping|health|status|version|public|contact|subscri|newsletter|wait-?list|track|analytic|event|metric|telemetry|beacon|pixel|feedback|survey|widget|visitor|guest|lead|inquir|enquir|rsvp|unsubscribe|share|invit|token|captcha|csp-?report|test|demo|dev-|seed|setup|install|bootstrap|cron/i;

/** Words in a guard that show it to ask for more than a signature. */
export const policyWords = /role|permission|scope|tenant|\borg|team|owner|polic|ability|\.params\b|\.body\b|admin|\bplan\b|feature/i;

/** Words by which a function shows that it keeps somebody out. */
export const deniesText = /\b40[13]\b|unauthori[sz]ed|forbidden|["'`/](?:login|sign-?in|auth\/)|return false\b/i;

/** Words by which a function shows that it answers those whom it does not let in. */
export const turnsAwayText = /\b40[13]\b|unauthori[sz]ed|forbidden/i;

/** Words by which an answer or an error says that it does not know who somebody is. */
export const strangerWords = /unauthori[sz]ed|unauthenticated|not[ _-]?(?:signed|logged)[ _-]?in|not[ _-]?authenticated|authentication[ _-]required|(?:must|please|need to)(?: be)? (?:signed|logged|sign|log) ?in/i;

/** Words by which they say that somebody is not let in, known or not. */
export const denyingWords = new RegExp(`${strangerWords.source}|forbidden|(?:access|permission)[ _-]?denied`, "i");

/** Names of checks that a request comes from a page of the app, whoever sends it: https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html */
export const forgeryChecks = /csrf|xsrf/i;

/** Calls that do not come back: they leave for another page, or throw. */
export const leavingCalls = /^(?:redirect|permanentRedirect|notFound|unauthorized|forbidden|throw|reject|abort|exit)$/;

/** Names of what says who is asking, and of the parts of it that are there only where somebody is. */
export const principalWords = /user|session|account|principal|auth|claims|member|admin|payload|decoded|token|identity|actor|viewer|profile|\bme\b/i;
export const principalParts = /^(?:_?id|uid|uuid|sub|user|user_?id|email|name|roles?|tenant_?id|org(?:anization)?_?id|account_?id|team_?id|company_?id|permissions)$/i;

/** Names of what counts or switches rather than asks: when it fails, to let through is a choice that is made. */
export const limitingNames = /rate|limit|throttl|quota|usage|flag|feature|captcha|\bbot|spam|maintenance|health|cache|avail|email|url|domain|origin|schema|input|connect|reach|exist|duplicate|unique/i;

/** Words by which code says that nobody needs to be signed in. */
export const optionalNames = /optional|anonymous|anon\b|guest|maybe|soft|public|not required|if (?:present|any|available)|continue without|unauthenticated access|allow/i;

/** Names of a project's own functions that ask what somebody may do to something: `assertCanWriteTask`, `canViewReport`. */
export const policyHelpers = /^(?:can|may)[A-Z]\w*$|^(?:assert|require|ensure|check|verify|authori[sz]e|enforce)\w*(?:Can|May|Access|Permission|Own(?:s|er)|Write|Read|Edit|Manage|Member|Role|Allowed)(?![a-z])\w*$/;

/** What their names have where they are for one of two things only. */
export const helperActs = { read: /(?:Read|View|See|List)(?![a-z])/, change: /(?:Write|Edit|Update|Modify|Change|Manage|Delete|Remove|Own(?:s|er)?)(?![a-z])/ } as const;

/** Names under which middleware leaves who is there. */
export const principalNames = /user|session|auth|account|claims|actor|member|principal|identity|viewer|tenant/i;

/** Names of checks that ask who is there. */
export const identityChecks = /^(?:is|has|verify|validate|check|ensure|require|assert)\w*(?:Auth|Authenticated|Session|Token|Jwt|LoggedIn|SignedIn|Signature|Credentials?)$|^(?:authenticate|authori[sz]e|jwtVerify|verifyIdToken)\w*$|^is(?:Auth\w*|LoggedIn|SignedIn)$/;

/** Names of checks that throw, and give back nothing. */
export const assertions = /^(?:assert|require|enforce|verify|authori[sz]e|throwIfNot?)\w*(?:Auth|Authenticated|Authori[sz]ed|LoggedIn|SignedIn|Permissions?|Access|Roles?|Owner|Ownership|Admin|Member|Membership|Allowed|Policy|Signature)$|^ensure(?:Is|Has)?(?:Authenticated|Authori[sz]ed|LoggedIn|SignedIn|Permissions?|Access|Owner|Role)$/;

/** Columns that hold the key of the person who acts. */
export const personKeys = /^(?:user|owner|author|creator|created_?by|sender|uploader|reporter)(?:_?id)?$/i;

/** Columns that say what somebody may do. */
export const privileges = /^(?:role|roles|user_?role|is_?(?:super_?)?admin|is_?staff|admin|permissions?|privileges?|access_?level)$/i;

/** Names of handlers by which somebody becomes a user. */
export const signUpNames = /sign_?-?up|regist(?:er|ration)|create-?account/i;

/** Tables that strangers write to: what they ask, answer or do is put down there. */
export const openTables = /log|lead|contact|feedback|submission|subscri|inquir|enquir|message|wait_?list|event|visit|view|analytic|metric|survey|response|answer|session|otp|token|verification|newsletter|rsvp/i;

/** Columns whose value is proof enough by itself: whoever knows it was given it. */
export const secretColumns = /session|checkout|external|stripe|provider|token|secret|hash|signature|password|passcode|nonce|otp|^(?:pin|code|key|slug)$|(?:_|[a-z])(?:Code|Key|_code|_key)$|domain|email/i;

/** Columns and values that say that a row is for everybody. */
export const publicWords = /public|publish|visible|shared|approved|listed|featured|anonymous/i;

/** Methods of lists, texts and patterns: on a constant of the module they ask nobody anything. */
export const hostMethods = /^(?:at|concat|every|exec|filter|find|flatMap|forEach|includes|indexOf|join|map|match|reduce|replace|replaceAll|slice|some|sort|split|startsWith|endsWith|test|toString)$/;

/** Words for changes that add to what is there: views, votes and downloads may be counted by everybody. */
export const countingWords: readonly string[] = ["increment", "decrement"];

/** Those who own rows: users, then what users belong to, then who may be a user or somebody else. */
export const owners: readonly string[] = [
  ...["user", "owner", "author", "creator", "createdBy", "tenant", "team", "org", "organization", "organisation", "workspace", "account", "company", "business"],
  ...["project", "environment", "program", "partner", "space", "member", "profile", "customer", "assignee"],
];

/** Those among them who are one person. */
export const persons: readonly string[] = ["user", "owner", "author", "creator", "createdBy", "profile", "member", "customer", "assignee", "account", "partner"];

/** Columns that say who entered, changed or checked a row. Whose it is they say only where the app itself goes by them. */
export const auditColumns = /^(?:creator|(?:add|archiv|cancel|chang|check|clos|creat|delet|edit|enter|issu|modifi|process|publish|receiv|record|review|submitt|updat|upload|verifi|approv)ed_?by)(?:_?(?:user|profile|member))?(?:_?(?:id|uuid))?$/i;

/** Tables by such a name say who belongs to what they point at. */
export const memberships = /member|collaborator|participant|access|permission|share|user|owner|role/i;

/** Decorators of a field that holds the row which a row points at. */
export const relationDecorators: readonly { module: string; names: readonly string[]; source: string }[] = [
  { module: "typeorm", names: ["ManyToOne", "OneToOne"], source: "https://typeorm.io/docs/relations/many-to-one-one-to-many-relations" },
];

/** Tables whose rows are there to be read by others; who may change them is another question. */
export const sharedTables =
  /^(?:post|comment|review|like|rating|vote|reaction|follow|follower|article|blog|story|product|category|tag|topic|event|course|chapter|lesson|quiz|question|answer|listing|recipe|menu|menuitem|faq|page|plan|country|city|template)s?$/i;

/** Tables whose rows are found by a link that was sent to somebody: whoever has the key was given it. */
export const sentByLink = /invit|magic|verification|passwordreset|share[ds]?link|otp/i;

/** Fields of a row that its owner shows to everybody. */
export const shownFields: readonly string[] = ["id", "name", "username", "displayName", "image", "avatar", "avatarUrl", "handle", "slug", "bio"];

/** Words in the making of a client that show it to speak for somebody. */
export const boundClients = /tenant|user|session|auth|company|organi[sz]ation|workspace|team/i;

/** Paths of handlers for administrators: what stands before them asks for more than a session. */
export const adminPaths = /[/(](?:_?admin|superadmin|backoffice|staff|internal)(?:[)/.-]|$)/i;

/** Calls that throw where the sender has not signed with the secret of both: https://docs.stripe.com/webhooks#verify-official-libraries */
export const signatureCall = /[\w.]+\.constructEvent(?:Async)?(?=\s*\()/;
