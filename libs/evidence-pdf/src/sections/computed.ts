// What follows from the statements: computed by the rules, signed by nobody; and where and when the log recorded each.

import { findingSentence, stateSentence, timeline, utcMoment } from '@unbroken/words';
import { ALARM, DIM } from '../sheet.js';
import type { Sheet } from '../sheet.js';
import type { Told } from '../told.js';

export function computedSection(sheet: Sheet, { report: { chain }, name, at }: Told): void {
  sheet.nextPage();
  sheet.heading('What follows from it');
  sheet.text(
    `Nobody signed this: it is computed from the statements by the rules of the protocol, as of ${utcMoment(at)}. Recorded is ` +
      'when the log took a statement in, by the clock of the log; its entry is its place in the log, which never changes.',
  );
  sheet.text(stateSentence(chain.state, name), { font: 'strong', below: 8 });
  const lines = timeline(chain, name);
  for (const [place, token] of chain.tokens.entries()) {
    const meaning = lines[place]?.meaning ?? '';
    sheet.keep(30);
    const recorded = `recorded ${utcMoment(Date.parse(token.recordedAt) / 1000)}, entry ${token.index} of ${token.log}`;
    sheet.fact(`${place + 1}.`, recorded, { left: 30, below: 1 });
    if (meaning !== '')
      sheet.text(`${meaning[0]?.toUpperCase() ?? ''}${meaning.slice(1)}.`, { indent: 30, colour: DIM, below: 1 });
    for (const code of token.findings) {
      sheet.text(`! ${findingSentence(code)} (${code})`, { indent: 30, colour: ALARM, below: 1 });
    }
    if (token.findings.length === 0 && meaning === '') sheet.gap(1);
  }
}
