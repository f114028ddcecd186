import { layLines } from './lay-lines.js';
import { showable } from './fonts.js';

/** Every letter is as wide as the next. */
const widthOf = (text: string): number => text.length;
const lay = (text: string, width = 100) => layLines(text, width, widthOf);

it('more words than a line holds → broken between words', () => {
  expect(lay('one two three four', 9)).toEqual([['one two'], ['three'], ['four']]);
});

it('line breaks in the text → kept, an empty line as one, and broken between words within them', () => {
  expect(lay('one two\nthree\r\n\nfour five', 6)).toEqual([['one'], ['two'], ['three'], [''], ['four'], ['five']]);
});

it('a word wider than a line → broken within, nothing lost', () => {
  expect(lay(`a ${'x'.repeat(12)}`, 5)).toEqual([['a'], ['xxxxx'], ['xxxxx'], ['xx']]);
});

it('words that run to the left → from left to right as they stand, each word in the order of its letters', () => {
  expect(lay('of אבג דהו, he')).toEqual([['of', ' ', 'דהו', ' ', 'אבג', ',', ' ', 'he']]);
});

it('brackets and numbers among them → turned, and not turned', () => {
  expect(lay('אב (24)')[0]?.join('|')).toBe('(|24|)| |אב');
});

it('a name that runs to the left, kept to itself → the number after it stays after it', () => {
  expect(lay('\u2068אבג\u2069 24')[0]?.join('')).toBe('אבג 24');
  expect(lay('אבג 24')[0]?.join('')).toBe('24 אבג');
});

it('letters the font lacks → a box, and they are named', () => {
  expect(showable('日本 Tokyo')).toEqual({ text: '□□ Tokyo', lacking: ['日', '本'] });
  expect(showable('Ελλάδα Россия مصر ישראל Łódź').lacking).toEqual([]);
});
