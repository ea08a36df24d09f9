/** Words, in the name of a folder or file, of code that runs by a clock, from a queue or by hand, where nobody waits for an answer. */
export const backgroundWords: ReadonlySet<string> = new Set([
  ...["cron", "crons", "cronjob", "cronjobs", "job", "jobs", "queue", "queues", "worker", "workers", "scheduler", "schedulers", "scheduled"],
  ...["process", "processor", "processors", "consumer", "consumers", "trigger", "inngest", "migrations", "backfill", "backfills", "maintenance", "cutover"],
  ...["sync", "syncer", "digest", "digests", "notifier", "cleanup", "reminders", "import", "imports", "importer"],
]);

/** Decorators of methods that run by a clock or from a queue: package to names. */
export const backgroundDecorators: Readonly<Record<string, readonly string[]>> = {
  "@nestjs/schedule": ["Cron", "Interval", "Timeout"],
  "@nestjs/bull": ["Process"],
  "@nestjs/bullmq": ["Process", "Processor"],
};

/** Words, as the last of a table's name, of rows that tell about others: without them nothing is broken. */
export const sideRowWords: ReadonlySet<string> = new Set([
  ...["audit", "audits", "log", "logs", "history", "histories", "activity", "activities", "trail", "trace", "traces"],
  ...["notification", "notifications", "alert", "alerts", "token", "tokens", "session", "sessions"],
  ...["metric", "metrics", "analytics", "tracking", "stat", "stats", "usage", "usages", "impression", "impressions"],
  ...["job", "jobs", "run", "runs", "execution", "executions", "queue", "outbox", "delivery", "deliveries", "attempt", "attempts"],
]);

/** Words, as the last of a table's name, of rows that are a part of another, and are made before it. */
export const detailRowWords: ReadonlySet<string> = new Set(["data", "meta", "metadata", "settings", "config", "configuration", "preferences"]);

/** Words, in the name of a column, of who a row belongs to or who has acted: rows that share these need not belong together. */
export const ownerWords: ReadonlySet<string> = new Set([
  ...["organization", "organisation", "org", "tenant", "team", "workspace", "business", "company", "account", "project", "environment", "restaurant"],
  ...["created", "updated", "performed", "author", "sender", "actor", "agent", "owner", "by"],
]);
