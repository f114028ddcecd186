// A chain as the command tells it, for people at a terminal.

import type { ChainAnswer, ChainToken } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import { formatShipmentId, isShipmentId } from '@unbroken/tokens';
import { findingSentence } from '@unbroken/words';
import type { NameOf } from '../words/names.js';
import { stateSentence } from '../words/state-sentence.js';
import { timeline } from '@unbroken/words';
import type { TimelineLine } from '@unbroken/words';
import { moment } from './moment.js';
import type { Paint } from './paint.js';

/** Seconds that device and record time may differ before both are worth showing. */
const SAME_TIME_S = 60;

/** What is known of a chain, in lines: its state in a sentence, then everything recorded. */
export function chainLines(chain: ChainAnswer, name: NameOf, paint: Paint): string[] {
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

function times({ recordedAt, signedAt }: TimelineLine): string {
  const recorded = Date.parse(recordedAt) / 1000;
  const differ = signedAt !== undefined && Math.abs(recorded - signedAt) > SAME_TIME_S;
  return differ ? `${moment(signedAt * 1000)}, recorded ${moment(recorded * 1000)}` : moment(recorded * 1000);
}
