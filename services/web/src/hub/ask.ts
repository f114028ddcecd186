// One call to the hub. What it answers is of the contract of its path; the page is served by the same deployment.

import { refusal, silence } from './hub-failure.js';

interface Asking {
  readonly signal?: AbortSignal;
  /** Sent as JSON by POST. */
  readonly body?: unknown;
}

/**
 * @throws HubFailure with the hub's own reason, or `hub.silent`
 */
export async function ask<T>(path: string, { signal, body }: Asking = {}): Promise<T> {
  const request: RequestInit = { signal: signal ?? null, headers: { accept: 'application/json' } };
  if (body !== undefined) {
    request.method = 'POST';
    request.headers = { accept: 'application/json', 'content-type': 'application/json' };
    request.body = JSON.stringify(body);
  }
  const response = await fetch(path, request).catch((error: unknown) => {
    throw signal?.aborted === true ? error : silence();
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as T;
}

/** A query string of what is given; empty without anything. */
export function queryString(given: Readonly<Record<string, string | number | undefined>>): string {
  const said = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return said.length === 0 ? '' : `?${new URLSearchParams(said).toString()}`;
}
