import { base64, hasControl, readBase64, readDecimal, readUtf8, utf8 } from './spelling.js';

describe('base64', () => {
  it('any bytes → read again as they were', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = new Uint8Array(length).map((_, at) => at * 37 + length);
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(readBase64(base64(bytes))).toEqual(bytes);
    }
  });

  it.each([
    ['no padding', 'QQ'],
    ['too little padding', 'QQ='],
    ['too much padding', 'QUI=='],
    ['only padding', '===='],
    ['padding inside', 'QQ==QQ=='],
    ['trailing bits', 'QR=='],
    ['trailing bits of two', 'QUJ='],
    ['white space', 'QU JD'],
    ['a newline at the end', 'QUJD\n'],
    ['the alphabet of URLs', 'A-_A'],
    ['other characters', 'QUJ€'],
  ])('%s → null', (_, text) => {
    expect(readBase64(text)).toBeNull();
  });
});

describe('decimal', () => {
  it.each(['0', '7', '10', '9007199254740991'])('%s → itself', (text) => {
    expect(readDecimal(text)).toBe(Number(text));
  });

  it.each([
    '',
    '00',
    '01',
    '-1',
    '+1',
    '1.0',
    '1e3',
    '0x1',
    ' 1',
    '1\n',
    '١',
    '9007199254740992',
    '18446744073709551615',
  ])('%j → null', (text) => {
    expect(readDecimal(text)).toBeNull();
  });
});

describe('UTF-8', () => {
  it('text with a byte order mark → kept', () => {
    expect(readUtf8(utf8('\ufeffé'))).toBe('\ufeffé');
  });

  it.each([
    ['a cut sequence', Uint8Array.of(0xe2, 0x80)],
    ['an overlong one', Uint8Array.of(0xc0, 0x80)],
    ['half of a surrogate pair', Uint8Array.of(0xed, 0xa0, 0x80)],
    ['half of a surrogate pair in a string', 'a\ud800'],
  ])('%s → null', (_, bytes) => {
    expect(readUtf8(bytes)).toBeNull();
  });

  it('control characters → seen, but for newline and those above ASCII', () => {
    const seen = Array.from({ length: 0x100 }, (_, code) => code).filter((code) =>
      hasControl(String.fromCharCode(code)),
    );
    expect(seen).toEqual(Array.from({ length: 0x20 }, (_, code) => code).filter((code) => code !== 0x0a));
  });
});
