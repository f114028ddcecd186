// unbroken key-released: the sender lets the key to an encrypted medium go, wrapped for the consignee.

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { sha256Hash } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { shipmentArgument } from '../arguments.js';
import { keyDoubt } from '../key-doubt.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

export const addKeyReleased: AddCommand = (parent, around) => {
  const released = parent
    .command('key-released')
    .description(
      'sender: say that you let the medium’s key go, once it arrived unopened; the key itself goes another way',
    )
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .argument('<file>', 'the key as it is sent, wrapped for the consignee; only its hash is signed')
    .addHelpText(
      'after',
      examples(
        'unbroken key-released 7K2M-9QX4-T1B8-ZC3V-2 wrapped-key.age',
        'unbroken key-released 7K2M-9QX4-T1B8-ZC3V-2 wrapped-key.age --key KEY --note "seal torn by customs, contents needed"',
      ),
    );
  withWhere(released).action(async (sub: ShipmentId, file: string, options: WhereOptions, command: Command) => {
    const session = sessionOf(command, around);
    const wraps = sha256Hash(await readFile(file));
    const key = await session.device();
    const reason = options.note !== undefined;
    await settleDoubts(options, async () => [await keyDoubt(session.client, sub, { key, reason })]);
    const said = { wraps, ...(await whereSaid(options, session)) };
    await tellStatement(session, sub, 'Key released', await (await session.hand('sender')).releaseKey(sub, said));
  });
};
