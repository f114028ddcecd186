// A real ledger and real agents: checkpoints that parties cosign, receipts that say so, and a log that is held to what its
// witnesses have seen. Witnesses are slow, dead and lying here on purpose.

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { trustAnswer } from '@unbroken/contracts';
import { readBundle, verifyEvidence } from '@unbroken/evidence';
import { waitFor } from '@unbroken/testing';
import { leafHash, parseNote, parseTlogProof, readTrustPolicy, verifyTlogProof, weighCheckpoint } from '@unbroken/tlog';
import type { TrustPolicy } from '@unbroken/tlog';
import { AgentHouse } from '../../services/agent/src/fixture/agent-house.js';
import { LedgerHouse } from '../../services/ledger/src/fixture/ledger-house.js';
import { register, release, tidOf } from '../../services/ledger/src/fixture/signers.js';
import type { Settled } from '../../services/ledger/src/fixture/signers.js';

jest.setTimeout(60_000);

let house: LedgerHouse;
let agents: AgentHouse[];
let parcels: Settled;

/** A port that stays the same through restarts of what listens there; a forwarder, so that it can be held and let go. */
class Door {
  target = '';
  /** What it answers instead; undefined: passes on. */
  instead: { readonly status: number; readonly type: string; readonly body: string } | undefined;
  /** Answers to nobody while it is held. */
  isHeld = false;
  readonly #server: Server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (this.isHeld) return;
      if (this.instead !== undefined || this.target === '') {
        const { status, type, body } = this.instead ?? { status: 503, type: 'text/plain', body: 'away\n' };
        response.writeHead(status, { 'content-type': type }).end(body);
        return;
      }
      const answer = await fetch(`${this.target}${request.url ?? ''}`, { method: 'POST', body: Buffer.concat(chunks) });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    })().catch(() => response.destroy());
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/witness`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

let doors: Door[];

beforeEach(async () => {
  house = await LedgerHouse.build();
  doors = [new Door(), new Door()];
  const urls = await Promise.all(doors.map((door) => door.open()));
  await house.start();
  const hub = new URL((await house.getRoot('readyz')).url).origin;
  agents = ['danish-post', 'bakery'].map((party) => new AgentHouse(hub, { UNBROKEN_AGENT_PARTY: party }));
  const witnesses = await Promise.all(
    agents.map(async (agent, at) => ({
      name: `${agent.settings.UNBROKEN_AGENT_PARTY}/witness`,
      vkey: await agent.vkey(),
      party: agent.settings.UNBROKEN_AGENT_PARTY,
      url: urls[at],
    })),
  );
  parcels = await house.settled('danish-post');
  // The agents trust what the hub says while it lists no witness; the ledger is then told of them, and keeps its port.
  for (const agent of agents) await agent.start();
  await waitFor(async () => (await Promise.all(agents.map(knows))).every(Boolean), {
    what: 'the agents to know the log',
  });
  await house.stop();
  const file = join(house.settings.UNBROKEN_STATE_DIR, 'witnesses.json');
  await writeFile(file, JSON.stringify({ quorum: 1, witnesses }));
  Object.assign(house.settings, { UNBROKEN_WITNESSES: file, UNBROKEN_HTTP_PORT: Number(new URL(hub).port) });
  agents.forEach((agent, at) => ((doors[at] as Door).target = agent.url));
  await house.start();
}, 60_000);

afterEach(async () => {
  for (const agent of agents) await agent.tearDown();
  await house.tearDown();
  await Promise.all(doors.map((door) => door.close()));
}, 60_000);

/** It has pinned the keys of the hub's logs: a signature by another key is another answer than an unknown log. */
const knows = async (agent: AgentHouse): Promise<boolean> => {
  const [, , answer] = await agent.ask(
    'old 0\n\nunbroken-development/registry\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— x AAAAAAAA\n',
  );
  return !answer.includes('does not know');
};

async function parcel(): Promise<{ sub: string; token: string }> {
  const { sub, registered } = await register(parcels.party);
  await house.hand('custody.tokens.v1', [registered]);
  await house.until(registered, 'recorded');
  return { sub, token: registered };
}

const receiptOf = (token: string, query = '') => house.get(`tokens/${tidOf(token)}/receipt${query}`);

/** Recorded, a token is for up to half a second in no signed checkpoint. */
const signedReceiptOf = (token: string): Promise<Response> =>
  waitFor(
    async () => {
      const answer = await receiptOf(token);
      return answer.status === 503 ? undefined : answer;
    },
    { what: 'a signed receipt' },
  );

const untilWitnessed = (token: string): Promise<string> =>
  waitFor(
    async () => {
      const answer = await receiptOf(token, '?witnessed=true');
      if (answer.ok) return answer.text();
      throw new Error(`${answer.status}, and the ledger says: ${await readiness()}`);
    },
    { what: 'a witnessed receipt', timeoutMs: 30_000 },
  );

async function policy(): Promise<TrustPolicy> {
  const { logs, witnesses, quorum } = trustAnswer.parse(await (await house.get('trust')).json());
  return readTrustPolicy({ logs: logs.map(({ origin, vkey }) => ({ origin, vkey: vkey ?? '' })), witnesses, quorum });
}

const leafOf = (receipt: string, token: string) =>
  leafHash(Buffer.concat([parseTlogProof(receipt).extra ?? new Uint8Array(), Buffer.from(token)]));

const readiness = async () =>
  ((await (await house.getRoot('readyz')).json()) as { checks: { name: string; why?: string }[] }).checks.find(
    ({ name }) => name === 'ledger checkpoints',
  )?.why ?? '';

it('a token → its receipt is signed by the log, then witnessed, and says which; the trust policy names the witnesses', async () => {
  for (const door of doors) door.isHeld = true;
  const { token } = await parcel();
  const first = await signedReceiptOf(token);
  expect([first.status, first.headers.get('unbroken-receipt')]).toEqual([200, 'signed']);
  const early = await receiptOf(token, '?witnessed=true');
  expect([early.status, ((await early.json()) as { code: string }).code]).toEqual([409, 'receipt.not-witnessed']);
  await expect(verifyTlogProof(parseTlogProof(await first.text()), new Uint8Array(32), await policy())).rejects.toThrow(
    '0 of 1 witnesses cosigned',
  );
  for (const door of doors) door.isHeld = false;
  const receipt = await untilWitnessed(token);
  const weighed = await verifyTlogProof(parseTlogProof(receipt), leafOf(receipt, token), await policy());
  expect(weighed.cosigned.length).toBeGreaterThan(0);
  const again = await receiptOf(token);
  expect(again.headers.get('unbroken-receipt')).toBe('witnessed');
});

it('one witness is dead and one is slow → recorded and signed as ever; the slow one is waited for by nobody', async () => {
  const [slow, dead] = doors as [Door, Door];
  slow.isHeld = true;
  dead.target = '';
  const tokens: string[] = [];
  for (let at = 0; at < 3; at++) {
    const { token } = await parcel();
    expect((await signedReceiptOf(token)).headers.get('unbroken-receipt')).toBe('signed');
    tokens.push(token);
  }
  await waitFor(async () => (await readiness()).includes('not cosigned by'), {
    what: 'the silence to be said',
    timeoutMs: 20_000,
  });
  expect((await house.getRoot('readyz')).status).toBe(200);
  slow.isHeld = false;
  for (const token of tokens) await untilWitnessed(token);
});

it('the checkpoint it serves → with the cosignatures of both; evidence counts them', async () => {
  const { sub, token } = await parcel();
  await untilWitnessed(token);
  const trusted = await policy();
  const both = async () => {
    const note = parseNote(await (await house.getLog('custody/checkpoint')).text());
    return (await weighCheckpoint(note, trusted)).cosigned.length === 2;
  };
  await waitFor(both, { what: 'both cosignatures' });
  const witnessed = parseNote(await (await house.getLog('custody/checkpoint/witnessed')).text());
  expect((await weighCheckpoint(witnessed, trusted)).isQuorumMet).toBe(true);
  const bundle = readBundle(await (await house.get(`chains/${sub}/evidence`)).text());
  const trust = trustAnswer.parse(await (await house.get('trust')).json());
  const report = await verifyEvidence(bundle, trust, Math.floor(house.clock.now() / 1000));
  expect(report.checks.filter(({ name }) => name === 'witnesses')[0]).toMatchObject({ result: 'holds' });
  expect(report.holds).toBe(true);
  const strict = await verifyEvidence(bundle, { ...trust, witnesses: trust.witnesses.slice(0, 0), quorum: 0 }, 0);
  const said = strict.checks.filter(({ name }) => name === 'witnesses').map(({ result }) => result);
  expect(new Set(said)).toEqual(new Set(['unknown']));
});

it('a witness that has seen more than is signed → after a restart nothing is signed, and what to do is said', async () => {
  const { token, sub } = await parcel();
  await untilWitnessed(token);
  await house.stop();
  const [lying, dead] = doors as [Door, Door];
  lying.instead = { status: 409, type: 'text/x.tlog.size', body: '7000\n' };
  dead.target = '';
  await house.start();
  const next = await release(parcels.party, sub as never, tidOf(token));
  await house.hand('custody.tokens.v1', [next]);
  await house.until(next, 'recorded');
  await waitFor(async () => (await readiness()).includes('says it has cosigned 7000 entries'), { what: 'what to do' });
  expect(await readiness()).toMatch(/Put the newer ones back.*UNBROKEN_WITNESSES/);
  expect((await receiptOf(next)).status).toBe(503);
  lying.instead = undefined;
  lying.target = (agents[0] as AgentHouse).url;
  await untilWitnessed(next);
});

it('database and state folder of yesterday, put back together → found out by the witness alone', async () => {
  const { token } = await parcel();
  await untilWitnessed(token);
  await house.stop();
  // All that this machine knows of its logs is gone, but for their keys: as if nothing had ever been recorded.
  await house.dataSource.query('TRUNCATE entries, tiles, checkpoints, witnessed CASCADE');
  await house.dataSource.query(`UPDATE logs SET size = 0, edge = '\\x0000000000000000'`);
  await rm(join(house.settings.UNBROKEN_STATE_DIR, 'checkpoints'), { recursive: true });
  await house.start();
  await waitFor(async () => /says it has cosigned \d+ entries/.test(await readiness()), {
    what: 'the refusal',
    timeoutMs: 30_000,
  });
  const before = await house.getLog('custody/checkpoint');
  expect(before.status).toBe(404);
});
