import { createHash } from 'node:crypto';
import { commitment, newJti, newSalt, sha256Hash } from './index.js';
import { patterns } from './ids.js';

const salt = Uint8Array.from({ length: 32 }, (_, i) => i);

describe('commitments', () => {
  it('salt and text → SHA-256 of the salt and then the UTF-8 text', () => {
    const expected = createHash('sha256').update(salt).update('Zoë', 'utf8').digest('base64url');
    expect(commitment(salt, 'Zoë')).toBe(expected);
    expect(commitment(salt, new TextEncoder().encode('Zoë'))).toBe(expected);
  });

  it.each([0, 31, 33])('a salt of %d bytes → RangeError', (length) => {
    expect(() => commitment(new Uint8Array(length), 'text')).toThrow(RangeError);
  });

  it('fresh salts and jtis → of their form and never twice', () => {
    const salts = Array.from({ length: 100 }, () => sha256Hash(newSalt()));
    const jtis = Array.from({ length: 100 }, newJti);
    expect(newSalt()).toHaveLength(32);
    expect(jtis.filter((jti) => !patterns.jti.test(jti))).toEqual([]);
    expect(new Set([...salts, ...jtis]).size).toBe(200);
  });
});
