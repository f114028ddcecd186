import fc from 'fast-check';
import { base64url } from './base64url.js';

const bytes = fc.uint8Array({ maxLength: 200 });
const nearlyBase64url = fc.string({
  unit: fc.constantFrom(...Array.from('AQgwEIxyz019-_+/= \n.é\uFFFD')),
  maxLength: 12,
});

describe('base64url', () => {
  it('any bytes → what Node writes, and back again', () => {
    fc.assert(
      fc.property(bytes, (original) => {
        const text = base64url.encode(original);
        expect(text).toBe(Buffer.from(original).toString('base64url'));
        expect(base64url.decodeStrict(text)).toEqual(Uint8Array.from(original));
      }),
    );
  });

  it('any text that decodes → is the only spelling of its bytes', () => {
    fc.assert(
      fc.property(nearlyBase64url, (text) => {
        const decoded = base64url.decodeStrict(text);
        expect(decoded === null ? null : base64url.encode(decoded)).toBe(decoded === null ? null : text);
      }),
      { numRuns: 2000 },
    );
  });

  it('only the canonical last character of each length decodes', () => {
    const last = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
    expect(last.filter((c) => base64url.decodeStrict(`A${c}`)).join('')).toBe('AQgw');
    expect(last.filter((c) => base64url.decodeStrict(`AA${c}`)).join('')).toBe('AEIMQUYcgkosw048');
  });

  it.each(['A', 'AAAAA', 'AA==', 'AA A', 'AA\n', '+AAA', '/AAA', 'AAAÀ', 'AA\u0100A', 'AAA\0'])('%j → null', (text) => {
    expect(base64url.decodeStrict(text)).toBeNull();
  });
});
