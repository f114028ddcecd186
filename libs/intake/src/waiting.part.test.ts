// Whoever prefers to wait is told what became of the tokens, and shown the receipts.

import type { TokensAnswer } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { formatNote, leafHash, parseCheckpoint, parseTlogProof, verifyInclusion } from '@unbroken/tlog';
import { parseTokenSync } from '@unbroken/tokens/node';
import { POST, aNumber, aText, heardBy, iss, tidOf } from './doors.part.test.js';
import type { Doors } from './doors.part.test.js';

export function waitingTests(at: () => Doors): void {
  describe('Prefer: wait for the receipt', () => {
    const wait = { prefer: 'wait=20' };
    const shownBy = (sent: string, receipt: string, note: string) => {
      const proof = parseTlogProof(receipt);
      const { size, root, origin } = parseCheckpoint(proof.checkpoint.text);
      expect(formatNote(proof.checkpoint)).toBe(note);
      const entry = Buffer.concat([Buffer.from(proof.extra ?? []), Buffer.from(sent)]);
      verifyInclusion({ index: proof.index, size, root, leafHash: leafHash(entry) }, proof.inclusion);
      return origin;
    };

    it('a checkpoint covers it → 200 with a receipt that holds, for entries in any order and a second checkpoint too', async () => {
      const { house, custody, token } = at();
      await house.ledger.checkpoint('custody');
      for (const count of [1, 6]) {
        const sent = await Promise.all(Array.from({ length: count }, () => token()));
        const answer = house.post<TokensAnswer>(POST, { tokens: sent }, wait);
        for (const one of sent) await heardBy(custody, one);
        await house.ledger.record(await token());
        for (const one of sent.toReversed()) await house.ledger.record(one);
        const note = await house.ledger.checkpoint('custody');
        const { status, headers, body } = await answer;
        expect({ status, applied: headers.get('preference-applied') }).toEqual({ status: 200, applied: 'wait=20' });
        for (const [at, line] of body.tokens.entries()) {
          expect(line).toMatchObject({ tid: tidOf(sent[at] ?? ''), status: 'recorded', receipt: aText });
          expect(shownBy(sent[at] ?? '', String(Reflect.get(line, 'receipt')), note)).toBe('custody');
        }
        expect((await house.post(POST, { tokens: sent }, wait)).body).toEqual(body);
      }
    });

    it('a token of a party → a receipt of the registry log', async () => {
      const { house, registry, token } = at();
      await house.ledger.checkpoint('registry');
      const sent = await token(iss);
      const answer = house.post<TokensAnswer>(POST, sent, wait);
      await heardBy(registry, sent);
      await house.ledger.record(sent);
      const note = await house.ledger.checkpoint('registry');
      const [line = {}] = (await answer).body.tokens;
      expect(shownBy(sent, String(Reflect.get(line, 'receipt')), note)).toBe('registry');
    });

    it('recorded and not signed in time → 202 with its place', async () => {
      const { house, custody, token } = at();
      const sent = await token();
      const answer = house.post<TokensAnswer>(POST, sent, { prefer: 'wait=1' });
      await heardBy(custody, sent);
      await house.ledger.record(sent);
      const { status, body } = await answer;
      expect({ status, lines: body.tokens }).toMatchObject({
        status: 202,
        lines: [{ status: 'recorded', index: aNumber }],
      });
      expect(body.tokens[0]).not.toHaveProperty('receipt');
    });

    it('another checkpoint is published than the entries hash to → no receipt is made of it', async () => {
      const { house, custody, token } = at();
      await house.ledger.checkpoint('custody');
      const sent = await token();
      const answer = house.post<TokensAnswer>(POST, sent, { prefer: 'wait=2' });
      await heardBy(custody, sent);
      await house.ledger.record(sent);
      await house.ledger.checkpoint('custody', leafHash(Buffer.from('another')));
      const { status, body } = await answer;
      expect({ status, line: body.tokens[0] }).toMatchObject({ status: 202, line: { status: 'recorded' } });
      expect(body.tokens[0]).not.toHaveProperty('receipt');
    });
  });

  describe('Prefer: wait, return=minimal', () => {
    const wait = { prefer: 'wait=10, return=minimal' };

    it('recorded meanwhile → 200 with its place in the log', async () => {
      const { house, custody, token } = at();
      const sent = await token();
      const answer = house.post<TokensAnswer>(POST, sent, wait);
      await heardBy(custody, sent);
      await house.ledger.record(sent);
      const { status, headers, body } = await answer;
      expect(status).toBe(200);
      expect(headers.get('preference-applied')).toBe('wait=10, return=minimal');
      expect(body.tokens).toEqual([
        {
          tid: tidOf(sent),
          status: 'recorded',
          log: 'custody',
          index: aNumber,
          recordedAt: aText,
        },
      ]);
      expect((await house.post(POST, sent, wait)).body).toEqual(body);
    });

    it('refused by the ledger → 200 with the code; another spelling of the same token is told its own end', async () => {
      const { house, custody, token } = at();
      const sent = await token();
      const forged = `${sent.slice(0, -86)}${'A'.repeat(86)}`;
      const [honest, other] = [
        house.post<TokensAnswer>(POST, sent, wait),
        house.post<TokensAnswer>(POST, forged, wait),
      ];
      await Promise.all([heardBy(custody, sent), heardBy(custody, forged)]);
      const headers = { 'reason-code': 'token.signature', 'token-id': tidOf(sent) };
      await house.producer.send('custody.refused.v1', [{ value: forged, headers }]);
      const refusal = { tid: tidOf(sent), status: 'refused', code: 'token.signature' };
      expect((await other).body.tokens).toEqual([refusal]);
      await house.ledger.record(sent);
      expect((await honest).body.tokens).toMatchObject([{ tid: tidOf(sent), status: 'recorded' }]);
    });

    it('malformed → 200 with token.malformed', async () => {
      const { house, signer, custody, token } = at();
      const sent = await token();
      const answer = house.post<TokensAnswer>(POST, { tokens: [sent, 'bad'] }, wait);
      await heardBy(custody, sent);
      await house.ledger.poison('custody.recorded.v1', {
        key: parseTokenSync(sent).claims.sub,
        value: `2026-03-02T08:00:00.000Z 1\nmalformed ${tidOf(sent)} ${signer.kid} evt:unknown`,
        headers: { 'log-origin': 'custody', 'log-index': '7' },
      });
      const { status, body } = await answer;
      expect(status).toBe(200);
      expect(body.tokens).toMatchObject([{ status: 'malformed', code: 'token.malformed', index: 7 }, { refused: {} }]);
    });

    it('not known in time → 202 as usual', async () => {
      const { house, custody, token } = at();
      const [known, unknown] = [await token(), await token()];
      const answer = house.post<TokensAnswer>(POST, { tokens: [known, unknown] }, { prefer: 'respond-async, wait=1' });
      await heardBy(custody, known);
      await house.ledger.record(known);
      const { status, headers, body } = await answer;
      expect(status).toBe(202);
      expect(headers.get('preference-applied')).toBe('wait=1');
      expect(body.tokens).toMatchObject([{ status: 'recorded' }, { tid: tidOf(unknown) }]);
    });

    it('the service stops → whoever waits is answered at once', async () => {
      const { house, custody, token } = at();
      const answer = house.post(POST, await token(), { prefer: 'wait=30' });
      await waitFor(() => custody.heard.length > 0, { what: 'a token' });
      await heardBy(custody, custody.texts.at(-1) ?? '');
      const begun = performance.now();
      await house.stop();
      expect((await answer).status).toBe(202);
      expect(performance.now() - begun).toBeLessThan(10_000);
      await house.start();
    }, 60_000);
  });
}
