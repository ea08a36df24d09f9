/** Methods that give something back or end it: when one of them fails there is nothing left to be done about it, and nothing it says about another error. */
export const cleanups: readonly { readonly methods: readonly string[]; readonly source: string }[] = [
  { methods: ["abort"], source: "https://developer.mozilla.org/en-US/docs/Web/API/AbortController/abort" },
  { methods: ["cancel", "releaseLock"], source: "https://developer.mozilla.org/en-US/docs/Web/API/ReadableStreamDefaultReader" },
  { methods: ["close", "end", "destroy", "unref"], source: "https://nodejs.org/api/stream.html" },
  { methods: ["unlink", "unlinkSync", "rm", "rmSync", "rmdir", "rmdirSync"], source: "https://nodejs.org/api/fs.html" },
  { methods: ["release"], source: "https://node-postgres.com/apis/pool" },
  { methods: ["rollback", "rollbackTransaction"], source: "https://typeorm.io/docs/transactions/" },
  { methods: ["abortTransaction", "endSession"], source: "https://mongoosejs.com/docs/transactions.html" },
  { methods: ["disconnect", "$disconnect", "quit"], source: "https://redis.io/docs/latest/develop/clients/nodejs/" },
  { methods: ["stop", "kill", "terminate"], source: "https://nodejs.org/api/worker_threads.html" },
  { methods: ["clear", "removeItem"], source: "https://developer.mozilla.org/en-US/docs/Web/API/Storage" },
];

/** Methods that wait for what may never come, or ask for what a browser may refuse: that they fail is one of their answers. */
export const attempts: readonly { readonly methods: readonly string[]; readonly source: string }[] = [
  { methods: ["waitForLoadState", "waitForFunction", "waitForSelector", "waitForNavigation", "waitForURL", "waitForTimeout", "waitForNetworkIdle", "waitFor"], source: "https://playwright.dev/docs/api/class-page" },
  { methods: ["writeText"], source: "https://developer.mozilla.org/en-US/docs/Web/API/Clipboard/writeText" },
  { methods: ["play"], source: "https://developer.mozilla.org/en-US/docs/Web/API/HTMLMediaElement/play" },
];
