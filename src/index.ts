import type { ESLint, Linter } from "eslint";

import auth from "../configs/auth.js";
import codeRecommended from "../configs/code-recommended.js";
import codeStrict from "../configs/code-strict.js";
import dataIntegrity from "../configs/data-integrity.js";
import dataModel from "../configs/data-model.js";
import deployment from "../configs/deployment.js";
import errorHandling from "../configs/error-handling.js";
import observability from "../configs/observability.js";
import recommended from "../configs/recommended.js";
import strict from "../configs/strict.js";
import type { Concern } from "./concerns.js";
import { plugin } from "./plugin.js";
import { projectFiles } from "./preset.js";

export type { RuleOptions } from "./rule-options.js";
export type { HardeningSettings } from "./settings.js";

const configs = {
  recommended,
  strict,
  "code-recommended": codeRecommended,
  "code-strict": codeStrict,
  "error-handling": errorHandling,
  "data-integrity": dataIntegrity,
  observability,
  auth,
  "data-model": dataModel,
  deployment,
};

/** In ESLint's own types, against which users' configs are checked: they do not accept what typescript-eslint's call a rule. */
interface Hardening extends Pick<ESLint.Plugin, "meta" | "languages" | "rules"> {
  configs: Record<"recommended" | "strict" | "code-recommended" | "code-strict" | Concern, Linter.Config[]>;
  projectFiles: typeof projectFiles;
}

const hardening: Hardening = Object.assign(plugin as unknown as ESLint.Plugin, { configs, projectFiles });

export default hardening;
