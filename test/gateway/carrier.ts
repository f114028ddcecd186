// A carrier that has no phones with keys: its agent, with a gateway key that the agent has enrolled by itself; a sender that
// puts the carrier's numbers on its parcels; and what stands between agent and hub, and may fail.

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hand, UnbrokenClient } from '@unbroken/sdk';
import { waitFor } from '@unbroken/testing';
import { sha256Hash } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import { AgentHouse } from '../../services/agent/src/fixture/agent-house.js';
import { Gateway } from '../../services/agent/src/gateway/gateway.js';
import { importFile } from '../../services/agent/src/gateway/import-command.js';
import type { Imported } from '../../services/agent/src/gateway/import-command.js';
import { AgentKeys } from '../../services/agent/src/keys/agent-keys.js';
import { PinnedTrust } from '../../services/agent/src/trust/pinned-trust.js';
import { SigningParty } from '../e2e/cast/signing-party.js';

export const CARRIER = 'danish-post' as PartyId;

/** Between agent and hub. */
export class HubDoor {
  /** `away`: nobody answers. `deaf`: what is posted gets there, and the answer is lost, so many times. */
  away = false;
  deaf = 0;
  url = '';
  readonly #server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (this.away) return response.destroy();
      const { method = 'GET', url = '/', headers } = request;
      const sent = Object.entries(headers).filter(([name]) => ['content-type', 'prefer'].includes(name)) as [
        string,
        string,
      ][];
      const answer = await fetch(this.target + url, {
        method,
        headers: sent,
        ...(method === 'POST' ? { body: Buffer.concat(chunks) } : {}),
      });
      const body = Buffer.from(await answer.arrayBuffer());
      if (method === 'POST' && url.endsWith('/tokens') && this.deaf > 0) {
        this.deaf -= 1;
        return response.destroy();
      }
      return response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(body);
    })().catch(() => response.destroy());
  });

  constructor(private readonly target: string) {}

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

export class Carrier {
  private constructor(
    readonly client: UnbrokenClient,
    readonly door: HubDoor,
    readonly agent: AgentHouse,
    readonly inbox: string,
    readonly sender: SigningParty,
    readonly consignee: SigningParty,
  ) {}

  /** All three admitted, the gateway key enrolled; the agent is stopped. */
  static async settle(hub: string): Promise<Carrier> {
    const client = new UnbrokenClient({ url: hub });
    const door = new HubDoor(hub);
    await door.open();
    const inbox = await mkdtemp(join(tmpdir(), 'unbroken-inbox-'));
    const agent = new AgentHouse(door.url, {
      UNBROKEN_AGENT_PARTY: CARRIER,
      UNBROKEN_AGENT_NAME: 'The post',
      UNBROKEN_AGENT_ROLES: 'courier',
      UNBROKEN_AGENT_INBOX: inbox,
    });
    await agent.start();
    const [sender, consignee] = await Promise.all([
      SigningParty.settle(client, 'institute', 'sender'),
      SigningParty.settle(client, 'statistics', 'receiver'),
    ]);
    const counts = async () => {
      const { admitted, keys } = await client.party(CARRIER);
      return admitted && keys.some(({ use }) => use === 'gateway');
    };
    await waitFor(counts, { what: 'the gateway key to count', timeoutMs: 30_000 });
    await agent.stop();
    return new Carrier(client, door, agent, inbox, sender, consignee);
  }

  async tearDown(): Promise<void> {
    await this.agent.tearDown();
    await this.door.close();
    await rm(this.inbox, { recursive: true });
  }

  /** A parcel with this number of the carrier on it; recorded, and among those that the hub lists as the carrier's. */
  async registers(refs: Readonly<Record<string, string>>): Promise<ShipmentId> {
    const { sub } = await this.hand(this.sender).register({
      kind: 'physical',
      to: this.consignee.id,
      via: [CARRIER],
      contents: sha256Hash(new TextEncoder().encode(JSON.stringify(refs))),
      class: 'internal',
      enc: { how: 'none' },
      due: Math.floor(Date.now() / 1000) + 30 * 24 * 3600,
      pieces: 1,
      refs: { ...refs },
    });
    const isListed = async () => (await this.client.chainsOf(CARRIER)).chains.some((one) => one.sub === sub);
    await waitFor(isListed, { what: 'the hub to list the parcel' });
    return sub;
  }

  hand({ id, door, device }: SigningParty): Hand {
    return new Hand({ client: this.client, party: id, signer: device, door, now: Date.now });
  }

  get gateway(): Gateway {
    const client = new UnbrokenClient({ url: this.door.url });
    const { home } = this.agent;
    const trust = new PinnedTrust({ kept: home.trust, successions: home.successions, client });
    return new Gateway({ home, keys: new AgentKeys(home, CARRIER), client, trust, now: Date.now });
  }

  /** Of the agent's program. */
  get environment(): NodeJS.ProcessEnv {
    const { UNBROKEN_STATE_DIR, UNBROKEN_ENV, UNBROKEN_LOG_LEVEL } = this.agent.settings;
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('UNBROKEN_'));
    const named = { UNBROKEN_AGENT_PARTY: CARRIER, UNBROKEN_AGENT_HUB: this.door.url };
    return { ...Object.fromEntries(own), UNBROKEN_STATE_DIR, UNBROKEN_ENV, UNBROKEN_LOG_LEVEL, ...named };
  }

  /** `unbroken-agent import`, without its printing. */
  imports(file: string, map: string, patienceMs = 30_000): Promise<Imported & { readonly told: readonly string[] }> {
    const told: string[] = [];
    const options = { map, dryRun: false, tell: (line: string) => void told.push(line), patienceMs };
    return importFile(this.gateway, file, options).then((imported) => ({ ...imported, told }));
  }

  /** What the carrier's gateway has said in the chain: each event, or the word it imported. */
  async said(sub: string): Promise<string[]> {
    const { tokens } = await this.client.chain(sub);
    return tokens
      .map(({ token = '', grade }) => ({ grade, claims: claimsOf(token) }))
      .filter(({ grade }) => grade === 'gateway')
      .map(({ claims }) => String(claims['what'] ?? claims['evt']));
  }
}

export const claimsOf = (token: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;

const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

/** A number of the post, with its right check digit. */
export function s10(serial: number): string {
  const digits = String(serial).padStart(8, '0');
  const sum = S10_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const check = 11 - (sum % 11);
  return `RR${digits}${check === 10 ? 0 : check === 11 ? 5 : check}DK`;
}
