import { refusalOf } from '../fixture/refusal-of.js';
import { utf8 } from '../spelling.js';
import { formatAddCheckpoint, formatLastSize, parseAddCheckpoint, parseLastSize } from './add-checkpoint.js';

// The example of https://c2sp.org/tlog-witness.
const body = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`;
const [, firstHash = ''] = body.split('\n');

describe('a request', () => {
  it('the specification’s example → read, and written as it was', () => {
    const request = parseAddCheckpoint(utf8(body));
    expect(request).toMatchObject({ oldSize: 20_852_014, checkpoint: { size: 20_852_163 } });
    expect(request.proof).toHaveLength(4);
    expect(request.note.signatures).toHaveLength(2);
    expect(formatAddCheckpoint(request)).toBe(body);
  });

  it('without proof lines, with 63 of them → read; with 64 → refused', () => {
    const withLines = (count: number) => body.replace(/\n[^]*?\n\n/, `\n${`${firstHash}\n`.repeat(count)}\n`);
    expect(parseAddCheckpoint(withLines(0)).proof).toEqual([]);
    expect(parseAddCheckpoint(withLines(63)).proof).toHaveLength(63);
    expect(refusalOf(() => parseAddCheckpoint(withLines(64)))).toBe('request.proof');
  });

  it.each([
    ['nothing', '', 'request.form'],
    ['only an old size', 'old 0\n', 'request.form'],
    ['no old size', body.slice(body.indexOf('\n') + 1), 'request.old-size'],
    ['no old size and no proof', body.slice(body.indexOf('\n\n')), 'request.old-size'],
    ['a leading zero', body.replace('old 2', 'old 02'), 'request.old-size'],
    ['two spaces', body.replace('old ', 'old  '), 'request.old-size'],
    ['a capital', body.replace('old', 'Old'), 'request.old-size'],
    ['a negative old size', body.replace('old ', 'old -'), 'request.old-size'],
    ['an old size too large to be exact', body.replace('old 20852014', 'old 9007199254740992'), 'request.old-size'],
    ['a hash without padding', body.replace('kaw=', 'kaw'), 'request.proof'],
    ['a hash of 31 bytes', body.replace('PlRN', ''), 'request.proof'],
    ['a space after a hash', body.replace('kaw=', 'kaw= '), 'request.proof'],
    ['lines of Windows', body.replaceAll('\n', '\r\n'), 'request.form'],
    ['no signatures', body.slice(0, body.indexOf('\n\n—') + 1), 'note.form'],
    ['a size that is none', body.replace('20852163', 'x'), 'checkpoint.size'],
    ['two lines of checkpoint', body.replace('20852163\n', ''), 'checkpoint.form'],
    ['half of a surrogate pair', body.replace('example', '\ud800'), 'note.utf8'],
  ])('%s → refused', (_, wrong, code) => {
    expect(refusalOf(() => parseAddCheckpoint(wrong))).toBe(code);
  });

  it('written with an old size or a hash that is none → refused', () => {
    const request = parseAddCheckpoint(body);
    expect(refusalOf(() => formatAddCheckpoint({ ...request, oldSize: -1 }))).toBe('request.old-size');
    expect(refusalOf(() => formatAddCheckpoint({ ...request, proof: [new Uint8Array(33)] }))).toBe('request.proof');
  });
});

it('the size in a conflict → written and read; anything else → null', () => {
  expect(formatLastSize(20_852_014)).toBe('20852014\n');
  expect(parseLastSize('20852014\n')).toBe(20_852_014);
  for (const wrong of ['', '\n', '1', '01\n', '1\n\n', ' 1\n', 'one\n']) expect(parseLastSize(wrong)).toBeNull();
});
