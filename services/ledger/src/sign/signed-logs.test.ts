// The signed logs, over HTTP as a verifier reads them, and what becomes of them when the database is not what was signed.

import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trustAnswer } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import {
  leafHash,
  openNote,
  nodesFromTiles,
  parseCheckpoint,
  parseEntries,
  parseNote,
  parseTlogProof,
  rangeHashes,
  readTrustPolicy,
  tilePath,
  entriesPath,
  verifyTlogProof,
} from '@unbroken/tlog';
import type { Checkpoint, TrustPolicy } from '@unbroken/tlog';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { bearerOf, register, release, tidOf } from '../fixture/signers.js';
import type { Settled } from '../fixture/signers.js';
import { OutsideCopy } from './outside-copy.js';

let house: LedgerHouse;
let post: Settled;

beforeEach(async () => {
  house = await LedgerHouse.build();
  await house.start();
  post = await house.settled('danish-post');
}, 60_000);

afterEach(() => house.tearDown(), 30_000);

/** So many parcels registered, and their tokens. */
async function recorded(count: number): Promise<string[]> {
  const before = (await house.entries('custody/0')).length;
  const opened = await Promise.all(Array.from({ length: count }, () => register(post.party)));
  const tokens = opened.map(({ registered }) => registered);
  await house.hand('custody.tokens.v1', tokens);
  await house.hear('custody.recorded.v1', before + count);
  return tokens;
}

const checkpointOf = async (log: string): Promise<Checkpoint> => {
  const answer = await house.getLog(`${log}/checkpoint`);
  return parseCheckpoint(parseNote(await answer.text()).text);
};

const signedUpTo = (size: number): Promise<Checkpoint> =>
  waitFor(
    async () => {
      const checkpoint = await checkpointOf('custody').catch(() => undefined);
      return checkpoint?.size === size ? checkpoint : undefined;
    },
    { what: `a checkpoint of ${size} entries` },
  );

async function policy(): Promise<TrustPolicy> {
  const { logs, witnesses, quorum } = trustAnswer.parse(await (await house.get('trust')).json());
  const signing = logs.flatMap(({ origin, vkey }) => (vkey === null ? [] : [{ origin, vkey }]));
  return readTrustPolicy({ logs: signing, witnesses, quorum });
}

const readiness = async (): Promise<string> => JSON.stringify(await (await house.getRoot('readyz')).json());

const outside = (): OutsideCopy => new OutsideCopy(join(house.settings.UNBROKEN_STATE_DIR, 'checkpoints', 'custody-0'));

describe('a log that signs', () => {
  it('every token → a receipt that holds, with the entry it is of, and of no other', async () => {
    const tokens = await recorded(5);
    const trusted = await policy();
    for (const token of tokens) {
      const answer = await house.get(`tokens/${tidOf(token)}/receipt`);
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      const text = await answer.text();
      const proof = parseTlogProof(text);
      const entry = Buffer.concat([proof.extra ?? Buffer.alloc(0), Buffer.from(token)]);
      await expect(verifyTlogProof(proof, leafHash(entry), trusted)).resolves.toBeDefined();
      entry[entry.length - 1] = (entry.at(-1) ?? 0) ^ 1;
      await expect(verifyTlogProof(proof, leafHash(entry), trusted)).rejects.toThrow();
    }
    expect((await house.get(`tokens/${'A'.repeat(43)}/receipt`)).status).toBe(404);
  });

  it('a chain → the log’s signed word how many tokens it has, which is no checkpoint', async () => {
    const { sub, registered } = await register(post.party);
    const released = await release(post.party, sub, tidOf(registered));
    await house.hand('custody.tokens.v1', [registered, released], { key: sub });
    await signedUpTo(2);
    const note = parseNote(await (await house.get(`chains/${sub}/completeness`)).text());
    const [log] = (await policy()).logs.filter(({ origin }) => origin.endsWith('custody/0'));
    await openNote(note, log === undefined ? [] : [log.key]);
    expect(note.text.split('\n')).toEqual([
      'unbroken-development/custody/0/completeness',
      `sub ${sub}`,
      'count 2',
      `head ${tidOf(released)}`,
      'size 2',
      'registrySize 4',
      '',
    ]);
    expect(() => parseCheckpoint(note.text)).toThrow();
    expect((await house.get('chains/nobody-at-all/completeness')).status).toBe(404);
  });

  it('its tiles and bundles → the root that was signed, the entries as recorded, kept for ever by caches', async () => {
    await recorded(300);
    const { size, root } = await signedUpTo(300);
    const readTile = async (level: number, index: number, width: number) => {
      const answer = await house.getLog(`custody/${tilePath({ level, index, width })}`);
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      expect(answer.headers.get('cache-control')).toContain('immutable');
      return new Uint8Array(await answer.arrayBuffer());
    };
    const [made] = await rangeHashes([{ from: 0, to: size }], nodesFromTiles(readTile, size));
    expect(made).toEqual(root);

    const rows = await house.entries('custody/0');
    const asOperator = await bearerOf(post.operator);
    const bundle = await house.getLog(`custody/${entriesPath({ index: 1, width: 44 })}`, asOperator);
    const entries = parseEntries(new Uint8Array(await bundle.arrayBuffer()), 44);
    expect(entries.map((entry) => Buffer.from(entry).toString().split('\n')[1])).toEqual(
      rows.slice(256).map(({ token }) => token),
    );
    for (const path of ['tile/0/001.p/45', 'tile/0/1', 'tile/2/000.p/1', 'tile/entries/002.p/1']) {
      expect((await house.getLog(`custody/${path}`, asOperator)).status).toBe(404);
    }
    expect((await house.getLog('tickets/checkpoint')).status).toBe(404);
  });

  it('every checkpoint → outside the database too, the last one alone, with one key for ever', async () => {
    await recorded(1);
    await signedUpTo(1);
    await recorded(2);
    await signedUpTo(3);
    const vkeys = async () => trustAnswer.parse(await (await house.get('trust')).json()).logs;
    const before = await vkeys();
    const names = () => readdir(join(house.settings.UNBROKEN_STATE_DIR, 'checkpoints', 'custody-0'));
    await waitFor(async () => (await names()).length === 1, { what: 'the older checkpoint to be gone' });
    expect((await outside().last())?.note).toBe(await (await house.getLog('custody/checkpoint')).text());
    await house.stop();
    await house.start();
    expect(await vkeys()).toEqual(before);
  });
});

it('checkpoints cannot be kept outside the database → recorded all the same, said, and signed once they can', async () => {
  await recorded(1);
  await signedUpTo(1);
  const folder = join(house.settings.UNBROKEN_STATE_DIR, 'checkpoints', 'custody-0');
  await rename(folder, `${folder}.away`);
  await writeFile(folder, 'no folder');
  const [token = ''] = await recorded(1);
  await waitFor(async () => (await readiness()).includes('nothing is signed'), { what: 'the failure to be told' });
  expect(await house.status(token)).toMatchObject({ status: 'recorded' });
  const refused = await house.get(`tokens/${tidOf(token)}/receipt`);
  expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('receipt.not-signed')]);
  await rm(folder);
  await rename(`${folder}.away`, folder);
  await signedUpTo(2);
  await waitFor(async () => !(await readiness()).includes('nothing is signed'), { what: 'all to be well' });
}, 30_000);

describe('a database that is not what was signed', () => {
  const tables = ['entries', 'logs', 'tiles', 'checkpoints', 'publications'] as const;

  /** Copies the tables; what it answers puts them back as they were then. */
  async function copied(name: string): Promise<() => Promise<void>> {
    for (const table of tables) await house.dataSource.query(`CREATE TABLE ${name}_${table} AS SELECT * FROM ${table}`);
    // In one transaction: a ledger that runs meanwhile must not begin new logs in the empty tables.
    return () =>
      house.dataSource.transaction(async (manager) => {
        await manager.query(`TRUNCATE ${tables.join(', ')}, malformed_tokens, parked`);
        for (const table of tables) await manager.query(`INSERT INTO ${table} SELECT * FROM ${name}_${table}`);
      });
  }

  it('an older one put back → nothing is written or signed, said with the cure; the newer one put back → it goes on', async () => {
    await recorded(2);
    await signedUpTo(2);
    await house.stop();
    const putBackOlder = await copied('older');
    await house.start();
    await recorded(1);
    await signedUpTo(3);
    await house.stop();
    const putBackNewer = await copied('newer');

    await putBackOlder();
    await house.start();
    await waitFor(async () => (await readiness()).includes('it is an older one'), { what: 'the refusal' });
    expect(await readiness()).toContain('Put the newer one back');
    const { registered } = await register(post.party);
    await house.hand('custody.tokens.v1', [registered]);
    expect(await house.entries('custody/0')).toHaveLength(2);
    expect(parseCheckpoint(parseNote((await outside().last())?.note ?? '').text).size).toBe(3);

    await putBackNewer();
    await house.until(registered, 'recorded');
    await signedUpTo(4);
  }, 60_000);

  it('a hash in a tile changed → nothing is written, said with the cure, and nothing handed out', async () => {
    await recorded(2);
    await signedUpTo(2);
    // The first hash is changed: it is in the proof of the second entry, and not in its own.
    const [, beside] = await house.entries('custody/0');
    await house.stop();
    await house.dataSource.query(
      `UPDATE tiles SET hashes = set_byte(hashes, 5, get_byte(hashes, 5) # 1) WHERE log = 'custody/0' AND level = 0`,
    );
    await house.start();
    await waitFor(async () => (await readiness()).includes('missing or changed'), { what: 'the refusal' });
    expect((await house.get(`tokens/${beside?.tid ?? ''}/receipt`)).status).toBe(503);
    const asOperator = await bearerOf(post.operator);
    const bundle = async () => (await house.getLog('custody/tile/entries/000.p/2', asOperator)).status;
    // Until the registry is known again nobody is let in.
    await waitFor(async () => (await bundle()) !== 401, { what: 'the operator to be known' });
    expect(await bundle()).toBe(503);
  });

  it('a tile cut under the running ledger → tokens wait in Kafka, none is put away; put right, they are recorded', async () => {
    await recorded(2);
    await signedUpTo(2);
    const cut = (bytes: number) =>
      house.dataSource.query(
        `UPDATE tiles SET hashes = substring(kept.hashes FOR ${bytes}) FROM kept_tiles AS kept
         WHERE tiles.log = kept.log AND tiles.level = kept.level AND tiles.index = kept.index AND tiles.log = 'custody/0'`,
      );
    await house.dataSource.query('CREATE TABLE kept_tiles AS SELECT * FROM tiles');
    await cut(32);
    const { registered } = await register(post.party);
    await house.hand('custody.tokens.v1', [registered]);
    await waitFor(async () => (await readiness()).includes('Put a sound database back'), { what: 'the refusal' });
    expect(house.heard.filter(({ topic }) => topic.includes('dead'))).toEqual([]);
    await cut(64);
    await house.until(registered, 'recorded');
    await signedUpTo(3);
    expect(house.heard.filter(({ topic }) => topic.includes('dead'))).toEqual([]);
  }, 60_000);

  it('entries beyond the end → tokens wait, said; taken away, they are recorded', async () => {
    await recorded(1);
    await signedUpTo(1);
    await house.dataSource.query(
      `INSERT INTO entries (log, index, tid, kid, sub, recorded_at, registry_size, token)
       SELECT log, index + 1, 'x', kid, sub, recorded_at, registry_size, token FROM entries WHERE log = 'custody/0'`,
    );
    const { registered } = await register(post.party);
    await house.hand('custody.tokens.v1', [registered]);
    await waitFor(async () => (await readiness()).includes('but its tree at 1'), { what: 'the refusal' });
    await house.dataSource.query(`DELETE FROM entries WHERE tid = 'x'`);
    await house.until(registered, 'recorded');
    expect(house.heard.filter(({ topic }) => topic.includes('dead'))).toEqual([]);
  }, 60_000);

  it('its key gone → no new one is made; put back, it signs on', async () => {
    await recorded(1);
    await signedUpTo(1);
    await house.stop();
    const path = join(house.settings.UNBROKEN_STATE_DIR, 'keys', 'log-custody-0.json');
    await rename(path, `${path}.away`);
    await house.start();
    await waitFor(async () => (await readiness()).includes('log-custody-0.json is missing'), { what: 'the refusal' });
    await rename(`${path}.away`, path);
    await recorded(1);
    await signedUpTo(2);
  }, 60_000);

  it('a crash between the two copies of a checkpoint → signed again, the same', async () => {
    await recorded(2);
    await signedUpTo(2);
    const note = (await outside().last())?.note;
    await house.stop();
    await house.dataSource.query('DELETE FROM checkpoints');
    await house.start();
    await signedUpTo(2);
    expect(await (await house.getLog('custody/checkpoint')).text()).toBe(note);
  });

  it('entries from before there was a tree → the tree over them, the same root', async () => {
    await recorded(3);
    const { root } = await signedUpTo(3);
    await house.stop();
    await house.dataSource.query(`TRUNCATE tiles`);
    await house.dataSource.query(`UPDATE logs SET edge = '\\x0000000000000000'`);
    await house.start();
    await recorded(1);
    await signedUpTo(4);
    const [first] = await house.dataSource.query<{ hashes: Buffer }[]>(
      `SELECT hashes FROM tiles WHERE log = 'custody/0' AND level = 0`,
    );
    expect(first?.hashes).toHaveLength(4 * 32);
    expect(root).toHaveLength(32);
  });
});
