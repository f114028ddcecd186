// The options of everything that is signed about a parcel: where, how far off, and a note that stays at home.

import { Option } from 'commander';
import type { Command } from 'commander';
import type { ShipmentClaims } from '@unbroken/custody';
import type { Hash, SiteId } from '@unbroken/tokens';
import { settleDoubts, withAnyway } from './anyway.js';
import type { AnywayOption } from './anyway.js';
import { siteArgument } from './arguments.js';
import { siteDoubt } from './known-party.js';
import type { Session } from './session.js';

export interface WhereOptions extends AnywayOption {
  readonly at?: SiteId;
  readonly off?: string;
  readonly note?: string;
}

type Off = NonNullable<ShipmentClaims['off']>;

/** Metres are rounded up to one of these, so that no position can be worked out (docs/protocol, section 2). */
const distances = ['0', '100', '250', '500', '1000', '5000', '50000'];

export const withWhere = (command: Command): Command =>
  withAnyway(
    command
      .option('--at <site>', 'the place it is meant to be at, party/site', siteArgument)
      .addOption(new Option('--off <metres>', 'how far from that place, rounded up').choices(distances))
      .option('--note <text>', 'free text: only a commitment is signed, the text stays in the home directory'),
  );

/**
 * The claims these options make. The note's salt is kept before anything is signed.
 * @throws CannotBeDone where nobody has described that place
 */
export async function whereSaid(
  options: WhereOptions,
  session: Session,
): Promise<{ at?: SiteId; off?: Off; note?: Hash }> {
  const { at, off, note } = options;
  await settleDoubts(options, async () => [await siteDoubt(session.client, at)]);
  return {
    ...(at === undefined ? {} : { at }),
    ...(off === undefined ? {} : { off: Number(off) as Off }),
    ...(note === undefined ? {} : { note: await session.salts.commit('note', note) }),
  };
}
