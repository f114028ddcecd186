// Entries and keys changed by SQL or in a file, as somebody with the operator's rights would: the audit names the row.

import { unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRightEdge, emptyEdge } from '@unbroken/tlog';
import { exportPrivateJwk, generateSigner } from '@unbroken/tokens';
import { grownBy } from '../../services/ledger/src/append/grow-tree.js';
import type { AuditedHouse } from '../../services/ledger/src/fixture/audited-house.js';
import { reportLines } from '../../services/ledger/src/audit/report-lines.js';
import { register, settle } from '../../services/ledger/src/fixture/signers.js';
import { entryBytes } from '../../services/ledger/src/publish/entry-message.js';
import type { EntryRow } from '../../services/ledger/src/publish/entry-message.js';
import type { AuditOf } from '../../services/ledger/src/audit/audit-report.js';

export function entriesTests(house: () => AuditedHouse): void {
  const audited = (of?: Partial<AuditOf>) => house().audited(of);
  const found = (of?: Partial<AuditOf>) => house().found(of);
  const sql = (statement: string, values?: unknown[]) => house().sql(statement, values);

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
      await sql(`UPDATE entries SET token = $1 WHERE log = 'custody/0' AND index = 2`, [house().rows[4]?.token]);
      expect(await found()).toEqual(['entry.changed entries custody/0 2']);
      const [fault] = (await audited()).faults;
      expect(fault).toMatchObject({ tid: house().rows[2]?.tid });
      expect(fault?.should).toContain(house().rows[2]?.tid);
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
      expect(faults).toMatchObject([{ code: 'entry.missing', where: 'entries', index: 1, tid: house().rows[1]?.tid }]);
    });

    it('the last two and their hashes and the size taken back → missing, both, by the checkpoint outside', async () => {
      const entries = house()
        .rows.slice(0, 4)
        .map((row) => ({ bytes: entryBytes(row) }));
      const { edge } = grownBy(emptyEdge, entries);
      await sql(`DELETE FROM entries WHERE log = 'custody/0' AND index >= 4`);
      await sql(`UPDATE logs SET size = 4, edge = $1 WHERE name = 'custody/0'`, [Buffer.from(encodeRightEdge(edge))]);
      await sql(`UPDATE tiles SET hashes = substring(hashes FOR 128) WHERE log = 'custody/0'`);
      await sql(`DELETE FROM checkpoints WHERE log = 'custody/0'`);
      expect(await found()).toEqual(
        expect.arrayContaining(['entry.missing entries custody/0 4', 'entry.missing entries custody/0 5']),
      );
    });

    it('all of them deleted, and one changed → counted by kind, and told as one range, with both ends', async () => {
      await sql(`DELETE FROM entries WHERE log = 'custody/0' AND index <> 4`);
      await sql(`UPDATE entries SET recorded_at = recorded_at + interval '1 s' WHERE log = 'custody/0' AND index = 4`);
      const report = await audited();
      expect(report.faults).toHaveLength(report.count);
      expect(report.kinds).toContainEqual({ code: 'entry.missing', log: 'custody/0', count: 5 });
      const lines = reportLines(report);
      const at = (line: string) => lines.findIndex((one) => one.includes(line));
      expect(at('5 × entry.missing, log custody/0')).toBeGreaterThan(at(' are not as it should be:'));
      expect(at('entry.missing  entries, log custody/0, index 0 to 3 (4 in a row)')).toBeGreaterThan(at('Where:'));
      expect(lines.filter((line) => line.includes('entry.missing  '))).toHaveLength(2);
      const ends = lines.slice(at('index 0 to 3') + 1, at('index 0 to 3') + 4).join('\n');
      expect(ends).toContain('says        no row');
      for (const end of [0, 3]) expect(ends).toContain(house().rows[end]?.tid);
    });

    it('two swapped → both moved, and where each belongs', async () => {
      await sql(
        `UPDATE entries SET index = CASE index WHEN 1 THEN 4 ELSE 1 END WHERE log = 'custody/0' AND index IN (1, 4)`,
      );
      const { faults } = await audited();
      expect(faults).toMatchObject([
        { code: 'entry.moved', index: 1, tid: house().rows[4]?.tid },
        { code: 'entry.moved', index: 4, tid: house().rows[1]?.tid },
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
      const forged = { ...(house().rows[5] as EntryRow), token: stranger.registered };
      const { edge, tiles } = grownBy(
        emptyEdge,
        [...house().rows, forged].map((row) => ({ bytes: entryBytes(row) })),
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
      const changed = house().rows.map((row, at) =>
        at === 1 ? { ...row, recorded_at: new Date(+row.recorded_at - 1) } : row,
      );
      const { edge, tiles } = grownBy(
        emptyEdge,
        changed.map((row) => ({ bytes: entryBytes(row) })),
      );
      await sql(`UPDATE entries SET recorded_at = recorded_at - interval '1 ms' WHERE log = 'custody/0' AND index = 1`);
      await sql(`UPDATE tiles SET hashes = $1 WHERE log = 'custody/0'`, [Buffer.from(tiles[0]?.hashes ?? [])]);
      await sql(`UPDATE logs SET edge = $1 WHERE name = 'custody/0'`, [Buffer.from(encodeRightEdge(edge))]);
      const { faults } = await audited();
      expect(faults[0]).toMatchObject({ code: 'entry.changed', where: 'entries', index: 1, tid: house().rows[1]?.tid });
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
      const path = join(house().stateDir, 'keys', 'log-custody-0.json');
      await writeFile(path, JSON.stringify(await exportPrivateJwk(privateKey)));
      expect(await found()).toEqual([`key.changed ${path} custody/0 -`]);
      await unlink(path);
      expect(await found()).toEqual([`key.changed ${path} custody/0 -`]);
    });
  });
}
