// unbroken seen: who has opened a parcel's chain, its evidence or its exposure, or an incident's file.

import type { Command } from 'commander';
import type { OpeningsAnswer } from '@unbroken/contracts';
import { readShipmentId } from '@unbroken/tokens';
import { namesOf } from '../../words/names.js';
import type { NameOf } from '../../words/names.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { incidentNamed, readsAsIncident } from '../incident-named.js';
import type { Session } from '../session.js';

type Seen = OpeningsAnswer['openings'][number];
type Gap = OpeningsAnswer['gaps'][number];

export const addSeen: AddCommand = (parent, around) => {
  parent
    .command('seen')
    .description('who has seen this: a parcel of which your party reads the chain, or an incident of yours')
    .argument('<what>', 'a parcel’s id, an incident’s id, or your party for its register of incidents')
    .addHelpText(
      'after',
      examples('unbroken seen 7K2M-9QX4-T1B8-ZC3V-2 --as health-data', 'unbroken seen health-data --as health-data'),
    )
    .action(async (typed: string, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const about = readShipmentId(typed) ?? (await wholeOf(session, typed));
      const access = await session.asking.accessToList('chains');
      const openings: Seen[] = [];
      let gaps: readonly Gap[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await session.client.openings(access, about, cursor);
        openings.push(...page.openings);
        ({ cursor, gaps } = page);
      }
      const name = await namesOf(
        session.client,
        openings.flatMap(({ party }) => party ?? []),
      );
      const none = 'Nobody has opened it since that is recorded.';
      const lines = openings.length === 0 ? [none] : openings.map((one) => lineOf(one, name));
      session.tell({ about, openings, gaps }, [...lines, ...gaps.map(gapLine)]);
    });
};

/** The id of an incident may be told by its beginning, as everywhere. */
async function wholeOf(session: Session, typed: string): Promise<string> {
  const id = typed.toLowerCase();
  const isIncident = readsAsIncident(id) && id !== (await session.party());
  return isIncident ? incidentNamed(await session.asking.incidentsToList(), id) : typed;
}

const words: Readonly<Record<string, string>> = {
  chain: 'the chain',
  page: 'the chain, on the page',
  entries: 'its entries, with receipts',
  evidence: 'the evidence',
  'evidence-pdf': 'the evidence, as a PDF',
  'log-entries': 'it, among all entries of the log',
  exposure: 'the exposure report',
  incident: 'the file of the incident',
  draft: 'the draft to the authority',
  register: 'the register of incidents',
  'finder-contact': 'how the finder can be called back',
};

function lineOf({ at, what, party, kid, person, source, sealed }: Seen, name: NameOf): string {
  const who = party === null ? `somebody whom nothing identified (${source ?? 'unknown'})` : name(party);
  const by = kid === null ? '' : `, key ${kid}${person === null ? '' : `, person ${person}`}`;
  return `${at}  ${who}${by}: ${words[what] ?? what}${sealed === null ? '; not sealed yet' : ''}`;
}

function gapLine({ from, to, said }: Gap): string {
  const since = from === null ? 'From the beginning' : `From ${from}`;
  const who =
    said === null ? 'and nobody has said so yet: ask the operator of the hub' : `as its operator said on ${said}`;
  return `! ${since} to ${to} it is not known who opened it: the hub has lost its record of that, ${who}.`;
}
