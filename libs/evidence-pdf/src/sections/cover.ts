// The first page: what this is, the parcel, who is in it, and how to check it without anybody's help.

import { findingSentence, parcelOf, partiesIn, stateSentence, utcMoment } from '@unbroken/words';
import type { Sheet } from '../sheet.js';
import { ALARM } from '../sheet.js';
import type { Told } from '../told.js';

export function coverPage(sheet: Sheet, told: Told): void {
  const { label, file, report } = told;
  sheet.heading(`Evidence of parcel ${label}`, 'H1');
  sheet.text(
    `This says who has signed what about one parcel: who handed it to whom, when, and by which key. Every statement ` +
      `was signed by its party with a key of its own and recorded in a log that cannot be rewritten unseen.`,
  );
  sheet.text(
    `These pages are for reading and prove nothing: anybody can write pages. The proof is the file ${file}, attached to this ` +
      `PDF. Whoever doubts checks that file, as told below.`,
    { below: 8 },
  );
  sheet.rule();
  theParcel(sheet, told);
  findings(sheet, told);
  theParties(sheet, told);
  sheet.heading('How to check it without us');
  const steps = [
    'Take the trust policy of the hub (trust.json) that you kept yourself: it names the keys of the logs. The one within the file proves nothing against the hub.',
    `On a computer of yours, with the command: unbroken verify evidence-${label}.pdf --policy trust.json. It asks nobody, and takes this PDF or its attachment.`,
    'Or in a browser: the page /verify of any hub. Drop this PDF there: it is checked in your browser, and nothing is sent.',
    'Both say what holds, what does not, and what nobody can know from it. PDF readers list the attachment, mostly under a paper clip.',
  ];
  steps.forEach((step, at) => sheet.fact(`${at + 1}.`, step, { left: 18, below: 3 }));
  const unknown = report.checks.filter(({ result }) => result === 'unknown').length;
  sheet.text(`What cannot be known from it is said on the last page: ${unknown} things.`);
}

function theParcel(sheet: Sheet, { report: { chain }, name, at }: Told): void {
  const { state, tokens } = chain;
  const facts = parcelOf(chain, name);
  sheet.fact('State', stateSentence(state, name), { font: 'strong' });
  if (facts !== undefined) {
    sheet.fact('From', facts.from);
    sheet.fact('To', facts.to);
    if (facts.via.length > 0) sheet.fact('By way of', facts.via.join('; '));
    sheet.fact('What', facts.what);
    for (const ref of facts.refs) sheet.fact('Number', ref);
    sheet.fact('Due', utcMoment(facts.due));
  }
  if (state !== null && 'seals' in state) {
    const seals = Object.entries(state.seals).map(([id, seen]) => `${id} ${seen}`);
    if (seals.length > 0) sheet.fact('Seals, last seen', seals.join('; '));
  }
  sheet.fact('Statements', `${tokens.length}, recorded ${spanOf(tokens.map(({ recordedAt }) => recordedAt))}`);
  sheet.fact('Judged', `as of ${utcMoment(at)}`);
}

const spanOf = (times: readonly string[]): string => {
  const [first = '', last = first] = [times[0], times.at(-1)].map((time) => utcMoment(Date.parse(time ?? '') / 1000));
  return first === last ? first : `from ${first} to ${last}`;
};

function findings(sheet: Sheet, { report: { chain } }: Told): void {
  const codes = [...new Set(chain.tokens.flatMap((token) => token.findings))];
  sheet.heading('What is wrong with it');
  if (codes.length === 0) sheet.text('Nothing that follows from what was signed.');
  for (const code of codes) sheet.text(`! ${findingSentence(code)} (${code})`, { colour: ALARM, below: 2 });
  if (codes.length > 0) sheet.text('Computed from the statements by the rules of the protocol; signed by nobody.');
}

function theParties(sheet: Sheet, { report, bundle, name }: Told): void {
  sheet.heading('Who is in it');
  const named = new Set(partiesIn(report.chain));
  const { operator } = bundle.trust;
  for (const party of named) sheet.fact(party, name(party), { left: 150 });
  sheet.fact(operator.party, `${name(operator.party)}: the operator, who admits parties and keeps the logs`, {
    left: 150,
  });
  sheet.text('Names are what parties call themselves. That a party is who it says was for the operator to check.');
}
