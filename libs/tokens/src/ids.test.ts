import { isHash, isJti, isKeyId, isPartyId, isSiteId, isTokenId, patterns } from './ids.js';

const hash = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';

describe('ids', () => {
  it.each([
    [
      'a party',
      isPartyId,
      ['abc', 'health-agency', '4px', 'a--b', 'a'.repeat(40)],
      ['ab', 'Abc', '-abc', 'abc-', 'a_c', 'a.c', 'abc\n', '', 'a'.repeat(41), 7],
    ],
    [
      'a site',
      isSiteId,
      ['abc/d', 'abc/mail-room', `abc/${'d'.repeat(40)}`],
      ['abc', 'abc/', '/d', 'ab/d', 'abc/-d', 'abc/d-', 'abc/d/e', `abc/${'d'.repeat(41)}`, 'abc/D'],
    ],
    [
      'a jti',
      isJti,
      ['AAECAwQFBgcICQoLDA0ODw'],
      ['AAECAwQFBgcICQoLDA0ODx', 'AAECAwQFBgcICQoLDA0OD', 'AAECAwQFBgcICQoLDA0ODwA', 'AAECAwQFBgcICQoLDA0O=w', null],
    ],
    ['a hash', isHash, [hash], [hash.slice(1), `${hash}A`, `${hash.slice(0, -1)}h`, `${hash.slice(1)}=`, undefined]],
    ['a token id', isTokenId, [hash], [hash.slice(1)]],
    ['a key id', isKeyId, [hash], [hash.slice(1)]],
  ])('%s → its form and no other', (_, is, good, bad) => {
    expect(good.filter((value) => !is(value))).toEqual([]);
    expect(bad.filter((value) => is(value))).toEqual([]);
  });

  it('an event → two to 31 small letters and dashes, a letter first', () => {
    const good = ['registered', 'key-released', 'ab', 'a'.repeat(31)];
    const bad = ['a', 'a'.repeat(32), '-ab', 'Ab', 'a1', 'ab\n', ''];
    expect([...good, ...bad].filter((evt) => patterns.evt.test(evt))).toEqual(good);
  });
});
