// The tree, its tiles, checkpoints and cursors changed by SQL or in a file: the audit names which.

import { readdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditedHouse } from '../../services/ledger/src/fixture/audited-house.js';
import type { AuditOf } from '../../services/ledger/src/audit/audit-report.js';

export function treeTests(house: () => AuditedHouse): void {
  const audited = (of?: Partial<AuditOf>) => house().audited(of);
  const found = (of?: Partial<AuditOf>) => house().found(of);
  const sql = (statement: string, values?: unknown[]) => house().sql(statement, values);

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
      expect((await found()).filter((one) => one.includes('custody/0'))).toEqual([
        'tile.missing tiles 0/0 custody/0 0',
      ]);
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
      const folder = join(house().stateDir, 'checkpoints', 'custody-0');
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

    it('its count of messages higher than the topic ever had, or none → named; lower, as after a crash → said', async () => {
      await sql(`UPDATE publications SET messages = messages + 1 WHERE log = 'custody/0'`);
      expect(await found()).toEqual(['count.ahead publications custody/0 -']);
      await sql(`UPDATE publications SET messages = 0 WHERE log = 'custody/0'`);
      expect(await found()).toEqual(['count.behind publications custody/0 -']);
      await sql(`UPDATE publications SET messages = 1 WHERE log = 'custody/0'`);
      const { result, notices } = await audited();
      expect([result, notices.join()]).toEqual(['clean', expect.stringContaining('custody/0 counts 1 messages')]);
    });
  });
}
