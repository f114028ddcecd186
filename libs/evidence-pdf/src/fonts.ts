// DejaVu: free to embed, and it has the letters of most of the world's alphabets; not those of East and South Asia.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import type { Font } from 'fontkit';

const files = { plain: 'DejaVuSans', strong: 'DejaVuSans-Bold', code: 'DejaVuSansMono' } as const;
export type FontName = keyof typeof files;
export const fontNames = Object.keys(files) as FontName[];

const require = createRequire(import.meta.url);
const bytes = new Map<FontName, Buffer>();

/** Read once; a process that makes many PDFs reads no file again. */
export function fontBytes(name: FontName): Buffer {
  const known = bytes.get(name) ?? readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${files[name]}.ttf`));
  bytes.set(name, known);
  return known;
}

let plain: Font | undefined;

const hasGlyph = (letter: string): boolean => {
  plain ??= create(fontBytes('plain')) as Font;
  return plain.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
};

/** What stands in for a letter that the font lacks. */
export const LACKING = '\u25A1';

/** The text as the font can show it, and which letters it cannot, each once. */
export function showable(text: string): { readonly text: string; readonly lacking: readonly string[] } {
  const lacking = new Set<string>();
  const shown = Array.from(text.normalize('NFC')).map((letter) => {
    if (/[\s\u2066-\u2069]/.test(letter) || hasGlyph(letter)) return letter;
    lacking.add(letter);
    return LACKING;
  });
  return { text: shown.join(''), lacking: [...lacking] };
}
