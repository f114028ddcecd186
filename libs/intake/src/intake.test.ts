// The door as its users meet it: over HTTP, with a real Kafka behind it and a real Postgres.

import { createHash } from 'node:crypto';
import type { TokenProblem, TokensAnswer } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';
import * as ground from '@unbroken/testing';
import { waitFor } from '@unbroken/testing';
import { formatNote, leafHash, parseCheckpoint, parseTlogProof, verifyInclusion } from '@unbroken/tlog';
import { generateSigner, mintToken, newJti, readPromise, shipmentId } from '@unbroken/tokens';
import type { IntakePromise, PartyId, Signer } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import type { EntityManager } from 'typeorm';
import type { TopicEar } from './fixture/index.js';
import { ServiceHouse } from './fixture/index.js';
import type { WellFormed } from './check-form.js';
import type { IntakeGate } from './gate.js';
import type { MakeService } from './process/compose.js';
import { promiseKey } from './promise/promise-key.js';
import { roleService } from './role/role-service.js';

const aText: unknown = expect.any(String);
const aNumber: unknown = expect.any(Number);
const POST = '/courier/v1/tokens';
const iss = 'bring' as PartyId;
const courier: MakeService = (settings, parts) => roleService({ name: 'courier', controllers: [] }, settings, parts);

/** Once closed it holds back everything. */
class Turnstile implements IntakeGate {
  static closed = false;
  static readonly passed: string[] = [];

  refusals(tokens: readonly WellFormed[]): Promise<ReadonlyMap<WellFormed, Problem>> {
    const why = { status: 422, code: 'gate.closed', title: 'Closed', detail: 'Closed.', cure: 'Come later.' };
    return Promise.resolve(new Map(Turnstile.closed ? tokens.map((one) => [one, new Problem(why)]) : []));
  }

  kept(_: EntityManager, tokens: readonly WellFormed[]): Promise<void> {
    Turnstile.passed.push(...tokens.map(({ envelope }) => envelope.raw));
    return Promise.resolve();
  }

  forget(): Promise<void> {
    return Promise.resolve();
  }
}

const receiver: MakeService = (settings, parts) =>
  roleService(
    { name: 'receiver', controllers: [], gate: { token: Turnstile, providers: [Turnstile] } },
    settings,
    parts,
  );

let house: ServiceHouse;
let signer: Signer;
let custody: TopicEar;
let registry: TopicEar;
let refused: TopicEar;

beforeAll(async () => {
  ({ signer } = await generateSigner('Ed25519'));
  house = await ServiceHouse.open({ ground, services: [courier, receiver] });
  custody = await house.listen('custody.tokens.v1');
  registry = await house.listen('registry.tokens.v1');
  refused = await house.listen('custody.refused.v1');
}, 120_000);

afterAll(() => house.close(), 60_000);

const shipment = () => shipmentId(iss, newJti());
const token = (sub: string = shipment()) =>
  mintToken({ iss, sub, jti: newJti(), iat: 1_772_000_000, evt: 'sealed' }, signer);
const tidOf = (text: string) => parseTokenSync(text).tid;
const heardBy = (ear: TopicEar, text: string) =>
  waitFor(() => ear.heard.find((heard) => heard.text === text), { what: 'the token on its topic' });
const times = (ear: TopicEar, text: string) => ear.texts.filter((one) => one === text).length;

describe('POST /tokens', () => {
  it('a well-formed token → 202 with its id, and the bytes on the custody topic under its shipment', async () => {
    const sub = shipment();
    const sent = await token(sub);
    const { status, body } = await house.post(POST, sent);
    expect({ status, body }).toEqual({ status: 202, body: { tokens: [{ tid: tidOf(sent) }], promise: aText } });
    const heard = await heardBy(custody, sent);
    expect(heard.key).toBe(sub);
    expect(heard.headers).toEqual({ 'received-at': '2026-03-02T08:00:00.000Z' });
  });

  it('a token about a party → the registry topic', async () => {
    const sent = await token(iss);
    await house.post(POST, sent);
    expect((await heardBy(registry, sent)).key).toBe(iss);
  });

  it('the same bytes again, alone, in a batch and twice in it → the same answer, published once', async () => {
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
    const [one, two] = [await token(), await token()];
    const bad = `${one.slice(0, -1)}!`;
    const { status, body } = await house.post<TokensAnswer>(POST, { tokens: [one, bad, two], clock: 1_772_438_400.5 });
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
    const { status, body } = await house.post(POST, { tokens: ['a.b', ''] });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'tokens.refused',
      errors: [{ pointer: '/tokens/0' }, { pointer: '/tokens/1' }],
    });
  });

  it('a token of several hundred kilobytes → 422, and only its beginning in quarantine', async () => {
    const huge = newJti().repeat(20_000);
    expect(await house.post(POST, huge)).toMatchObject({ status: 422, body: { code: 'token.too-large' } });
    await heardBy(refused, huge.slice(0, 65_536));
  });

  it('a body over the limit → 413', async () => {
    const { status, body } = await house.post(POST, 'x'.repeat(6 * 1024 * 1024));
    expect({ status, code: body['code'] }).toEqual({ status: 413, code: 'body.too-large' });
  });

  it.each(['text/plain', 'application/octet-stream'])('%s → 415', async (type) => {
    expect((await house.post(POST, await token(), { 'content-type': type })).status).toBe(415);
  });

  it.each([
    ['an unknown member', { tokens: ['a'], tokes: [] }],
    ['no token', { tokens: [] }],
    ['501 tokens', { tokens: Array.from({ length: 501 }, () => 'a') }],
    ['a clock that is no time', { tokens: ['a'], clock: -1 }],
    ['an array', ['a']],
  ])('%s → 400 with a pointer', async (_, body) => {
    expect(await house.post(POST, body)).toMatchObject({ status: 400, body: { code: 'body.form', errors: [{}] } });
  });
});

describe('a gate', () => {
  const GATED = '/receiver/v1/tokens';

  it('closed → the token is refused and not kept; bytes that passed before → the answer they had', async () => {
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

describe('the promise in the answer', () => {
  const promiseIn = async (body: object): Promise<IntakePromise> => {
    const { jwk } = await promiseKey(house.settings.UNBROKEN_STATE_DIR);
    return readPromise(String(Reflect.get(body, 'promise')), [jwk]);
  };
  const sum = (text: string) => createHash('sha256').update(text).digest('base64url');

  it('says which bytes were taken when, and by when they are recorded; the same bytes again → the same promise', async () => {
    const sent = await token();
    const { body } = await house.post(POST, sent);
    const received = Math.floor(house.clock.now() / 1000);
    const line = { tid: tidOf(sent), sum: sum(sent), received, due: received + 24 * 3600 };
    expect(await promiseIn(body)).toEqual({
      iss: house.settings.UNBROKEN_DEPLOYMENT,
      service: 'courier',
      tokens: [line],
    });
    house.clock.advance(600_000);
    expect((await house.post(POST, sent)).body).toEqual(body);
    const other = await token();
    const both = await house.post(POST, { tokens: [other, sent, other] });
    const later = { tid: tidOf(other), sum: sum(other), received: received + 600, due: received + 600 + 24 * 3600 };
    expect((await promiseIn(both.body)).tokens).toEqual([later, line, later]);
  });

  it('of a batch with a bad token → names the others; by another service → in its own name', async () => {
    const sent = await token();
    Turnstile.closed = false;
    const { body } = await house.post('/receiver/v1/tokens', { tokens: ['bad', sent] });
    expect(await promiseIn(body)).toMatchObject({ service: 'receiver', tokens: [{ tid: tidOf(sent) }] });
  });

  it('nothing taken → nothing promised', async () => {
    const { status, body } = await house.post(POST, { tokens: ['bad', 'worse'] });
    expect({ status, promise: body['promise'] }).toEqual({ status: 422, promise: undefined });
  });

  it('after a restart → by the same key', async () => {
    const sent = await token();
    const { body } = await house.post(POST, sent);
    await house.stop();
    await house.start();
    expect((await house.post(POST, sent)).body).toEqual(body);
  }, 60_000);
});

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
    const sent = await token();
    const forged = `${sent.slice(0, -86)}${'A'.repeat(86)}`;
    const [honest, other] = [house.post<TokensAnswer>(POST, sent, wait), house.post<TokensAnswer>(POST, forged, wait)];
    await Promise.all([heardBy(custody, sent), heardBy(custody, forged)]);
    const headers = { 'reason-code': 'token.signature', 'token-id': tidOf(sent) };
    await house.producer.send('custody.refused.v1', [{ value: forged, headers }]);
    const refusal = { tid: tidOf(sent), status: 'refused', code: 'token.signature' };
    expect((await other).body.tokens).toEqual([refusal]);
    await house.ledger.record(sent);
    expect((await honest).body.tokens).toMatchObject([{ tid: tidOf(sent), status: 'recorded' }]);
  });

  it('malformed → 200 with token.malformed', async () => {
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
