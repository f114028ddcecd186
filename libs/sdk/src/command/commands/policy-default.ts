// unbroken policy default: the rules that hold where a party has published none, as a text to begin one's own with.

import type { Command } from 'commander';
import { defaultPolicy, defaultPolicyText } from '@unbroken/custody';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';

export const addPolicyDefault: AddCommand = (parent, around) => {
  parent
    .command('default')
    .description(
      'write the default policy: what needs encryption, approval and a legal basis, and how long all may take',
    )
    .addHelpText('after', examples('unbroken policy default > policy.json'))
    .action((_options: object, command: Command) => {
      sessionOf(command, around).tell(defaultPolicy, [defaultPolicyText.trimEnd()]);
    });
};
