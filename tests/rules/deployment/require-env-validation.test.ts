import rule from "../../../src/rules/deployment/require-env-validation.js";
import { ruleTester } from "../../support/rule-tester.js";

ruleTester.run("require-env-validation", rule, {
  valid: [{ name: "TODO: the nearest code that is as it should be", code: "start();" }],
  invalid: [
    {
      name: "TODO: the fault, in a sentence about the app",
      code: "debugger;\nstart();",
      errors: [{ messageId: "fault", line: 1, column: 1, endColumn: 10 }],
    },
  ],
});
