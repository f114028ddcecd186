// What was checked when the pages were made, and what nobody can know from the file.

import type { Sheet } from '../sheet.js';
import type { Told } from '../told.js';
import { LACKING } from '../sheet.js';

export function limitsSection(sheet: Sheet, { report: { checks }, bundle }: Told): void {
  sheet.heading('What was checked when these pages were made');
  sheet.text(
    'By the keys that the file names itself. Whoever made the file could have chosen them: check it again by the trust policy ' +
      'that you kept.',
  );
  for (const { said } of checks.filter(({ result }) => result === 'holds')) sheet.fact('✓', said, { left: 18 });
  for (const { origin, vkey } of bundle.trust.logs) {
    sheet.fact('Log', `${origin}, signed by the key`, { left: 40 });
    sheet.text(vkey ?? 'none', { font: 'code', size: 7.5, indent: 40 });
  }
  sheet.heading('What cannot be known from it');
  for (const { said } of checks.filter(({ result }) => result === 'unknown')) sheet.fact('?', said, { left: 18 });
  if (sheet.lacking.length === 0) return;
  const points = sheet.lacking.map(
    (letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  sheet.text(
    `${LACKING} stands for letters that the font of these pages does not have: ${points.join(', ')}. The attached file has them all.`,
  );
}
