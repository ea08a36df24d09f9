import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { isServerSide, ofBackEnd } from "../../semantics/program/file-role.js";
import { namesUploadParser, openUploadAt, unmeasuredFileAt } from "../../semantics/entries/uploads.js";

type Options = [{ megabytes: number; forms: boolean }];
type MessageId = "open" | "generous" | "unmeasured" | "addLimit";

export default createRule<Options, MessageId>({
  name: "require-upload-limits",
  meta: {
    type: "problem",
    docs: {
      description: "Require a limit for the size of uploaded files",
      concern: "error-handling",
      presets: { recommended: "error", strict: ["error", { forms: true }] },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      open: "`{{call}}` takes files of any size, so one request can fill the server's memory or disk, and everybody's requests fail. Give it a limit: `{{limit}}`.",
      generous: "`{{call}}` takes files of up to {{takes}}, so a few requests at a time can fill the server's memory or disk. Give it a limit: `{{limit}}`.",
      unmeasured: "`{{read}}` reads the file into memory whatever its size, so one request can take the server down. Turn it away when `{{file}}.size` is more than you expect.",
      addLimit: "Add `{{limit}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          megabytes: { type: "integer", minimum: 1, description: "The limit that the suggestion writes." },
          forms: { type: "boolean", description: "Whether files of `request.formData()`, and parsers with a very large limit, are reported as well." },
        },
      },
    ],
    defaultOptions: [{ megabytes: 10, forms: false }],
  },
  runsIn: ofBackEnd,
  create(context, [{ megabytes, forms }]) {
    const source = context.sourceCode;
    const parses = namesUploadParser(source);
    const takesForms = forms && source.text.includes("formData");
    if (!parses && !takesForms) return {};

    function checkParser(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const upload = parses ? openUploadAt(node, source) : null;
      if (!upload || (upload.takes !== null && !forms)) return;
      const { takes } = upload;
      const { text: limit, edit: fix } = upload.withLimit(megabytes);
      const call = source.getText(node.callee);
      const suggest = fix && [{ messageId: "addLimit" as const, data: { limit }, fix }];
      if (takes === null) context.report({ node: node.callee, messageId: "open", data: { call, limit }, suggest });
      else context.report({ node: node.callee, messageId: "generous", data: { call, takes, limit }, suggest });
    }

    function checkForm(node: TSESTree.CallExpression): void {
      const file = takesForms && isServerSide(source) ? unmeasuredFileAt(node, source) : null;
      if (file) context.report({ node: file.read, messageId: "unmeasured", data: { read: source.getText(file.read), file: file.name } });
    }

    return {
      CallExpression(node) {
        checkParser(node);
        checkForm(node);
      },
      NewExpression: checkParser,
    };
  },
});
