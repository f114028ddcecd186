// A chain as the command tells it, for people at a terminal.

import type { ChainAnswer, ChainToken } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import { formatShipmentId, isShipmentId } from '@unbroken/tokens';
import type { NameOf } from '../words/names.js';
import { stateSentence } from '../words/state-sentence.js';
import { claimsOf, findingSentence, inScanOrder, timeline } from '@unbroken/words';
import type { TimelineLine } from '@unbroken/words';
import { moment } from './moment.js';
import type { Paint } from './paint.js';

/** Seconds that the time it speaks of and that of its record may differ before both are worth showing. */
const SAME_TIME_S = 60;

/** What is known of a chain, in lines: its state in a sentence, then everything recorded, scans as they were made. */
export function chainLines(chain: ChainAnswer, name: NameOf, paint: Paint): string[] {
  const label = isShipmentId(chain.sub) ? formatShipmentId(chain.sub) : name(chain.sub);
  const tokens = [...inScanOrder(chain.tokens, claimsOf)];
  const lonely = new Set(chain.tokens.filter(isConfirmation).map(({ tid }) => tid));
  return [
    `${paint.strong(label)}  ${stateSentence(chain.state, name)}`,
    '',
    ...timeline({ ...chain, tokens }, name).flatMap((line) =>
      lineOf(line, lonely.has(line.tid) ? '' : line.meaning, paint),
    ),
  ];
}

/** One signature, by which the chain is closed: nobody else's belongs to it. */
const isConfirmation = ({ token }: ChainToken): boolean =>
  token !== undefined && parseStatement(token).claims.evt === 'confirmed';

/** @param meaning of the mark, in words */
function lineOf(line: TimelineLine, meaning: string, { alarm, quiet }: Paint): string[] {
  const { mark, sentence, grade, findings, tid } = line;
  const beside = [...(meaning === '' ? [] : [meaning]), ...(grade === undefined ? [] : [`said by a ${grade}`])];
  return [
    `${mark} ${times(line)}  ${sentence}.${beside.length > 0 ? ` (${beside.join('; ')})` : ''}  ${quiet(tid.slice(0, 8))}`,
    ...findings.map((code) => `    ${alarm(`! ${findingSentence(code)}`)} ${quiet(code)}`),
  ];
}

function times({ recordedAt, happenedAt }: TimelineLine): string {
  const recorded = Date.parse(recordedAt) / 1000;
  const differ = happenedAt !== undefined && Math.abs(recorded - happenedAt) > SAME_TIME_S;
  return differ ? `${moment(happenedAt * 1000)}, recorded ${moment(recorded * 1000)}` : moment(recorded * 1000);
}
