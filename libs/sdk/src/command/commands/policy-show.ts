// unbroken policy show: the rules a party's parcels go under, or those of a document that a shipment names.

import type { Command } from 'commander';
import { defaultPolicyHash, defaultPolicyText, readPolicy } from '@unbroken/custody';
import type { Hash } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { policyArgument } from '../arguments.js';
import { policyLines } from '../policy-lines.js';
import type { Session } from '../session.js';
import { CannotBeDone } from '../told-failure.js';

export const addPolicyShow: AddCommand = (parent, around) => {
  parent
    .command('show')
    .description('the rules in words: of the newest policy of your party, or of the one named')
    .argument('[policy]', 'its hash, as `registered` and `unbroken party show` name it', policyArgument)
    .addHelpText('after', examples('unbroken policy show --as health-data', 'unbroken policy show HASH --json'))
    .action(async (named: Hash | undefined, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const hash = named ?? (await newestOf(session));
      const text = hash === defaultPolicyHash ? defaultPolicyText : await session.client.policy(hash);
      const read = readPolicy(text);
      if (read.hash !== hash) {
        const what = `The hub gave another document than ${hash}.`;
        throw new CannotBeDone(
          'policy.other',
          what,
          'Trust nothing that it says of this policy, and tell the operator.',
        );
      }
      session.tell({ policy: hash, document: read.policy }, [...policyLines(read.policy), session.paint.quiet(hash)]);
    });
};

async function newestOf(session: Session): Promise<Hash> {
  const { policies } = await session.client.party(await session.party());
  return (policies.at(-1) as Hash | undefined) ?? defaultPolicyHash;
}
