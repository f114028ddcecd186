// unbroken chain: everything recorded of a parcel, as a timeline.

import type { Command } from 'commander';
import type { ChainAnswer } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import { formatShipmentId, isPartyId, isShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import { HubProblem } from '../../client/hub-errors.js';
import { namesOf } from '../../words/names.js';
import { partiesIn } from '@unbroken/words';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';
import { chainLines } from '../chain-lines.js';
import { COMPARE_IT, noShipmentId } from '../no-shipment-id.js';
import type { Paint } from '../paint.js';
import { CannotBeDone } from '../told-failure.js';

export const addChain: AddCommand = (parent, around) => {
  parent
    .command('chain')
    .description('what is recorded of a parcel: who holds it, every hand-off, and what is wrong')
    .argument('<shipment>', 'its id, with or without dashes; or a party id', chainArgument)
    .addHelpText('after', examples('unbroken chain 7K2M-9QX4-T1B8-ZC3V-2', 'unbroken chain 7k2m9qx4t1b8zc3v2 --json'))
    .action(async (sub: ShipmentId | PartyId, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const chain = await session.asking.reading((access) => session.client.chain(sub, access)).catch(orMistyped(sub));
      const name = await namesOf(session.client, partiesIn(chain));
      session.tell(chain, [...chainLines(chain, name, session.paint), '', ...uncheckedLines(chain, session.paint)]);
    });
};

/**
 * Nothing here proves what the hub shows: whoever can write its database can write this. That the bytes are those which each id
 * names costs nothing to see; signatures and places in the log are evidence's to check.
 */
function uncheckedLines({ sub, tokens }: ChainAnswer, { alarm, quiet }: Paint): string[] {
  const others = tokens.filter(({ tid, token }) => token !== undefined && tidOf(token) !== tid);
  const how = isShipmentId(sub)
    ? `\`unbroken evidence ${formatShipmentId(sub)} --out FILE\`, then \`unbroken verify FILE --policy trust.json\`.`
    : 'the evidence of a parcel holds the parties’ chains.';
  return [
    ...others.map(({ tid }) =>
      alarm(
        `! The hub shows other bytes than ${tid.slice(0, 8)} names: that statement was changed after it was signed.`,
      ),
    ),
    quiet(`As the hub shows it; no signature was checked. To check it: ${how}`),
  ];
}

function tidOf(token: string): string | undefined {
  try {
    return parseStatement(token).tid;
  } catch {
    return undefined;
  }
}

/** What has the form of a party's id may be a parcel's in small letters, with one too few. */
const orMistyped =
  (sub: ShipmentId | PartyId) =>
  (error: unknown): never => {
    const isUnknown = error instanceof HubProblem && error.code === 'chain.unknown';
    const wrong = /\d/.test(sub) ? noShipmentId(sub) : undefined;
    if (!isUnknown || wrong === undefined) throw error;
    throw new CannotBeDone(
      error.code,
      `No party is called ${sub} here, and it is no parcel’s id. ${wrong}`,
      COMPARE_IT,
    );
  };

function chainArgument(typed: string): ShipmentId | PartyId {
  return isPartyId(typed) && !/^[0-9a-z]{17}$/.test(typed.replaceAll('-', '')) ? typed : shipmentArgument(typed);
}
