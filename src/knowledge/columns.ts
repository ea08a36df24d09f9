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
