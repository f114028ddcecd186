// The hub as the agent reaches it: where it is, and how. Over the authorities that Node trusts, or over the one of a file, and
// then over no other.

import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { SettingsError } from '@unbroken/platform/process';
import type { Fetch } from '@unbroken/sdk';
import { Agent, fetch as fetchVia } from 'undici';
import type { AgentSettings } from './settings.js';

export interface Hub {
  /** Without a slash at its end. */
  readonly url: string;
  readonly fetch: Fetch;
}

/** @throws SettingsError where the file of the authority cannot be read, or holds no certificate */
export function hubOf({
  UNBROKEN_AGENT_HUB: hub,
  UNBROKEN_AGENT_HUB_CA: ca,
}: Pick<AgentSettings, 'UNBROKEN_AGENT_HUB' | 'UNBROKEN_AGENT_HUB_CA'>): Hub {
  const url = hub.replace(/\/+$/, '');
  if (ca === undefined) return { url, fetch: (path, init) => fetch(path, init) };
  const dispatcher = new Agent({ connect: { ca: authorityIn(ca) } });
  // Requests and answers of undici are those of Node, under types of its own.
  const via = fetchVia as unknown as (path: string, init: object) => Promise<Response>;
  return { url, fetch: (path, init) => via(path, { ...init, dispatcher }) };
}

/** Node passes over what is no certificate, and would then take every hub for a stranger. */
function authorityIn(path: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new Error('it holds no certificate in PEM');
    createSecureContext({ ca: pem });
    return pem;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const cure = 'Name a PEM file with the certificate of the authority that issued the hub’s';
    throw new SettingsError([{ name: 'UNBROKEN_AGENT_HUB_CA', wrong: `cannot be used: ${why}`, cure }]);
  }
}
