// What the door takes, what it refuses, and what goes out behind it.

import type { TokenProblem, TokensAnswer } from '@unbroken/contracts';
import { newJti } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import { GATED, POST, Turnstile, aText, heardBy, iss, shipment, tidOf } from './doors.part.test.js';
import type { Doors } from './doors.part.test.js';
import type { TopicEar } from './fixture/index.js';

const times = (ear: TopicEar, text: string) => ear.texts.filter((one) => one === text).length;

export function doorTests(at: () => Doors): void {
  describe('POST /tokens', () => {
    it('a well-formed token → 202 with its id, and the bytes on the custody topic under its shipment', async () => {
      const { house, custody, token } = at();
      const sub = shipment();
      const sent = await token(sub);
      const { status, body } = await house.post(POST, sent);
      expect({ status, body }).toEqual({ status: 202, body: { tokens: [{ tid: tidOf(sent) }], promise: aText } });
      const heard = await heardBy(custody, sent);
      expect(heard.key).toBe(sub);
      expect(heard.headers).toEqual({ 'received-at': '2026-03-02T08:00:00.000Z' });
    });

    it('a token about a party → the registry topic', async () => {
      const { house, registry, token } = at();
      const sent = await token(iss);
      await house.post(POST, sent);
      expect((await heardBy(registry, sent)).key).toBe(iss);
    });

    it('the same bytes again, alone, in a batch and twice in it → the same answer, published once', async () => {
      const { house, custody, token } = at();
      const sent = await token();
      const first = await house.post(POST, sent);
      const again = await house.post(POST, sent);
      expect(again.body).toEqual(first.body);
      const batch = await house.post<TokensAnswer>(POST, { tokens: [sent, sent] });
      expect(batch.body.tokens).toEqual([{ tid: tidOf(sent) }, { tid: tidOf(sent) }]);
      const last = await token(parseTokenSync(sent).claims.sub);
      await house.post(POST, last);
      await heardBy(custody, last);
      expect(times(custody, sent)).toBe(1);
    });

    it('a batch with one bad token → the others are taken, the bad one is named and quarantined', async () => {
      const { house, custody, refused, token } = at();
      const [one, two] = [await token(), await token()];
      const bad = `${one.slice(0, -1)}!`;
      const { status, body } = await house.post<TokensAnswer>(POST, {
        tokens: [one, bad, two],
        clock: 1_772_438_400.5,
      });
      expect(status).toBe(202);
      expect(body.tokens).toMatchObject([
        { tid: tidOf(one) },
        { refused: { status: 422, code: 'token.base64url' } },
        { tid: tidOf(two) },
      ]);
      const kept = await heardBy(refused, bad);
      expect(kept).toMatchObject({ key: null, headers: { 'reason-code': 'token.base64url' } });
      expect((await heardBy(custody, two)).headers['device-clock']).toBe('2026-03-02T08:00:00.500Z');
    });

    it('one bad token alone → 422 with its code and cure; the same again → quarantined once', async () => {
      const { house, refused, token } = at();
      const bad = `${await token()}.${newJti()}`;
      const first = await house.post<TokenProblem>(POST, bad);
      expect(first).toMatchObject({ status: 422, body: { code: 'token.parts', cure: aText } });
      expect(first.headers.get('content-type')).toContain('application/problem+json');
      expect((await house.post(POST, bad)).status).toBe(422);
      const later = `${newJti()}.${bad}`;
      await house.post(POST, later);
      await heardBy(refused, later);
      expect(times(refused, bad)).toBe(1);
    });

    it('a whole batch of bad tokens → 422 that says why for each', async () => {
      const { house } = at();
      const { status, body } = await house.post(POST, { tokens: ['a.b', ''] });
      expect(status).toBe(422);
      expect(body).toMatchObject({
        code: 'tokens.refused',
        errors: [{ pointer: '/tokens/0' }, { pointer: '/tokens/1' }],
      });
    });

    it('a token of several hundred kilobytes → 422, and only its beginning in quarantine', async () => {
      const { house, refused } = at();
      const huge = newJti().repeat(20_000);
      expect(await house.post(POST, huge)).toMatchObject({ status: 422, body: { code: 'token.too-large' } });
      await heardBy(refused, huge.slice(0, 65_536));
    });

    it('a body over the limit → 413', async () => {
      const { house } = at();
      const { status, body } = await house.post(POST, 'x'.repeat(6 * 1024 * 1024));
      expect({ status, code: body['code'] }).toEqual({ status: 413, code: 'body.too-large' });
    });

    it.each(['text/plain', 'application/octet-stream'])('%s → 415', async (type) => {
      const { house, token } = at();
      expect((await house.post(POST, await token(), { 'content-type': type })).status).toBe(415);
    });

    it.each([
      ['an unknown member', { tokens: ['a'], tokes: [] }],
      ['no token', { tokens: [] }],
      ['501 tokens', { tokens: Array.from({ length: 501 }, () => 'a') }],
      ['a clock that is no time', { tokens: ['a'], clock: -1 }],
      ['an array', ['a']],
    ])('%s → 400 with a pointer', async (_, body) => {
      const { house } = at();
      expect(await house.post(POST, body)).toMatchObject({ status: 400, body: { code: 'body.form', errors: [{}] } });
    });
  });

  describe('a gate', () => {
    it('closed → the token is refused and not kept; bytes that passed before → the answer they had', async () => {
      const { house, token } = at();
      const [early, late] = [await token(), await token()];
      const first = await house.post(GATED, early);
      Turnstile.closed = true;
      expect(await house.post(GATED, late)).toMatchObject({ status: 422, body: { code: 'gate.closed' } });
      expect(await house.post(GATED, early)).toMatchObject({ status: 202, body: first.body });
      const { body } = await house.post<TokensAnswer>(GATED, { tokens: [early, late] });
      expect(body.tokens).toMatchObject([{ tid: tidOf(early) }, { refused: { code: 'gate.closed' } }]);
      expect(Turnstile.passed).toEqual([early]);
      expect((await house.post(POST, late)).status).toBe(202);
    });
  });
}
