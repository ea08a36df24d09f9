/** How a request names the host that it was sent to. */

/** Headers that whoever sends a request fills in, in lower case. */
export const hostHeaders: ReadonlySet<string> = new Set(["host", "x-forwarded-host"]);

/** Members of a request that a framework reads from those headers. */
export const hostMembers: ReadonlySet<string> = new Set(["host", "hostname"]);

/** Words of a link that lets in whoever opens it. */
export const trustedLink = /reset|recover|forgot|verif|confirm|activat|magic|invit|[?&](?:token|code)=/i;
