/** Packages whose calls take a callback, and call it when the code around the call has long returned: what it throws reaches no `catch`. */
export interface LaterCallbacks {
  readonly modules: readonly string[];
  /** The calls, by their last name; every one that is given a function where they are left out. */
  readonly calls?: readonly string[];
  readonly source: string;
}

const queries = ["query", "execute", "connect", "getConnection", "beginTransaction", "commit"] as const;

export const laterCallbacks: readonly LaterCallbacks[] = [
  { modules: ["fs", "crypto", "dns", "zlib", "child_process"], source: "https://nodejs.org/api/errors.html#error-first-callbacks" },
  { modules: ["mysql"], calls: queries, source: "https://github.com/mysqljs/mysql#error-handling" },
  { modules: ["mysql2"], calls: queries, source: "https://sidorares.github.io/node-mysql2/docs" },
  { modules: ["pg"], calls: queries, source: "https://node-postgres.com/apis/client#clientquery" },
  { modules: ["sqlite3"], calls: ["run", "get", "all", "each", "exec"], source: "https://github.com/TryGhost/node-sqlite3/wiki/API" },
  { modules: ["bcrypt", "bcryptjs"], calls: ["hash", "compare", "genSalt"], source: "https://github.com/kelektiv/node.bcrypt.js#async-recommended" },
];
