/** A package whose calls leave the process, and may fail for reasons that are not ours. */
export interface Sdk {
  readonly module: string;
  /** What of the module has methods that call out: an instance, or the module itself (`""`). */
  readonly clients: readonly string[];
  /** The methods that call out, by their last name; all of them if left out. */
  readonly sends?: readonly string[];
  /** Methods of a client that stay in the process. */
  readonly local?: readonly string[];
  /** Whether what it does reaches people or moves money: done twice, it cannot be taken back. */
  readonly irrevocable?: true;
  /** Whether a failure rejects the promise, or comes back as a value beside the data. */
  readonly failure: "rejects" | "returns-error";
  readonly source: string;
}

export const sdks: readonly Sdk[] = [
  {
    module: "stripe",
    clients: ["default()", "Stripe()"],
    local: ["webhooks.constructEvent", "webhooks.constructEventAsync", "webhooks.generateTestHeaderString", "oauth.authorizeUrl", "on", "off"],
    irrevocable: true,
    failure: "rejects",
    source: "https://docs.stripe.com/error-handling?lang=node",
  },
  { module: "resend", clients: ["Resend()"], local: ["webhooks.verify"], irrevocable: true, failure: "returns-error", source: "https://resend.com/docs/send-with-nodejs" },
  { module: "openai", clients: ["default()", "OpenAI()", "AzureOpenAI()"], local: ["withOptions"], failure: "rejects", source: "https://github.com/openai/openai-node#handling-errors" },
  { module: "@anthropic-ai/sdk", clients: ["default()", "Anthropic()"], local: ["withOptions"], failure: "rejects", source: "https://github.com/anthropics/anthropic-sdk-typescript#handling-errors" },
  {
    module: "ai",
    clients: [""],
    sends: ["generateText", "generateObject", "embed", "embedMany", "generateImage", "transcribe"],
    failure: "rejects",
    source: "https://ai-sdk.dev/docs/ai-sdk-core/error-handling",
  },
  {
    module: "@aws-sdk/client-*",
    clients: ["*Client()"],
    sends: ["send"],
    failure: "rejects",
    source: "https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/error-handling.html",
  },
  { module: "@aws-sdk/s3-request-presigner", clients: [""], sends: ["getSignedUrl"], failure: "rejects", source: "https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-s3-request-presigner/" },
  { module: "nodemailer", clients: ["createTransport()"], sends: ["sendMail", "verify"], irrevocable: true, failure: "rejects", source: "https://nodemailer.com/usage" },
  { module: "@sendgrid/mail", clients: ["", "MailService()"], sends: ["send", "sendMultiple"], irrevocable: true, failure: "rejects", source: "https://github.com/sendgrid/sendgrid-nodejs/tree/main/packages/mail" },
  {
    module: "postmark",
    clients: ["ServerClient()", "AccountClient()"],
    irrevocable: true,
    failure: "rejects",
    source: "https://activecampaign.github.io/postmark.js/",
  },
  {
    module: "twilio",
    clients: ["default()", "Twilio()"],
    sends: ["create", "fetch", "update", "remove", "list", "page"],
    irrevocable: true,
    failure: "rejects",
    source: "https://www.twilio.com/docs/libraries/node#handle-exceptions",
  },
  { module: "@slack/web-api", clients: ["WebClient()"], irrevocable: true, failure: "rejects", source: "https://docs.slack.dev/tools/node-slack-sdk/web-api/#handle-errors" },
  { module: "@octokit/rest", clients: ["Octokit()"], failure: "rejects", source: "https://github.com/octokit/request-error.js#usage-with-octokit" },
];

/** Methods that give another client: `client.withOptions({ … }).messages.create(…)`. https://github.com/openai/openai-node#configuring-an-https-agent-eg-for-proxies */
export const clientMakers: ReadonlySet<string> = new Set(["withOptions", "extend", "defaults"]);

/**
 * Methods of what a call gives by which more is asked of the other side. All others are of texts, lists and what a vendor's answers can do.
 * https://docs.stripe.com/api/pagination/auto?lang=node https://github.com/anthropics/anthropic-sdk-typescript/blob/main/helpers.md
 */
export const askingFurther = /^(?:autoPaging\w+|withResponse|asResponse|final[A-Z]\w*|getNextPage|emitted|done)$/;

/** Last names of the methods with which these packages change something on the other side, or send something to somebody. */
export const sdkVerbs = /^(?:send\w*|create\w*|update\w*|delete\w*|remove|cancel|capture|refund|pay|charge|publish|post\w*|finalize\w*)$/;

/** Addresses of services that reach people or move money, for those who send to them by hand. */
export const irrevocableAddresses =
  /^https:\/\/(?:api\.resend\.com|api\.sendgrid\.com|api\.postmarkapp\.com|api(?:\.eu)?\.mailgun\.net|api\.twilio\.com|hooks\.slack\.com|slack\.com\/api\/chat|api\.stripe\.com|api\.telegram\.org|onesignal\.com|api\.onesignal\.com|graph\.facebook\.com)/;

/** Names of functions that a project deploys for the same. */
export const irrevocableFunctions = /^(?:send|notify|email|sms|charge|refund|pay|invite|broadcast|dispatch)(?:[-_]|$)|[-_](?:email|sms|notification|invite|reminder)s?$/;
