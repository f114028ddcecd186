// The page docs/protocol/bad-input.md, made of what becomes of every bad case when it is told to a book.

import { catalogue } from '../events/catalogue.js';
import type { BadCase } from './bad-case.js';
import { envelopeRows } from './envelope-rows.js';
import type { Outcome } from './outcome.js';
import { apart, becomes, common, inShort, rowsOf } from './rows.js';
import type { Judged } from './rows.js';

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  line(head),
  line(head.map(() => '---')),
  ...rows.map(line),
];

const isClaim = (subject: string): boolean => /^[a-z]+$/.test(subject) && subject !== 'said' && subject !== 'key';
const shown = (subject: string): string => (isClaim(subject) ? `\`${subject}\`` : subject);

const faults = (judged: readonly Judged[]): string[] =>
  table(
    ['claim, or what else', 'what is wrong', 'what becomes of it'],
    rowsOf(judged).map(({ subject, wrong, becomes }) => [shown(subject), inShort(wrong), becomes]),
  );

/** A case, and what became of it when it was told. */
export interface ToldCase {
  readonly told: BadCase;
  readonly outcome: Outcome;
}

export const tellAll = (cases: readonly BadCase[]): readonly ToldCase[] =>
  cases.map((told) => ({ told, outcome: told.position.book.tell(told.token, told.arrival).outcome }));

const judgedOf = ({ told, outcome }: ToldCase): Judged => {
  const { evt, subject, wrong } = told;
  return { evt, subject, wrong, becomes: becomes(told, outcome) };
};

const eventsOf = (chain: 'shipment' | 'party'): string[] =>
  [...catalogue.values()].filter((event) => event.chain === chain).map(({ evt }) => evt);

function chapter(title: string, events: readonly string[], judged: readonly Judged[]): string[] {
  const own = judged.filter(({ evt }) => events.includes(evt));
  const shared = common(own);
  return [
    `## ${title}`,
    '',
    'What is so of most events; where an event’s own table says otherwise of the same fault, that holds.',
    '',
    ...faults(shared),
    '',
    ...events.flatMap((evt) => {
      const rest = apart(
        own.filter((one) => one.evt === evt),
        shared,
      );
      return rest.length === 0 ? [] : [`### \`${evt}\``, '', ...faults(rest), ''];
    }),
  ];
}

/** The chapters about tokens; the same on every run. */
export async function tokensPage(all: readonly ToldCase[]): Promise<string> {
  const judged = all.map(judgedOf);
  return [
    '# What becomes of bad input',
    '',
    'Made from the code by `npm run protocol`: each fault was signed, sent through the strict reading, the keys, the record and',
    'the rules, one at a time, in a statement that is otherwise in order. **Refused**: not recorded; the sender is told the code,',
    'the place (a JSON pointer) and the cure. **Malformed**: recorded and without effect; the reason names the claim and the fault,',
    'never a value, and the finding is `token.malformed`. **Recorded**: it has its place in the chain, or waits for one, with these',
    'findings ([all of them](../findings.md)). Where nothing is found, the rule that says so stands beside.',
    '',
    `${judged.length} faults in tokens are behind these tables, and a test for each of them. "null", "true", "a number", "text",`,
    '"a list" and "an object" say of which JSON type the claim was; the rest is what its form forbids.',
    '',
    '## Before anybody asks what it says',
    '',
    'In the order in which it is checked; the first fault refuses the token.',
    '',
    ...table(
      ['code', 'what is wrong', 'what the sender is told, and where', 'the cure'],
      (await envelopeRows()).map(({ code, wrong, told, cure }) => [
        `\`${code}\``,
        wrong.join('; '),
        told.join('; '),
        cure,
      ]),
    ),
    '',
    ...chapter('Tokens of a parcel', eventsOf('shipment'), judged),
    ...chapter('Tokens of a party', eventsOf('party'), judged),
  ].join('\n');
}
