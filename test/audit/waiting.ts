// What waits for its key and what was refused, changed by SQL: the audit names the row.

import { AuditedHouse, rowOf } from '../../services/ledger/src/fixture/audited-house.js';
import { register, settle, tidOf } from '../../services/ledger/src/fixture/signers.js';

export function waitingTests(house: () => AuditedHouse): void {
  const parked = () => rowOf('parked', house().parked);
  const refused = () => rowOf('refused', house().refused);
  const found = () => house().found();
  const sql = (statement: string, values?: unknown[]) => house().sql(statement, values);
  const custody = (code: string, row: string) => `${code} ${row} custody/0 -`;

  describe('what waits for its key', () => {
    it('its token replaced by another → its row', async () => {
      await sql('UPDATE parked SET token = $1', [house().rows[0]?.token]);
      expect(await found()).toEqual([custody('parked.changed', parked())]);
      await sql(`UPDATE parked SET token = token || 'ł'`);
      expect(await found()).toEqual([custody('parked.changed', parked())]);
    });

    it.each([
      ['tid', `'${'A'.repeat(43)}'`],
      ['kid', `(SELECT kid FROM entries WHERE log = 'custody/0' AND index = 0)`],
      ['sub', `(SELECT sub FROM entries WHERE log = 'custody/0' AND index = 0)`],
      ['log', `'registry'`],
    ])('its %s changed, so that it would never be found → its row', async (column, value) => {
      await sql(`UPDATE parked SET ${column} = ${value}`);
      expect(await found()).toEqual([custody('parked.changed', parked())]);
    });

    it('put there after its key counted → its row: it was to be recorded', async () => {
      const row = `SELECT sha256(convert_to(token, 'LATIN1')), log, tid, kid, sub, token`;
      const insert = `INSERT INTO parked (hash, log, tid, kid, sub, token, parked_at) ${row}`;
      await sql(`${insert}, recorded_at + interval '2 minutes' FROM entries WHERE log = 'custody/0' AND index = 2`);
      const token = house().rows[2]?.token ?? '';
      expect(await found()).toEqual([custody('parked.decidable', rowOf('parked', token))]);
      await sql('DELETE FROM parked WHERE hash = sha256(convert_to($1, $2))', [token, 'LATIN1']);
      // As a crash leaves it between the enrolment of the key and the token.
      await sql(`${insert}, recorded_at - interval '1 minute' FROM entries WHERE log = 'custody/0' AND index = 2`);
      const { result, notices } = await house().audited();
      expect([result, notices.join()]).toEqual(['clean', expect.stringContaining('could be decided')]);
    });
  });

  describe('what was refused', () => {
    it('its bytes changed → its row', async () => {
      await sql('UPDATE refused SET bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1)');
      expect(await found()).toEqual([custody('refused.changed', refused())]);
    });

    it.each([
      ['tid', `'${'A'.repeat(43)}'`],
      ['tid', 'NULL'],
      ['sub', `(SELECT sub FROM entries WHERE log = 'custody/0' AND index = 0)`],
    ])('its %s changed to %s → its row', async (column, value) => {
      await sql(`UPDATE refused SET ${column} = ${value}`);
      expect(await found()).toEqual([custody('refused.changed', refused())]);
    });

    it.each(['token.parts', 'token.other-party', 'token.unknown-key'])(
      'its reason changed to %s → its row',
      async (code) => {
        await sql(`UPDATE refused SET code = $1, refused_at = refused_at + interval '1 h'`, [code]);
        expect(await found()).toEqual([custody('refused.false', refused())]);
      },
    );

    it('a token that holds put there instead of being recorded → its row', async () => {
      const { registered, sub } = await register((await settle('nobody-at-all')).party);
      const insert = `INSERT INTO refused (hash, tid, sub, code, bytes, refused_at) SELECT sha256($1::bytea), $2, $3, $4, $1, now()`;
      await sql(insert, [Buffer.from(registered), tidOf(registered), sub, 'token.signature']);
      expect(await found()).toEqual([custody('refused.false', rowOf('refused', registered))]);
      const [sound] = house().rows;
      await sql('DELETE FROM refused');
      await sql(insert, [Buffer.from(sound?.token ?? ''), sound?.tid, sound?.sub, 'token.signature']);
      expect(await found()).toEqual([custody('refused.false', rowOf('refused', sound?.token ?? ''))]);
    });
  });
}
