import { logger } from "@/lib/logger";

export class UpstreamError extends Error {
  constructor(
    readonly host: string,
    readonly status: number,
  ) {
    super(`${host} answered ${status}`);
  }
}

/** Reads JSON from another service, and gives up after ten seconds. */
export async function fetchJson<T>(url: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<T> {
  const startedAt = performance.now();
  const response = await fetch(url, {
    method: init.method,
    headers: init.headers,
    body: init.body,
    signal: AbortSignal.timeout(10_000),
  });

  const { host } = new URL(url);
  logger.info({ host, status: response.status, ms: Math.round(performance.now() - startedAt) }, "upstream call");

  if (!response.ok) throw new UpstreamError(host, response.status);
  return (await response.json()) as T;
}
