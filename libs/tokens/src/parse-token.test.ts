// What the vectors cannot show one by one: pointers, and that nothing a stranger sends gets another answer than a refusal.
import fc from 'fast-check';
import { isShipmentId, keyId, parseToken, refusalCodes, TokenRefused, verifyToken, type Envelope } from './index.js';
import { importKey, parseTokenSync, verifyTokenSync } from './node/index.js';
import { fixedSigners } from './vectors/fixed-keys.js';
import { forge } from './vectors/forge.js';
import { claims, headerWith, party, payloadWith } from './vectors/statement.js';

const { es256, ed25519 } = await fixedSigners();
const sign = (header: string, payload: string): Promise<string> => forge(ed25519, header, payload);
const good = await sign(headerWith(ed25519), payloadWith());

function refusal(read: () => unknown): TokenRefused {
  try {
    read();
  } catch (error) {
    if (error instanceof TokenRefused) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('parseToken', () => {
  it('a good token → what was said, as it was said', () => {
    const envelope = parseToken(good);
    expect(envelope.raw).toBe(good);
    expect(envelope.header).toEqual({ alg: 'Ed25519', typ: 'custody+jwt', kid: keyId(ed25519.jwk) });
    expect(envelope.claims).toEqual(claims);
    expect(isShipmentId(envelope.claims.sub)).toBe(true);
    expect(`${envelope.signingInput}.${Buffer.from(envelope.signature).toString('base64url')}`).toBe(good);
    expect(parseTokenSync(Buffer.from(good))).toEqual(envelope);
  });

  it.each([
    [headerWith(ed25519, { crit: [] }), payloadWith(), 'token.header', '/crit'],
    [headerWith(ed25519, { kid: undefined }), payloadWith(), 'token.header', '/kid'],
    [headerWith(ed25519, { alg: 'none' }), payloadWith(), 'token.alg', '/alg'],
    [headerWith(ed25519), payloadWith({ jti: 1, evt: 1 }), 'token.claim', '/jti'],
    [headerWith(ed25519), '{"iss":{"a/b":1,"a/b":2}}', 'token.duplicate-member', '/iss/a~1b'],
    [headerWith(ed25519), '[]', 'token.json', '/payload'],
    ['null', payloadWith(), 'token.json', '/header'],
  ])('%s . %s → %s at %s, with a cure', async (header, payload, code, pointer) => {
    const token = await sign(header, payload);
    const { cure, ...refused } = refusal(() => parseToken(token));
    expect(refused).toMatchObject({ code, pointer, name: 'TokenRefused' });
    expect(cure).not.toBe('');
  });

  it('several faults at once → the first in the documented order', async () => {
    const everything = await sign('[]', 'x');
    expect(refusal(() => parseToken(`${everything}.=`)).code).toBe('token.parts');
    expect(refusal(() => parseToken(`${everything}=`)).code).toBe('token.base64url');
    expect(refusal(() => parseToken(everything)).pointer).toBe('/header');
    const late = await sign(headerWith(ed25519, { alg: 'x', typ: 'x', kid: 'x' }), payloadWith({ iss: '' }));
    expect(refusal(() => parseToken(late)).code).toBe('token.alg');
    const typ = await sign(headerWith(ed25519, { typ: 'x', kid: 'x' }), payloadWith({ iss: '' }));
    expect(refusal(() => parseToken(typ)).code).toBe('token.typ');
  });

  it('under a header that was read before → the same refusals, and of no other bytes than those', () => {
    const header = parseToken(good).header;
    const [first = '', payload = '', signature = ''] = good.split('.');
    const under = (...parts: readonly string[]): string => [first, ...parts].join('.');
    const spelled = (text: string | Buffer): string => Buffer.from(text).toString('base64url');
    const refused: readonly [string, string][] = [
      [under(`${payload}=`, signature), 'token.base64url /payload'],
      [under(payload, `${signature}=`), 'token.base64url /signature'],
      [under(`${payload}=`, `${signature}=`), 'token.base64url /payload'],
      [under(spelled(Buffer.from([0xff])), `${signature}=`), 'token.base64url /signature'],
      [under(spelled(Buffer.from([0xff])), signature), 'token.utf8 /payload'],
      [under(spelled('x'), signature), 'token.json /payload'],
      [under(spelled('{"a":1,"a":1}'), signature), 'token.duplicate-member /a'],
      [under(spelled('{}'), signature), 'token.claim /iss'],
      [under('', signature), 'token.parts undefined'],
      [`\ufeff${good}`, 'token.base64url /header'],
      [`${first}=.${payload}.${signature}`, 'token.base64url /header'],
      [` ${good}`, 'token.base64url /header'],
      [`${first.slice(1)}.${payload}.${signature}`, 'token.base64url /header'],
    ];
    for (const [token, told] of refused) {
      const { code, pointer } = refusal(() => parseToken(token));
      expect(`${code} ${pointer}`).toBe(told);
    }
    expect(parseToken(good).header).toEqual(header);
  });

  it('text of few characters and too many bytes → token.too-large, as its bytes are', () => {
    const text = '\u{1F4E6}'.repeat(2049);
    expect(refusal(() => parseToken(text)).code).toBe('token.too-large');
    expect(refusal(() => parseToken(new TextEncoder().encode(text))).code).toBe('token.too-large');
    expect(refusal(() => parseToken('\u{1F4E6}'.repeat(2048))).code).toBe('token.parts');
  });

  it('bytes that are no UTF-8 → token.base64url', () => {
    for (const byte of [0x00, 0x80, 0xa0, 0xc3, 0xff]) {
      expect(refusal(() => parseToken(Uint8Array.of(...Buffer.from(good), byte))).code).toBe('token.base64url');
    }
  });

  it.each([
    ['arrays', '[', ']', 2700],
    ['objects', '{"a":', '}', 900],
  ])('%s as deep as a token can hold → read', async (_, open, close, depth) => {
    const deep = `${open.repeat(depth)}0${close.repeat(depth)}`;
    const token = await sign(headerWith(ed25519), payloadWith({ a: 0 }).replace('"a":0', `"a":${deep}`));
    expect(token.length).toBeGreaterThan(7500);
    expect(parseToken(token).tid).toBe(parseTokenSync(token).tid);
  });

  it('a claim named __proto__ → an own member that changes nothing else', async () => {
    const token = await sign(
      headerWith(ed25519),
      payloadWith().replace('{', '{"__proto__":{"evt":"opened","mood":1},'),
    );
    const envelope = parseToken(token);
    expect(envelope.claims.evt).toBe('approved');
    expect(envelope.claims['mood']).toBeUndefined();
    expect(Object.hasOwn(envelope.claims, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(envelope.claims)).toBe(Object.getPrototypeOf(JSON.parse('{}')));
  });
});

describe('whatever a stranger sends', () => {
  /** Refusal code or token id by each implementation, which must be one and the same; any other error fails the test. */
  function answer(token: string | Uint8Array): string {
    const answers = [parseToken, parseTokenSync].map((parse: (token: string | Uint8Array) => Envelope) => {
      try {
        return parse(token).tid;
      } catch (error) {
        if (!(error instanceof TokenRefused)) throw error;
        expect(refusalCodes).toContain(error.code);
        return error.code;
      }
    });
    expect(new Set(answers).size).toBe(1);
    return answers[0] ?? '';
  }

  it('random bytes → refused, never an error of another kind', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expect(answer(bytes)).toMatch(/^token\./)));
  });

  it('random JSON in both parts → an answer, the same from both implementations', async () => {
    const json = fc.oneof(
      fc.json({ depthSize: 'small' }),
      fc.constant(headerWith(ed25519)),
      fc.constant(payloadWith()),
    );
    await fc.assert(
      fc.asyncProperty(json, json, async (header, payload) => {
        answer(await sign(header, payload));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['ES256', es256],
    ['Ed25519', ed25519],
  ])('any one byte of a good %s token changed → refused by both', async (_, signer) => {
    const token = Buffer.from(await forge(signer, headerWith(signer), payloadWith()));
    const key = { ...importKey(signer.jwk), party };
    const changed = (at: number, byte: number): Uint8Array => token.map((old, i) => (i === at ? byte : old));

    verifyTokenSync(parseTokenSync(token), key);
    for (let at = 0; at < token.length; at++) {
      // Each of the other bases of base64url once would be 63 verifications a place; these meet every kind of byte.
      for (const byte of [(token[at] ?? 0) ^ 1, 0x41, 0x5f, 0x2e, 0x00, 0xe9]) {
        if (byte === token[at]) continue;
        const { code } = refusal(() => verifyTokenSync(parseTokenSync(changed(at, byte)), key));
        expect(refusalCodes).toContain(code);
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.nat(255), async (at, byte) => {
        fc.pre(byte !== token[at]);
        const verified = (async () => verifyToken(parseToken(changed(at, byte)), key))();
        await expect(verified).rejects.toBeInstanceOf(TokenRefused);
      }),
      { numRuns: 300 },
    );
  });
});
