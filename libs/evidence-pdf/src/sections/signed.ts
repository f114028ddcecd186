// What people and systems signed: their words and their clocks, nothing else.

import { gradeWords, timeline, utcMoment } from '@unbroken/words';
import { parseStatement } from '@unbroken/manifests';
import { DIM } from '../sheet.js';
import type { Sheet } from '../sheet.js';
import type { Told } from '../told.js';

export function signedSection(sheet: Sheet, { report: { chain }, name }: Told): void {
  sheet.nextPage();
  sheet.heading('What was signed');
  sheet.text(
    'Each of these is one statement, said by its party and signed with a key of its own. The times are those of the signers’ ' +
      'devices. A statement is somebody’s word, not a fact.',
    { below: 8 },
  );
  const lines = timeline(chain, name);
  for (const [at, token] of chain.tokens.entries()) {
    const line = lines[at];
    if (line === undefined) continue;
    sheet.keep(56);
    sheet.text(`${at + 1}.  ${line.sentence}.`, { font: 'strong', below: 1 });
    const when = line.signedAt === undefined ? '' : `, at ${utcMoment(line.signedAt)} by its clock`;
    const who =
      line.signer === undefined ? 'It cannot be read, and means nothing here' : `Said by ${name(line.signer)}`;
    sheet.text(`${who}, signed with ${gradeWords(token.grade)}${when}.`, { size: 8.5, indent: 20, below: 1 });
    const kid = token.token === undefined ? '' : parseStatement(token.token).header.kid;
    if (kid !== '') sheet.text(`key  ${kid}`, { font: 'code', size: 7.5, colour: DIM, indent: 20, below: 0 });
    sheet.text(`id   ${token.tid}`, { font: 'code', size: 7.5, colour: DIM, indent: 20, below: 8 });
  }
}
