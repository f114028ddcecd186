// unbroken chains: the open chains, the worst first, as the page shows them; or those that a number leads to.

import { chainGroups } from '@unbroken/contracts';
import type { ChainRow, ChainsPage } from '@unbroken/contracts';
import type { Command } from 'commander';
import { formatShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import { groupWords } from '@unbroken/words';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { partyArgument, wholeArgument } from '../arguments.js';
import { moment } from '../moment.js';
import type { Session } from '../session.js';

interface Options {
  readonly find?: string;
  readonly party?: PartyId;
  readonly limit: number;
}

const MOST = 500;

export const addChains: AddCommand = (parent, around) => {
  parent
    .command('chains')
    .description('open chains, the worst first; with --find those of a number, closed ones too')
    .option('--find <text>', 'a carrier’s number, an id, a seal or a party’s name, or the beginning of one')
    .option('--party <party>', 'only chains that this party has to do with', partyArgument)
    .option('--limit <number>', `how many, ${MOST} at most`, wholeArgument(1, MOST), 100)
    .addHelpText('after', examples('unbroken chains', 'unbroken chains --find RR473124829DK'))
    .action(async ({ find, party, limit }: Options, command: Command) => {
      const session = sessionOf(command, around);
      const page = await session.client.chains({ q: find, party, limit });
      session.tell(page, [...page.chains.flatMap((row) => rowLines(session, row)), ...endLines(page, find)]);
    });
};

function rowLines({ paint }: Session, row: ChainRow): string[] {
  const { sub, group, from, to, holder, worst, findings, unseen, refs, updatedAt } = row;
  const calm = group === 'on-the-way' || group === 'closed';
  const numbers = refs.map(({ number }) => `; ${number}`).join('');
  const more = findings > 1 ? ` (and ${findings - 1} more)` : '';
  const left = unseen === 0 ? ' Somebody is on it.' : unseen < findings ? ` Nobody is on ${unseen} of them.` : '';
  return [
    `${calm ? '·' : paint.alarm('!')} ${paint.strong(formatShipmentId(sub as ShipmentId))}  ${groupWords[group].word}${numbers}`,
    `  from ${nameOf(from)} to ${nameOf(to)}; ${nameOf(holder)} has it; last heard of ${moment(Date.parse(updatedAt))}`,
    ...(worst === null ? [] : [`  ${worst.sentence}${more}${left} ${paint.quiet(worst.code)}`]),
  ];
}

const nameOf = (party: ChainRow['holder']): string => party?.name ?? 'nobody known';

function endLines({ chains, counts, cursor }: ChainsPage, find: string | undefined): string[] {
  const counted = chainGroups.flatMap((group) => {
    const count = counts[group];
    return count > 0 ? [`${count} ${groupWords[group].counted}`] : [];
  });
  return [
    ...(chains.length > 0 ? [] : [find === undefined ? 'No chain is open.' : `Nothing is known here of ${find}.`]),
    ...(cursor === null ? [] : ['There are more: narrow it with --find or --party, or raise --limit.']),
    ...(find === undefined && counted.length > 0 ? [`In all: ${counted.join(', ')}.`] : []),
  ];
}
