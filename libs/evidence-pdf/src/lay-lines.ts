// Text into lines of a width, each as pieces from left to right (Unicode, UAX #9): names run in either direction, and the
// PDF library knows of one.

import bidiModule from 'bidi-js';

/** A run of letters of one direction, as it is given to the font; a font turns those that run to the left itself. */
export type Piece = string;

// The library is the function itself; its types say that it lies one deeper.
const bidi = (bidiModule as unknown as typeof bidiModule.default)();
/** They keep a name's direction to itself (UAX #9, 2.4), and are drawn by nobody. */
const ISOLATES = /[\u2066-\u2069]/g;
export const withoutIsolates = (text: string): string => text.replace(ISOLATES, '');

const TO_THE_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Broken where the text breaks, between words, and within a word that is wider than a line.
 * @param widthOf of a text, in the unit of `width`
 */
export function layLines(text: string, width: number, widthOf: (text: string) => number): Piece[][] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((line) => wrapped(line, width, widthOf));
}

function wrapped(text: string, width: number, widthOf: (text: string) => number): Piece[][] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((word) => parts(word, width, widthOf))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map(piecesOf);
}

/** A word as it is, or in parts that each fill a line. */
function parts(word: string, width: number, widthOf: (text: string) => number): string[] {
  if (widthOf(word) <= width) return [word];
  const found: string[] = [];
  let part = '';
  for (const letter of word) {
    if (part !== '' && widthOf(part + letter) > width) {
      found.push(part);
      part = '';
    }
    part += letter;
  }
  return [...found, part];
}

/** In the order in which they stand, from left to right. */
function piecesOf(line: string): Piece[] {
  if (!TO_THE_LEFT.test(line)) return [withoutIsolates(line)];
  const embedding = bidi.getEmbeddingLevels(line, 'ltr');
  const mirrored = bidi.getMirroredCharactersMap(line, embedding.levels);
  const order = bidi.getReorderedIndices(line, embedding);
  const pieces: { level: number; letters: string[] }[] = [];
  for (const at of order) {
    const level = embedding.levels[at] ?? 0;
    const letter = withoutIsolates(mirrored.get(at) ?? line[at] ?? '');
    if (letter === '') continue;
    const last = pieces.at(-1);
    // Each word by itself: the font joins the letters of a word, and turns no more than a word.
    if (last?.level === level && letter !== ' ' && last.letters.at(-1) !== ' ') last.letters.push(letter);
    else pieces.push({ level, letters: [letter] });
  }
  // Back to the order of reading: the font turns it again, and joins what belongs together.
  return pieces.map(({ level, letters }) => (level % 2 === 1 ? letters.toReversed() : letters).join(''));
}
