// unbroken party revoke: the party takes a key back.

import type { Command } from 'commander';
import type { KeyId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { keyArgument, reasonArgument, timeArgument } from '../arguments.js';
import { moment } from '../moment.js';
import { tellOfParty } from '../told-statement.js';

interface Options {
  readonly since?: number;
  readonly why: string;
}

export const addPartyRevoke: AddCommand = (parent, around) => {
  parent
    .command('revoke')
    .description('take a key back: what it signed from then on no longer counts')
    .argument('<key>', 'id of the key', keyArgument)
    .requiredOption('--why <code>', 'the reason as one word, such as lost-phone or left-us', reasonArgument)
    .option('--since <time>', 'from when on it may be in other hands; left out: now', timeArgument)
    .addHelpText(
      'after',
      examples('unbroken party revoke --as danish-post KEY --why lost-phone --since 2026-11-20T16:00Z'),
    )
    .action(async (kid: KeyId, { since = Math.floor(around.now() / 1000), why }: Options, command: Command) => {
      const session = sessionOf(command, around);
      const written = await (await session.rootHand()).revoke({ kid, since, why });
      await tellOfParty(session, { kid, since, why }, written, [
        `The key ${kid} is taken back from ${moment(since * 1000)} on.`,
      ]);
    });
};
