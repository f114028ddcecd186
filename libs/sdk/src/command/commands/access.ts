// unbroken access: shows the hub for a while who asks, so that other people's programs may read whole logs.

import { Option } from 'commander';
import type { Command } from 'commander';
import { accessScopes, longestAccessSeconds, mintAccess } from '@unbroken/tokens';
import type { AccessScope } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import type { StoredUse } from '../../keys/key-store.js';
import { wholeArgument } from '../arguments.js';

const askingUses: readonly StoredUse[] = ['device', 'gateway', 'enroller', 'root'];

export const addAccess: AddCommand = (parent, around) => {
  parent
    .command('access')
    .description('write an access token, by which the hub knows who asks; keep it to yourself')
    .addOption(
      new Option(
        '--scope <what>',
        'log.entries: an auditor reads whole logs; incidents: a party its own, and exposures; chains: who has seen one',
      )
        .choices(accessScopes)
        .default('log.entries'),
    )
    .option('--minutes <minutes>', 'how long it holds', wholeArgument(1, longestAccessSeconds / 60), 15)
    .addHelpText(
      'after',
      examples(
        'unbroken access --as national-audit --minutes 5',
        'curl -H "Authorization: Bearer $(unbroken access)" http://127.0.0.1:8470/ledger/log/custody/tile/entries/000.p/1',
      ),
    )
    .action(async ({ minutes, scope }: { minutes: number; scope: AccessScope }, command: Command) => {
      const session = sessionOf(command, around);
      // Who opens or acts on something by another scope is kept by key and person.
      const { party, kid } = await (scope === 'log.entries' ? session.readingKey(askingUses) : session.key(askingUses));
      const { deployment: aud } = await session.client.trust();
      const iat = Math.floor(around.now() / 1000);
      const claims = { iss: party, aud, scope, iat, exp: iat + minutes * 60 };
      const access = await mintAccess(claims, await session.keys.signer(kid));
      session.tell({ access, ...claims, kid }, [access]);
    });
};
