import { excerptOf, identify } from "../lint.js";
import { docsUrlOf } from "../links.js";
import type { App } from "../app.js";
import type { Excerpt } from "../model.js";
import { certaintyFrom, type Check, type CheckReport } from "./check.js";
import { hasVariables, noCommittedEnvFile } from "./no-committed-env-file.js";
import { noCommittedSecret } from "./no-committed-secret.js";
import { noDuplicateModel } from "./no-duplicate-model.js";
import { noIgnoredBuildErrors } from "./no-ignored-build-errors.js";
import { noOpenPolicyByHand } from "./no-open-policy-by-hand.js";
import { purposeOf } from "./purpose.js";
import { noRootContainer } from "./no-root-container.js";
import { noSchemaPush } from "./no-schema-push.js";
import { requireCiChecks } from "./require-ci-checks.js";
import { requireEnvModule } from "./require-env-module.js";
import { requireErrorTracking } from "./require-error-tracking.js";
import { requireHealthCheck } from "./require-health-check.js";
import { requireLockfile } from "./require-lockfile.js";
import { requireLogger } from "./require-logger.js";
import { requireMigrationStep } from "./require-migration-step.js";
import { requireMigrations } from "./require-migrations.js";
import { requireProcessErrorHandlers } from "./require-process-error-handlers.js";
import { requireRequestLogging } from "./require-request-logging.js";
import { requireStaging } from "./require-staging.js";

/** All project checks, by name. */
const all: readonly Check[] = [
  noCommittedEnvFile,
  noCommittedSecret,
  noDuplicateModel,
  noIgnoredBuildErrors,
  noOpenPolicyByHand,
  noRootContainer,
  noSchemaPush,
  requireCiChecks,
  requireEnvModule,
  requireErrorTracking,
  requireHealthCheck,
  requireLockfile,
  requireLogger,
  requireMigrationStep,
  requireMigrations,
  requireProcessErrorHandlers,
  requireRequestLogging,
  requireStaging,
];

/** A check, with what is known of it. */
export type KnownCheck = Check & { readonly docs: string; readonly certainty: number };

export const checks: readonly KnownCheck[] = all.map((check) => ({ ...check, docs: docsUrlOf(check.name), certainty: certaintyFrom(check.read) }));

export interface CheckFinding {
  readonly id: string;
  readonly check: KnownCheck;
  readonly report: CheckReport;
  readonly excerpt: Excerpt | null;
}

/** The lines of a file as they may be shown. */
export type Show = (file: string, text: string) => string;

function excerptAt({ file, line }: CheckReport, check: Check, app: App, show: Show): Excerpt | null {
  // What this check finds is a secret, and files of variables may hold more: no line of them is shown.
  const text = line === undefined || check.name === noCommittedSecret.name || hasVariables(file) ? null : app.read(file);
  return text === null || line === undefined ? null : excerptOf(show(file, text).split(/\r?\n/), line, line, file);
}

/** Runs the checks over an app. */
export function runChecks(app: App, only: ReadonlySet<string>, show: Show): CheckFinding[] {
  const seen = new Map<string, number>();
  return checks
    .filter(({ name, silentOn = [] }) => (only.size === 0 || only.has(name)) && !silentOn.some((purpose) => purpose === purposeOf(app)))
    .flatMap((check) => [...check.run(app)].map((report): CheckFinding => ({ id: identify(seen, check.name, report.file), check, report, excerpt: excerptAt(report, check, app, show) })));
}
