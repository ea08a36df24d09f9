/** What a column counts money by, at the end of its name: there is no other meaning to it. */
export const moneyWords: ReadonlySet<string> = new Set([
  ...["price", "cost", "costs", "fee", "fees", "subtotal", "salary", "wage", "wages", "payout", "refund", "revenue", "profit", "earnings", "expense", "expenses"],
]);

/** Words that mean money in a table that is about money, and may mean anything elsewhere. */
export const perhapsMoneyWords: ReadonlySet<string> = new Set([
  ...["amount", "total", "balance", "tax", "taxes", "vat", "gst", "discount", "commission", "tip", "deposit", "budget", "spend", "income", "credit", "debit"],
]);

/** What may follow the word for money: `price_usd`, `amount_paid`, `fee_monthly`. */
export const moneyEndings: ReadonlySet<string> = new Set([
  ...["usd", "eur", "gbp", "amount", "value", "net", "gross", "paid", "due", "min", "max", "monthly", "yearly", "annual", "base", "cents"],
]);

/** Tables about money, by any word of their name. */
export const moneyTables: ReadonlySet<string> = new Set([
  ...["order", "orders", "invoice", "invoices", "payment", "payments", "transaction", "transactions", "receipt", "receipts", "cart", "carts", "checkout", "subscription"],
  ...["subscriptions", "expense", "expenses", "bill", "bills", "billing", "wallet", "wallets", "purchase", "purchases", "sale", "sales", "payroll", "payslip", "refund"],
  ...["refunds", "booking", "bookings", "donation", "donations", "loan", "loans", "budget", "budgets", "ledger", "withdrawal", "withdrawals", "transfer", "transfers"],
]);

/** Words, anywhere in a column's name, of what is calculated with or estimated, and not owed: rates, quantities, quotes of a market. */
export const rateWords: ReadonlySet<string> = new Set([
  ...["rate", "rates", "percent", "percentage", "pct", "ratio", "factor", "multiplier", "per", "share", "quantity", "qty", "count", "number", "score", "weight", "index"],
  ...["average", "avg", "mean", "estimate", "estimated", "predicted", "projected", "forecast", "market", "quote", "change", "threshold", "similarity", "margin", "hours"],
  ...["days", "minutes", "tokens", "points", "volume", "stock", "elasticity", "return", "roi", "roas", "ltv"],
]);

/** Words, anywhere in a table's name, of what a market or a model says, and nobody owes. */
export const quoteTables: ReadonlySet<string> = new Set([
  ...["market", "quote", "quotes", "ticker", "tickers", "candle", "candles", "ohlc", "symbol", "symbols", "exchange", "benchmark", "backtest", "prediction", "predictions"],
  ...["forecast", "forecasts", "simulation", "embedding", "embeddings"],
]);

/** What there is a fixed number of, so that a column for each is no list: lines of an address, quarters, the numbers of an algorithm. */
export const countedWords: ReadonlySet<string> = new Set([
  ...["address", "addr", "line", "street", "q", "quarter", "month", "m", "week", "w", "day", "d", "hour", "h", "year", "y", "level", "lvl", "l", "p", "percentile", "tier"],
  ...["player", "team", "x", "y", "z", "dimension", "dim", "sha", "md", "base", "oauth", "utf", "period", "phase", "stage", "step", "round", "quarterly", "lang", "locale", "rating", "ratings", "star", "stars"],
]);

/** Names of columns that say nothing of what is in them, whatever the table. */
export const emptyNames: ReadonlySet<string> = new Set([
  ...["misc", "miscellaneous", "stuff", "thing", "things", "temp", "tmp", "foo", "bar", "dummy", "blah", "whatever", "flag", "fld", "col", "var"],
]);

/** Names that say nothing with a number behind them. */
export const numberedNames: ReadonlySet<string> = new Set(["field", "column", "attribute", "attr", "property", "prop", "data", "info", "value"]);

/** Names that say nothing in a table of things, and say enough in a table of files, of settings or of messages. */
export const thinNames: ReadonlySet<string> = new Set(["data", "info", "value"]);

/** Tables, by any word of their name, whose rows are made to hold anything: settings, answers, files, messages, caches. */
export const holderTables: ReadonlySet<string> = new Set([
  ...["setting", "settings", "config", "configuration", "option", "options", "preference", "preferences", "attribute", "attributes", "property", "properties", "metadata", "meta"],
  ...["field", "fields", "answer", "answers", "response", "responses", "value", "values", "variable", "variables", "secret", "secrets", "env", "environment", "param", "params"],
  ...["file", "files", "document", "blob", "image", "photo", "attachment", "content", "contents", "data", "info", "store", "storage", "cache", "state", "token", "tokens"],
  ...["message", "messages", "notification", "job", "jobs", "queue", "task", "payload", "import", "export", "backup", "vote", "rating", "score", "measurement", "measurements"],
  ...["metric", "metrics", "reading", "readings", "sample", "point", "datum", "tag", "tags", "label", "labels", "flag", "flags", "translation", "translations", "dictionary"],
  ...["header", "headers", "identifier", "verification", "verifications", "key", "balance", "coupon", "discount", "condition", "rule", "filter", "limit", "quota", "session", "counter", "counters", "sequence"],
]);

/** What a thing is at one time, and not two of at once: four flags of them are one status. */
export const exclusiveStates: ReadonlySet<string> = new Set([
  ...["draft", "pending", "approved", "accepted", "rejected", "declined", "active", "inactive", "suspended", "blocked", "banned", "cancelled", "canceled", "completed", "done"],
  ...["finished", "failed", "processing", "running", "queued", "scheduled", "shipped", "delivered", "returned", "paid", "unpaid", "refunded", "open", "closed", "published"],
  ...["unpublished", "archived", "expired", "deleted", "started", "stopped", "paused", "resolved", "confirmed"],
]);

/** What somebody is: four flags of them are one role. */
export const exclusiveRoles: ReadonlySet<string> = new Set([
  ...["admin", "superadmin", "owner", "editor", "viewer", "moderator", "member", "guest", "manager", "staff", "customer", "teacher", "student", "employee", "instructor"],
]);

/** Names of JSON columns that say nothing of what is in them. */
export const catchAllNames: ReadonlySet<string> = new Set([
  ...["data", "info", "information", "extra", "extras", "extradata", "extrainfo", "misc", "stuff", "other", "others", "json", "jsondata", "blob", "details", "attributes"],
  ...["attrs", "props", "properties", "fields", "values", "additionaldata", "additionalinfo", "moredata", "tempdata", "userdata", "value"],
]);

/** Tables, by any word of their name, of what a program or a person put together in a shape that the table cannot know: drafts, forms, requests. */
export const openTables: ReadonlySet<string> = new Set([
  ...["draft", "drafts", "version", "versions", "revision", "template", "templates", "form", "forms", "submission", "submissions", "request", "requests", "integration"],
  ...["integrations", "connection", "connections", "credential", "credentials", "block", "blocks", "node", "nodes", "widget", "widgets", "component", "layout", "theme", "report"],
  ...["reports", "result", "results", "run", "runs", "execution", "step", "steps", "action", "actions", "alert", "alerts", "feedback", "survey", "annotation", "entity", "record"],
  ...["records", "deleted", "object", "preset", "presets", "cached", "dataset", "chart", "dashboard", "definition", "schema", "workflow", "extension", "plugin"],
]);

/** Columns that a page is found by in its address. */
export const addressColumns: ReadonlySet<string> = new Set(["slug", "urlslug", "subdomain"]);

/** Tables of keys and tokens that an app gives out, by the last words of their name. */
export const keyWords: ReadonlySet<string> = new Set(["apikey", "apitoken", "accesstoken", "refreshtoken", "resettoken", "verificationtoken", "logintoken", "personaltoken"]);

/** Columns that say whose request it is that carries one of them. A `token` may as well be one that is signed, and found by what it says. */
export const secretColumns: ReadonlySet<string> = new Set(["keyhash", "hashedkey", "apikey", "apikeyhash", "tokenhash", "hashedtoken", "hash", "secrethash"]);

/** Tables, by any word of their name, whose rows may be there twice for the same two things: what happens, is said or is bought. */
export const repeatableTables: ReadonlySet<string> = new Set([
  ...["order", "purchase", "payment", "booking", "reservation", "appointment", "attendance", "checkin", "message", "comment", "note", "notification", "request", "attempt"],
  ...["transfer", "transaction", "submission", "completion", "progress", "call", "meeting", "report", "download", "play", "read", "match", "game", "round", "turn", "shift"],
  ...["recommendation", "interaction", "engagement", "referral", "invitation", "invite", "alert", "reminder", "token", "run", "execution", "exposure", "assignment", "draft"],
]);

/** Tables, by any word of their name in the singular, of what somebody asks for or once was: it is found by its own key, and not by what it would change. */
export const proposalTables: ReadonlySet<string> = new Set(["request", "submission", "proposal", "draft", "revision", "version", "suggestion"]);

/** Tables, by any word of their name in the singular, of which a row without an amount is none. */
export const owedTables: ReadonlySet<string> = new Set(["order", "invoice", "payment", "transaction", "receipt", "refund", "purchase", "sale", "payout", "payslip", "donation"]);
