// unbroken chain: everything recorded of a parcel, as a timeline.

import type { Command } from 'commander';
import type { ChainAnswer, ChainToken } from '@unbroken/contracts';
import { formatShipmentId, isPartyId, isShipmentId, parseToken } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import { findingSentence } from '@unbroken/words';
import { namesOf } from '../../words/names.js';
import type { NameOf } from '../../words/names.js';
import { stateSentence } from '../../words/state-sentence.js';
import { partiesIn, timeline } from '../../words/timeline.js';
import type { TimelineLine } from '../../words/timeline.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';
import { moment } from '../moment.js';
import type { Paint } from '../paint.js';

/** Seconds that device and record time may differ before both are worth showing. */
const SAME_TIME_S = 60;

export const addChain: AddCommand = (parent, around) => {
  parent
    .command('chain')
    .description('what is recorded of a parcel: who holds it, every hand-off, and what is wrong')
    .argument('<shipment>', 'its id, with or without dashes; or a party id', chainArgument)
    .addHelpText('after', examples('unbroken chain 7K2M-9QX4-T1B8-ZC3V-2', 'unbroken chain 7k2m9qx4t1b8zc3v2 --json'))
    .action(async (sub: ShipmentId | PartyId, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const chain = await session.client.chain(sub);
      const name = await namesOf(session.client, partiesIn(chain));
      session.tell(chain, shown(chain, name, session.paint));
    });
};

function chainArgument(typed: string): ShipmentId | PartyId {
  return isPartyId(typed) && !/^[0-9a-z]{17}$/.test(typed.replaceAll('-', '')) ? typed : shipmentArgument(typed);
}

function shown(chain: ChainAnswer, name: NameOf, paint: Paint): string[] {
  const label = isShipmentId(chain.sub) ? formatShipmentId(chain.sub) : name(chain.sub);
  const lonely = new Set(chain.tokens.filter(isConfirmation).map(({ tid }) => tid));
  return [
    `${paint.strong(label)}  ${stateSentence(chain.state, name)}`,
    '',
    ...timeline(chain, name).flatMap((line) => lineOf(line, lonely.has(line.tid) ? '' : line.meaning, paint)),
  ];
}

/** One signature, by which the chain is closed: nobody else's belongs to it. */
const isConfirmation = ({ token }: ChainToken): boolean =>
  token !== undefined && parseToken(token).claims.evt === 'confirmed';

/** @param meaning of the mark, in words */
function lineOf(line: TimelineLine, meaning: string, { alarm, quiet }: Paint): string[] {
  const { mark, sentence, grade, findings, tid } = line;
  const beside = [...(meaning === '' ? [] : [meaning]), ...(grade === undefined ? [] : [`said by a ${grade}`])];
  return [
    `${mark} ${times(line)}  ${sentence}.${beside.length > 0 ? ` (${beside.join('; ')})` : ''}  ${quiet(tid.slice(0, 8))}`,
    ...findings.map((code) => `    ${alarm(`! ${findingSentence(code)}`)} ${quiet(code)}`),
  ];
}

function times({ recordedAt, signedAt }: TimelineLine): string {
  const recorded = Date.parse(recordedAt) / 1000;
  const differ = signedAt !== undefined && Math.abs(recorded - signedAt) > SAME_TIME_S;
  return differ ? `${moment(signedAt * 1000)}, recorded ${moment(recorded * 1000)}` : moment(recorded * 1000);
}
