// unbroken found list: what finders told and nobody has called back.

import type { Command } from 'commander';
import { formatShipmentId, readShipmentId } from '@unbroken/tokens';
import type { FoundReport } from '@unbroken/contracts';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import type { Paint } from '../paint.js';

export const addFoundList: AddCommand = (parent, around) => {
  parent
    .command('list')
    .description('finder desk: what finders told, the newest first, with how they can be called back')
    .option('--all', 'those that were called back too')
    .addHelpText('after', examples('unbroken found list --as post-desk'))
    .action(async ({ all }: { all?: true }, command: Command) => {
      const session = sessionOf(command, around);
      const found = await session.asking.foundToList();
      const reports: FoundReport[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const state = all === true ? 'all' : 'waiting';
        const page = await found.list({ state, ...(cursor === undefined ? {} : { cursor }) });
        reports.push(...page.reports);
        ({ cursor } = page);
      }
      const none = all === true ? 'No finder has told anything.' : 'Nobody waits to be called back.';
      session.tell({ reports }, reports.length === 0 ? [none] : reports.flatMap((one) => linesOf(one, session.paint)));
    });
};

function linesOf(
  { callback, sub, mine, opened, left, contact, toldAt, tid, calledBack }: FoundReport,
  paint: Paint,
): string[] {
  const id = readShipmentId(sub);
  const asked = [`mine: ${mine ? 'yes' : 'no'}`, `opened: ${opened}`, `left: ${left}`].join(', ');
  const reach = contact ?? 'anonymous, or erased';
  return [
    `${paint.strong(callback)}  ${id === null ? sub : formatShipmentId(id)}  ${asked}`,
    `  told ${toldAt}; ${reach}${tid === null ? '; no such parcel is known here' : ''}`,
    ...(calledBack === null ? [] : [`  called back by ${calledBack.by}, ${calledBack.at}`]),
  ];
}
