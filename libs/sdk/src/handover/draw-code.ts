// A code as a terminal shows it: dark on light, two rows of it to a line, whatever the terminal's own colours are.

import encodeQR from 'qr';

const INK = '\u001b[30;107m';
const PLAIN = '\u001b[0m';
const HALVES: Readonly<Record<string, string>> = { '00': ' ', '10': '▀', '01': '▄', '11': '█' };

/** The modules of the QR code, `true` is dark; with the quiet zone of four around it, error correction L. */
export const codeModules = (text: string): readonly (readonly boolean[])[] =>
  encodeQR(text, 'raw', { ecc: 'low', encoding: 'byte', border: 4 });

/** Lines of half blocks. */
export function drawCode(text: string): string[] {
  const rows = codeModules(text);
  const lines: string[] = [];
  for (let at = 0; at < rows.length; at += 2) {
    const below = rows[at + 1] ?? [];
    const blocks = (rows[at] ?? []).map((isDark, x) => HALVES[`${Number(isDark)}${Number(below[x] ?? false)}`] ?? ' ');
    lines.push(`${INK}${blocks.join('')}${PLAIN}`);
  }
  return lines;
}
