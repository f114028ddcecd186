// What the command says once a statement about a parcel is signed and posted: not what it was meant to do, but where the
// parcel stands by it and what is wrong with it.

import type { ChainAnswer } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { Written } from '../signing/pen.js';
import { findingSentence } from '../words/finding-sentence.js';
import { namesOf } from '../words/names.js';
import { stateMark, stateSentence } from '../words/state-sentence.js';
import { partiesIn } from '../words/timeline.js';
import type { Session } from './session.js';

const whatItWaitsFor =
  'A key that is not enrolled, or whose party is not admitted, keeps it waiting up to 72 hours: unbroken party enrol --help';

/** Says the lines of a statement that is recorded, and of one that is not, that it is not. */
export function tellRecorded(
  session: Session,
  told: Readonly<Record<string, unknown>> & Pick<Written, 'tid' | 'pending'>,
  lines: readonly string[],
): void {
  const waiting = [`Signed and taken, but not recorded yet. ${session.paint.quiet(told.tid)}`, whatItWaitsFor];
  session.tell(told, told.pending ? waiting : [...lines]);
}

/** @param said what was signed, for example "Offered to danish-post" */
export async function tellStatement(session: Session, sub: ShipmentId, said: string, written: Written): Promise<void> {
  const { tid, pending } = written;
  const { quiet } = session.paint;
  const label = formatShipmentId(sub);
  if (pending) {
    session.tell({ sub, tid, pending }, [
      `${said}: signed and taken, not recorded yet. ${quiet(tid)}`,
      whatItWaitsFor,
      `See what becomes of it: unbroken chain ${label}`,
    ]);
    return;
  }
  const chain = await session.client.chain(sub);
  const findings = chain.tokens.find((token) => token.tid === tid)?.findings ?? [];
  session.tell({ sub, tid, pending, status: chain.state?.status, findings }, [
    `${said}: signed and recorded. ${quiet(tid)}`,
    `${label}  ${await standing(session, chain)}`,
    ...findings.map((code) => `${session.paint.alarm(`! ${findingSentence(code)}`)} ${quiet(code)}`),
  ]);
}

async function standing(session: Session, chain: ChainAnswer): Promise<string> {
  const name = await namesOf(session.client, partiesIn(chain));
  return `${stateMark(chain.state)} ${stateSentence(chain.state, name)}`;
}
