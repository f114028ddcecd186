// Known keys: https://c2sp.org/signed-note, golang.org/x/mod/sumdb/note, sum.golang.org, transparency-dev/formats.
import { refusalOf } from '../fixture/refusal-of.js';
import { formatVkey, parseVkey, verifierKey } from './verifier-key.js';

const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const publicKey = new Uint8Array(32).fill(7);

describe('verifier keys', () => {
  it.each([
    ['example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k', 'example.com/foo', 'ed25519'],
    [peter, 'PeterNeumann', 'ed25519'],
    ['EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop', 'EnochRoot', 'ed25519'],
    ['sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8', 'sum.golang.org', 'ed25519'],
    ['remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2', 'remora.n621.de', 'cosignature/v1'],
  ] as const)('%s → read, and written as it was', (vkey, name, type) => {
    const key = parseVkey(vkey);
    expect(key).toMatchObject({ name, type });
    expect(formatVkey(key)).toBe(vkey);
    expect(verifierKey(name, type, key.publicKey)).toEqual(key);
  });

  it('one key for two types, or under two names → other ids', () => {
    const ids = [
      verifierKey('a', 'ed25519', publicKey),
      verifierKey('a', 'cosignature/v1', publicKey),
      verifierKey('b', 'ed25519', publicKey),
    ].map(({ keyId }) => keyId);
    expect(new Set(ids).size).toBe(3);
  });

  it('the caller’s bytes changed afterwards → the key stays', () => {
    const bytes = Uint8Array.from(publicKey);
    const key = verifierKey('a', 'ed25519', bytes);
    bytes.fill(0);
    expect(key.publicKey).toEqual(publicKey);
  });

  it.each([
    ['nothing', '', 'vkey.form'],
    ['two parts', 'PeterNeumann+c74f20a3', 'vkey.form'],
    ['no name', peter.replace('PeterNeumann', ''), 'vkey.form'],
    ['a name with a space', peter.replace('PeterNeumann', 'Peter Neumann'), 'vkey.form'],
    ['a name with a wide space', peter.replace('PeterNeumann', 'Peter\u3000Neumann'), 'vkey.form'],
    ['a name with a newline', peter.replace('PeterNeumann', 'Peter\nNeumann'), 'vkey.form'],
    ['a name with a control character', peter.replace('PeterNeumann', 'Peter\x01Neumann'), 'vkey.form'],
    ['upper-case hexadecimal', peter.replace('c74f20a3', 'C74F20A3'), 'vkey.form'],
    ['a short id', peter.replace('c74f20a3', 'c74f20a'), 'vkey.form'],
    ['base64 without its end', peter.slice(0, -1), 'vkey.form'],
    ['base64 of URLs', peter.replace('qq/L', 'qq_L'), 'vkey.form'],
    ['a newline at the end', `${peter}\n`, 'vkey.form'],
    ['ECDSA', 'rekor.sigstore.dev+c0d23d6a+AjBZ', 'vkey.type'],
    ['ML-DSA-44', 'a+00000000+Bgcs', 'vkey.type'],
    ['31 bytes', 'a+00000000+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=', 'vkey.type'],
    ['33 bytes', 'a+00000000+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ==', 'vkey.type'],
    ['another id', peter.replace('c74f20a3', 'c74f20a4'), 'vkey.key-id'],
    ['another name', peter.replace('Peter', 'Petra'), 'vkey.key-id'],
    ['another key', peter.replace('10TW', '10TX'), 'vkey.key-id'],
    ['the other type', peter.replace('ARpc', 'BBpc'), 'vkey.key-id'],
  ])('%s → refused', (_, vkey, code) => {
    expect(refusalOf(() => parseVkey(vkey))).toBe(code);
  });

  it('a key made of a bad name or of other bytes → refused', () => {
    for (const name of ['', 'a b', 'a+b', 'a\nb', '\ud800']) {
      expect(refusalOf(() => verifierKey(name, 'ed25519', publicKey))).toBe('vkey.form');
    }
    expect(refusalOf(() => verifierKey('a', 'ed25519', publicKey.subarray(1)))).toBe('vkey.type');
  });
});
