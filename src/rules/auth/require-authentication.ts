import { createRule } from "../../create-rule.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { mayHaveOpenEntries, type OpenEntry, openEntriesIn } from "../../semantics/auth/open-entries.js";

type Options = [{ everywhere: boolean }];
type MessageId = "service" | "sends" | "unguarded" | "route" | "sibling" | "open";

const messages = { guarded: "unguarded", routes: "route", siblings: "sibling", strict: "open" } as const;
const acts = { change: "change", delete: "delete", add: "add to", send: "send by", write: "write to" } as const;

export default createRule<Options, MessageId>({
  name: "require-authentication",
  meta: {
    type: "problem",
    docs: {
      description: "Require that what changes or sends something asks who is calling",
      concern: "auth",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      service:
        "Anybody with the app's public key can {{act}} `{{subject}}` here, by whichever `{{key}}` they send: nothing asks who is calling (that key is all that `verify_jwt` wants), and the service key passes row level security. Ask `auth.getUser()` with the caller's token first, or compare a shared secret.",
      sends:
        "Anybody with the app's public key can send to whom they like here: nothing asks who is calling (that key is all that `verify_jwt` wants) before `{{subject}}` is given their `{{key}}`. Ask `auth.getUser()` with the caller's token first, or compare a shared secret.",
      unguarded: "Anybody on the internet can write to `{{subject}}` here: other handlers of the app are guarded, and this one is not. Put `@UseGuards(…)` on it or its controller.",
      route: "Anybody on the internet can {{act}} `{{subject}}` here: other routes of the app ask who is calling, and nothing on the way to this one does. Put the middleware before it that stands before those.",
      sibling: "Anybody on the internet can write to `{{subject}}` here: other actions of this file ask who is signed in, and this one does not. Ask for the session before anything else.",
      open: "Anybody on the internet can write to `{{subject}}` here: nothing on the way asks who is calling. Ask for the session or the token first.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { everywhere: { type: "boolean", description: "Whether to report every handler that writes and asks nobody, and not only those whose surroundings show that they were meant to." } },
      },
    ],
    defaultOptions: [{ everywhere: false }],
  },
  runsIn: serverSide,
  create(context, [{ everywhere }]) {
    const { sourceCode } = context;
    if (!mayHaveOpenEntries(sourceCode, everywhere)) return {};

    function messageFor({ because, act }: OpenEntry): MessageId {
      if (because === "service") return act === "send" ? "sends" : "service";
      return messages[because];
    }

    return {
      "Program:exit"() {
        for (const open of openEntriesIn(sourceCode, everywhere)) {
          const data = { act: acts[open.act], subject: open.subject, key: open.key ?? "key" };
          context.report({ node: open.node, messageId: messageFor(open), data });
        }
      },
    };
  },
});
