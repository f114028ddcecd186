// unbroken forget: what this home keeps of a parcel goes: the salts and texts of what was committed to, and the notes.

import type { Command } from 'commander';
import { formatShipmentId, parseToken, patterns } from '@unbroken/tokens';
import type { Hash, ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';
import { CannotBeDone } from '../told-failure.js';

export const addForget: AddCommand = (parent, around) => {
  parent
    .command('forget')
    .description('erase what this home keeps of a parcel: notes, and texts and salts that open its commitments')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .addHelpText('after', examples('unbroken forget 7K2M-9QX4-T1B8-ZC3V-2 --as my-agency'))
    .action(async (sub: ShipmentId, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      if (await session.client.held(sub)) {
        throw new CannotBeDone(
          'forget.held',
          'A legal hold stands against it: an incident holds this parcel.',
          'Have the party whose incident it is end it with `unbroken incident release-hold`, then do it again.',
        );
      }
      const { tokens } = await session.asking.reading((access) => session.client.chain(sub, access));
      // One file after the other: after a crash the next run finds what is left.
      let texts = 0;
      for (const { token } of tokens)
        for (const hash of token === undefined ? [] : hashesIn(parseToken(token).claims))
          if (await session.salts.erase(hash)) texts += 1;
      const notes = (await session.notes.erase(sub)) ? 1 : 0;
      session.tell({ sub, texts, notes }, [
        `✓ ${formatShipmentId(sub)}: ${texts} texts with their salts and ${notes === 0 ? 'no notes' : 'the notes'} are erased here.`,
        '  The statements still verify; nothing opens what they commit to any more.',
      ]);
    });
};

/** Whatever in it has the form of a commitment: those that are none have no salt here. */
function hashesIn(value: unknown): Hash[] {
  if (typeof value === 'string') return patterns.hash.test(value) ? [value as Hash] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(hashesIn) : [];
}
