// unbroken policy check: whether a document is a policy, and whether it says what was meant. Asks no hub and signs nothing.

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { policyDoubts, readPolicy } from '@unbroken/custody';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { policyLines } from '../policy-lines.js';

export const addPolicyCheck: AddCommand = (parent, around) => {
  parent
    .command('check')
    .description('read a policy document and say every fault with its place, what is surely not meant, and its hash')
    .argument('<file>', 'the document, JSON')
    .addHelpText('after', examples('unbroken policy check policy.json'))
    .action(async (file: string, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const { policy, hash } = readPolicy(await readFile(file, 'utf8'));
      const doubts = policyDoubts(policy, new Date(around.now()).toISOString().slice(0, 10));
      const { alarm, quiet } = session.paint;
      session.tell({ policy: hash, document: policy, doubts }, [
        ...policyLines(policy),
        ...doubts.map(({ pointer, what, cure }) => `${alarm('!')} ${pointer}: ${what}; ${cure}. `.trimEnd()),
        `Its name will be ${quiet(hash)}`,
      ]);
    });
};
