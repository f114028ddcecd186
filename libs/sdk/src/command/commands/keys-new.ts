// unbroken keys new: a private key on this machine.

import { Option } from 'commander';
import type { Command } from 'commander';
import { keyUses } from '@unbroken/custody';
import type { StoredUse } from '../../keys/key-store.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';

export const addKeysNew: AddCommand = (parent, around) => {
  parent
    .command('new')
    .description('make a key of a party and keep it in the home directory, for you alone to read')
    .addOption(new Option('--use <use>', 'what it is for').choices([...keyUses, 'root', 'next']).default('device'))
    .addHelpText(
      'after',
      examples('unbroken keys new --as danish-post', 'unbroken keys new --as danish-post --use gateway'),
    )
    .action(async ({ use }: { use: StoredUse }, command: Command) => {
      const session = sessionOf(command, around);
      const created = new Date(around.now()).toISOString();
      const key = await session.keys.create({ party: await session.party(), use, created });
      const path = session.keys.pathOf(key.kid);
      session.tell({ ...key, path }, [
        `Made a ${use} key of ${key.party}.`,
        `${key.kid}  ${session.paint.quiet(path)}`,
        ...(use === 'root' || use === 'next' ? [] : ['It counts once it is enrolled: unbroken party enrol ' + key.kid]),
      ]);
    });
};
