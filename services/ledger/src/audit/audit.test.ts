// Every way to change what the ledger has recorded, done by SQL or to a file as somebody with the operator's rights would:
// the audit names what was changed.

import { cp, mkdtemp, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKafka, topicName } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { encodeRightEdge, emptyEdge } from '@unbroken/tlog';
import { exportPrivateJwk, generateSigner } from '@unbroken/tokens';
import { grownBy } from '../append/grow-tree.js';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { register, settle } from '../fixture/signers.js';
import { entryBytes } from '../publish/entry-message.js';
import type { EntryRow } from '../publish/entry-message.js';
import type { AuditOf, AuditReport } from './audit.js';
import type { AuditImpossible } from './audit-impossible.js';
import { auditUnder } from './open-audit.js';

let house: LedgerHouse;
let post: Awaited<ReturnType<typeof settle>>;
let rows: EntryRow[];
let bundle: string;

const PARCELS = 6;
const tables = ['entries', 'logs', 'tiles', 'checkpoints', 'publications'] as const;

const audited = (of: Partial<AuditOf> = {}): Promise<AuditReport> =>
  auditUnder(house.settings, { copies: [], bundles: [], ...of }, house.clock);

/** The faults, each as short as a test needs it. */
const found = async (of: Partial<AuditOf> = {}) =>
  (await audited(of)).faults.map(({ code, where, log, index }) => `${code} ${where} ${log} ${index ?? '-'}`);

const sql = (statement: string, values: unknown[] = []) => house.dataSource.query(statement, values);

beforeAll(async () => {
  house = await LedgerHouse.build();
  await house.start();
  post = await settle('danish-post');
  await house.hand('registry.tokens.v1', post.tokens);
  await house.hear('registry.recorded.v1', 4);
  const opened = await Promise.all(Array.from({ length: PARCELS }, () => register(post.party)));
  for (const { sub, registered } of opened) {
    await house.hand('custody.tokens.v1', [registered], { key: sub });
    await house.until(registered, 'recorded');
  }
  await house.hear('custody.recorded.v1', PARCELS);
  const evidence = () => house.get(`chains/${opened[0]?.sub ?? ''}/evidence`);
  bundle = await (
    await waitFor(async () => ((await evidence()).ok ? evidence() : undefined), { what: 'evidence' })
  ).text();
  await house.stop();
  rows = await house.entries('custody/0');
  // As somebody would who wants a row twice.
  await sql('ALTER TABLE entries DROP CONSTRAINT entries_tid_key CASCADE, DROP CONSTRAINT entries_pkey');
  for (const table of tables) await sql(`CREATE TABLE sound_${table} AS SELECT * FROM ${table}`);
  await cp(house.settings.UNBROKEN_STATE_DIR, `${house.settings.UNBROKEN_STATE_DIR}.sound`, { recursive: true });
}, 120_000);

afterEach(async () => {
  await house.dataSource.transaction(async (manager) => {
    await manager.query(`TRUNCATE ${tables.join(', ')}, parked`);
    for (const table of tables) await manager.query(`INSERT INTO ${table} SELECT * FROM sound_${table}`);
  });
  await rm(house.settings.UNBROKEN_STATE_DIR, { recursive: true });
  await cp(`${house.settings.UNBROKEN_STATE_DIR}.sound`, house.settings.UNBROKEN_STATE_DIR, { recursive: true });
});

afterAll(() => house.tearDown(), 30_000);

describe('nothing changed', () => {
  it('→ clean, with what was looked at', async () => {
    const report = await audited();
    expect(report).toMatchObject({ result: 'clean', faults: [], count: 0, notices: [] });
    expect(report.logs).toMatchObject([
      { log: 'registry', origin: 'unbroken-development/registry', size: 4, signed: 4, messages: 4 },
      { log: 'custody/0', origin: 'unbroken-development/custody/0', size: 6, signed: 6, messages: 6 },
    ]);
  });
});

describe('entries', () => {
  it('the token of one replaced by that of another → its row, and what the topic has of it', async () => {
    await sql(`UPDATE entries SET token = $1 WHERE log = 'custody/0' AND index = 2`, [rows[4]?.token]);
    expect(await found()).toEqual(['entry.changed entries custody/0 2']);
    const [fault] = (await audited()).faults;
    expect(fault).toMatchObject({ tid: rows[2]?.tid });
    expect(fault?.should).toContain(rows[2]?.tid);
    expect(fault?.should).toContain('custody.recorded.v1');
  });

  it('the time of one moved by a second → its row, with both times', async () => {
    await sql(`UPDATE entries SET recorded_at = recorded_at + interval '1 s' WHERE log = 'custody/0' AND index = 5`);
    const [fault, ...more] = (await audited()).faults;
    expect(fault).toMatchObject({ code: 'entry.changed', where: 'entries', log: 'custody/0', index: 5 });
    expect(fault?.says).toContain('08:00:01.000Z');
    expect(fault?.should).toContain('08:00:00.000Z');
    expect(more.map(({ where }) => where)).toEqual(['logs']);
  });

  it.each([
    ['tid', `'${'A'.repeat(43)}'`],
    ['kid', `'${'B'.repeat(43)}'`],
    ['sub', `(SELECT sub FROM entries WHERE log = 'custody/0' AND index = 0)`],
    ['received_at', `'2026-01-01T00:00:00Z'`],
    ['device_clock', `'2026-01-01T00:00:00Z'`],
    ['recorded_at', `recorded_at + interval '1 microsecond'`],
  ])('%s of one changed, which is in no hash → its row', async (column, value) => {
    await sql(`UPDATE entries SET ${column} = ${value} WHERE log = 'custody/0' AND index = 3`);
    const { faults } = await audited();
    expect(new Set(faults.map(({ code, where, index }) => `${code} ${where} ${index}`))).toEqual(
      new Set(['entry.changed entries 3']),
    );
    expect(faults[0]?.says).toContain(column);
  });

  it('one deleted → missing, with what should be there', async () => {
    await sql(`DELETE FROM entries WHERE log = 'custody/0' AND index = 1`);
    const { faults } = await audited();
    expect(faults).toMatchObject([{ code: 'entry.missing', where: 'entries', index: 1, tid: rows[1]?.tid }]);
  });

  it('the last two and their hashes and the size taken back → missing, both, by the checkpoint outside', async () => {
    const entries = rows.slice(0, 4).map((row) => ({ bytes: entryBytes(row) }));
    const { edge } = grownBy(emptyEdge, entries);
    await sql(`DELETE FROM entries WHERE log = 'custody/0' AND index >= 4`);
    await sql(`UPDATE logs SET size = 4, edge = $1 WHERE name = 'custody/0'`, [Buffer.from(encodeRightEdge(edge))]);
    await sql(`UPDATE tiles SET hashes = substring(hashes FOR 128) WHERE log = 'custody/0'`);
    await sql(`DELETE FROM checkpoints WHERE log = 'custody/0'`);
    expect(await found()).toEqual(
      expect.arrayContaining(['entry.missing entries custody/0 4', 'entry.missing entries custody/0 5']),
    );
  });

  it('two swapped → both moved, and where each belongs', async () => {
    await sql(
      `UPDATE entries SET index = CASE index WHEN 1 THEN 4 ELSE 1 END WHERE log = 'custody/0' AND index IN (1, 4)`,
    );
    const { faults } = await audited();
    expect(faults).toMatchObject([
      { code: 'entry.moved', index: 1, tid: rows[4]?.tid },
      { code: 'entry.moved', index: 4, tid: rows[1]?.tid },
    ]);
    expect(faults[0]?.says).toContain('which belongs at 4');
  });

  it('one twice, behind the end or under the same index → doubled', async () => {
    const again = (index: string) =>
      sql(
        `INSERT INTO entries (log, index, tid, kid, sub, recorded_at, registry_size, token)
         SELECT log, ${index}, tid, kid, sub, recorded_at, registry_size, token
         FROM entries WHERE log = 'custody/0' AND index = 2`,
      );
    await again('6');
    expect(await found()).toEqual(['entry.doubled entries custody/0 6']);
    await sql(`DELETE FROM entries WHERE index = 6`);
    await again('2');
    expect(await found()).toEqual(['entry.doubled entries custody/0 2']);
  });

  it('one more, with its hash in tile and tree → false: no key that counts has signed it', async () => {
    const stranger = await register((await settle('nobody-at-all')).party);
    const forged = { ...(rows[5] as EntryRow), token: stranger.registered };
    const { edge, tiles } = grownBy(
      emptyEdge,
      [...rows, forged].map((row) => ({ bytes: entryBytes(row) })),
    );
    await sql(
      `INSERT INTO entries (log, index, tid, kid, sub, recorded_at, registry_size, token)
       SELECT log, 6, $1, kid, sub, recorded_at, registry_size, $2 FROM entries WHERE log = 'custody/0' AND index = 5`,
      ['C'.repeat(43), stranger.registered],
    );
    await sql(`UPDATE tiles SET hashes = $1 WHERE log = 'custody/0'`, [Buffer.from(tiles[0]?.hashes ?? [])]);
    await sql(`UPDATE logs SET size = 7, edge = $1 WHERE name = 'custody/0'`, [Buffer.from(encodeRightEdge(edge))]);
    expect(await found()).toEqual(['entry.false entries custody/0 6']);
  });

  it('one changed, and tile, tree and checkpoint with it → the row, by the topic and the root outside', async () => {
    const changed = rows.map((row, at) => (at === 1 ? { ...row, recorded_at: new Date(+row.recorded_at - 1) } : row));
    const { edge, tiles } = grownBy(
      emptyEdge,
      changed.map((row) => ({ bytes: entryBytes(row) })),
    );
    await sql(`UPDATE entries SET recorded_at = recorded_at - interval '1 ms' WHERE log = 'custody/0' AND index = 1`);
    await sql(`UPDATE tiles SET hashes = $1 WHERE log = 'custody/0'`, [Buffer.from(tiles[0]?.hashes ?? [])]);
    await sql(`UPDATE logs SET edge = $1 WHERE name = 'custody/0'`, [Buffer.from(encodeRightEdge(edge))]);
    const { faults } = await audited();
    expect(faults[0]).toMatchObject({ code: 'entry.changed', where: 'entries', index: 1, tid: rows[1]?.tid });
  });
});

describe('keys', () => {
  it('the enrolment of a key replaced in the registry log → its row', async () => {
    const { tokens } = await settle('nobody-at-all');
    await sql(`UPDATE entries SET token = $1 WHERE log = 'registry' AND index = 3`, [tokens[3]]);
    expect(await found()).toEqual(['entry.changed entries registry 3']);
    expect((await audited()).notices.join()).toContain('Signatures were not all checked');
  });

  it('a log’s key replaced by another → the file', async () => {
    const { privateKey } = await generateSigner('Ed25519', { extractable: true });
    const path = join(house.settings.UNBROKEN_STATE_DIR, 'keys', 'log-custody-0.json');
    await writeFile(path, JSON.stringify(await exportPrivateJwk(privateKey)));
    expect(await found()).toEqual([`key.changed ${path} custody/0 -`]);
    await unlink(path);
    expect(await found()).toEqual([`key.changed ${path} custody/0 -`]);
  });
});

describe('tiles and tree', () => {
  it('a hash changed → the tile and its entry', async () => {
    await sql(`UPDATE tiles SET hashes = set_byte(hashes, 70, get_byte(hashes, 70) # 1) WHERE log = 'custody/0'`);
    expect(await found()).toEqual(['tile.changed tiles 0/0 custody/0 2']);
  });

  it('a tile deleted, cut or longer → the tile', async () => {
    await sql(`UPDATE tiles SET hashes = substring(hashes FOR 160) WHERE log = 'custody/0'`);
    expect(await found()).toEqual(['tile.missing tiles 0/0 custody/0 5']);
    await sql(
      `UPDATE tiles SET hashes = sound.hashes || '\\x00' FROM sound_tiles AS sound WHERE tiles.log = sound.log`,
    );
    expect((await found())[0]).toContain('tile.beyond tiles 0/0');
    await sql(`DELETE FROM tiles WHERE log = 'custody/0'`);
    expect((await found()).filter((one) => one.includes('custody/0'))).toEqual(['tile.missing tiles 0/0 custody/0 0']);
  });

  it.each([
    ['size', 'size = 5'],
    ['edge', `edge = set_byte(edge, 12, get_byte(edge, 12) # 1)`],
    ['origin', `origin = 'elsewhere/custody/0'`],
    ['last_recorded_at', `last_recorded_at = last_recorded_at + interval '1 s'`],
  ])('%s of the log changed → the tree', async (_, change) => {
    await sql(`UPDATE logs SET ${change} WHERE name = 'custody/0'`);
    expect(await found()).toEqual(['tree.changed logs custody/0 -']);
  });
});

describe('checkpoints', () => {
  it('the one in the database changed → named; deleted, the next start signs it again', async () => {
    await sql(`UPDATE checkpoints SET note = replace(note, E'\n6\n', E'\n7\n') WHERE log = 'custody/0'`);
    expect(await found()).toEqual(['checkpoint.changed checkpoints custody/0 -']);
    await sql(`DELETE FROM checkpoints`);
    expect(await found()).toEqual([]);
  });

  it('the one outside changed or gone → the file or its folder', async () => {
    const folder = join(house.settings.UNBROKEN_STATE_DIR, 'checkpoints', 'custody-0');
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, name), 'no checkpoint\n');
    expect(await found()).toEqual([`checkpoint.changed ${join(folder, name)} custody/0 -`]);
    await unlink(join(folder, name));
    expect(await found()).toEqual([`checkpoint.changed ${folder} custody/0 -`]);
  });
});

describe('the publish cursor', () => {
  it('moved on → named, with what never went out', async () => {
    await sql(`UPDATE publications SET published = 9 WHERE log = 'custody/0'`);
    expect(await found()).toEqual(['cursor.ahead publications custody/0 -']);
    await sql(`UPDATE publications SET published = 0 WHERE log = 'custody/0'`);
    const { result, notices } = await audited();
    expect([result, notices.join()]).toEqual(['clean', expect.stringContaining('publications: custody/0 says 0')]);
  });
});

describe('parties’ own copies', () => {
  const copy = async (lines: readonly EntryRow[], change = (entry: string) => entry) => {
    const folder = await mkdtemp(join(tmpdir(), 'unbroken-copy-'));
    const text = lines.map((row) =>
      JSON.stringify({ log: row.log, index: Number(row.index), entry: change(entryBytes(row).toString('latin1')) }),
    );
    await writeFile(join(folder, 'custody-0.ndjson'), `${text.join('\n')}\n`);
    return folder;
  };

  it('as the log → clean; another entry in one → the file and line', async () => {
    const folder = await copy(rows);
    expect(await found({ copies: [folder] })).toEqual([]);
    const other = await copy(rows, (entry) => entry.replace('08:00:00.000Z', '08:00:00.001Z'));
    expect((await found({ copies: [other] }))[0]).toBe(`copy.differs ${join(other, 'custody-0.ndjson')}:1 custody/0 0`);
  });

  it('no JSON, or no folder → it says that it could not look', async () => {
    const folder = await copy(rows);
    await writeFile(join(folder, 'custody-0.ndjson'), 'not json\n');
    await expect(audited({ copies: [folder] })).rejects.toThrow('custody-0.ndjson:1 is not JSON');
    await expect(audited({ copies: [join(folder, 'nowhere')] })).rejects.toMatchObject({
      code: 'audit.impossible' satisfies AuditImpossible['code'],
    });
  });
});

describe('evidence bundles', () => {
  const written = async (text: string) => {
    const path = join(await mkdtemp(join(tmpdir(), 'unbroken-bundle-')), 'evidence.json');
    await writeFile(path, text);
    return path;
  };

  it('as the log → clean; one that proves nothing → the bundle, not the log', async () => {
    const path = await written(bundle);
    expect(await found({ bundles: [path] })).toEqual([]);
    expect((await audited({ bundles: [path] })).held).toBeGreaterThan(1);
    const swapped = await written(bundle.replace(/"body":"([A-Za-z0-9_-])/, '"body":"A$1'));
    expect(await found({ bundles: [swapped] })).toEqual([`bundle.false ${swapped}, statement 1 custody/0 -`]);
    await expect(audited({ bundles: [await written('{}')] })).rejects.toMatchObject({ code: 'audit.impossible' });
  });

  it('a row changed → the row, with what the receipt of a party says too', async () => {
    const path = await written(bundle);
    await sql(`UPDATE entries SET recorded_at = recorded_at - interval '1 ms' WHERE log = 'custody/0' AND index = 0`);
    const { faults } = await audited({ bundles: [path] });
    expect(faults[0]).toMatchObject({ code: 'entry.changed', where: 'entries', index: 0, tid: rows[0]?.tid });
  });
});

/** Last: what is on a topic stays there. */
describe('the topic', () => {
  const published = (value: string, index: number, origin = 'unbroken-development/custody/0') =>
    house.hand('custody.recorded.v1', [value], {
      key: rows[index]?.sub ?? '',
      headers: { 'log-origin': origin, 'log-index': String(index) },
    });

  it('an entry again, as after a crash → clean; another under its index, or beyond the end → the message', async () => {
    const [row] = rows;
    const value = row === undefined ? '' : entryBytes(row).toString('latin1');
    await published(value, 0);
    expect(await found()).toEqual([]);
    await published(value.replace('08:00:00.000Z', '08:00:00.001Z'), 0);
    await published(value, 9);
    await published(value, 0, 'elsewhere/custody/0');
    const codes = (await audited()).faults.map(({ code, where, index }) => [code, where.split(' ')[0], index]);
    expect(codes).toEqual(
      expect.arrayContaining([
        ['topic.changed', 'custody.recorded.v1', 0],
        ['topic.beyond', 'custody.recorded.v1', 9],
      ]),
    );
    expect(codes).toHaveLength(3);
  });

  it('messages taken away that it should still keep → named', async () => {
    const admin = createKafka(house.settings, 'test').admin();
    await admin.connect();
    const topic = topicName(house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX, 'registry.recorded.v1');
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
    await admin.disconnect();
    expect((await found()).filter((one) => one.includes('registry'))).toEqual([
      'topic.missing registry.recorded.v1 registry 0',
    ]);
  });
});
