// What others hold against the log, parties' copies, evidence bundles and Kafka: the audit names who, and where.

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKafka, topicName } from '@unbroken/platform';
import type { AuditedHouse } from '../../services/ledger/src/fixture/audited-house.js';
import { copyOf } from '../../services/ledger/src/fixture/sources.js';
import { entryBytes } from '../../services/ledger/src/publish/entry-message.js';
import type { AuditOf } from '../../services/ledger/src/audit/audit-report.js';
import type { AuditImpossible } from '../../services/ledger/src/audit/audit-impossible.js';

export function heldTests(house: () => AuditedHouse): void {
  const audited = (of?: Partial<AuditOf>) => house().audited(of);
  const found = (of?: Partial<AuditOf>) => house().found(of);
  const sql = (statement: string, values?: unknown[]) => house().sql(statement, values);

  describe('parties’ own copies', () => {
    it('as the log → clean; another entry in one → the file and line', async () => {
      const folder = await copyOf(house().rows);
      expect(await found({ copies: [folder] })).toEqual([]);
      const other = await copyOf(house().rows, (entry) => entry.replace('08:00:00.000Z', '08:00:00.001Z'));
      expect((await found({ copies: [other] }))[0]).toBe(
        `copy.differs ${join(other, 'custody-0.ndjson')}:1 custody/0 0`,
      );
    });

    it('no JSON, or no folder → it says that it could not look', async () => {
      const folder = await copyOf(house().rows);
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
      const path = await written(house().bundle);
      expect(await found({ bundles: [path] })).toEqual([]);
      expect((await audited({ bundles: [path] })).held).toBeGreaterThan(1);
      const swapped = await written(house().bundle.replace(/"body":"([A-Za-z0-9_-])/, '"body":"A$1'));
      expect(await found({ bundles: [swapped] })).toEqual([`bundle.false ${swapped}, statement 1 custody/0 -`]);
      await expect(audited({ bundles: [await written('{}')] })).rejects.toMatchObject({ code: 'audit.impossible' });
    });

    it('a row changed → the row, with what the receipt of a party says too', async () => {
      const path = await written(house().bundle);
      await sql(`UPDATE entries SET recorded_at = recorded_at - interval '1 ms' WHERE log = 'custody/0' AND index = 0`);
      const { faults } = await audited({ bundles: [path] });
      expect(faults[0]).toMatchObject({ code: 'entry.changed', where: 'entries', index: 0, tid: house().rows[0]?.tid });
    });
  });

  /** Last: what is on a topic stays there. */
  describe('the topic', () => {
    const published = (value: string, index: number, origin = 'unbroken-development/custody/0') =>
      house().ledger.hand('custody.recorded.v1', [value], {
        key: house().rows[index]?.sub ?? '',
        headers: { 'log-origin': origin, 'log-index': String(index) },
      });

    it('an entry again, as after a crash → clean; another under its index, or beyond the end → the message', async () => {
      const [row] = house().rows;
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
      const admin = createKafka(house().ledger.settings, 'test').admin();
      await admin.connect();
      const topic = topicName(house().ledger.settings.UNBROKEN_KAFKA_TOPIC_PREFIX, 'registry.recorded.v1');
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
      await admin.disconnect();
      expect((await found()).filter((one) => one.includes('registry'))).toEqual([
        'topic.missing registry.recorded.v1 registry 0',
      ]);
    });
  });
}
