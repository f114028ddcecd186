// What the command says once a statement about a parcel is signed and posted: not what it was meant to do, but where the
// parcel stands by it and what is wrong with it.

import type { ChainAnswer } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { Written } from '../signing/pen.js';
import { findingSentence } from '@unbroken/words';
import { namesOf } from '../words/names.js';
import { stateMark, stateSentence } from '../words/state-sentence.js';
import { partiesIn } from '@unbroken/words';
import type { Session } from './session.js';
import { codeLines } from './told-kept.js';
import { whyWaiting } from './why-waiting.js';

/** Says the lines of a statement that is recorded, and of one that is not, that it is not. */
export async function tellRecorded(
  session: Session,
  told: Readonly<Record<string, unknown>>,
  written: Written,
  lines: readonly string[],
): Promise<void> {
  const { tid, pending } = written;
  const taken = `Signed and taken, but not recorded yet. ${session.paint.quiet(tid)}`;
  session.tell({ ...told, tid, pending }, pending ? [taken, await whyWaiting(session, written)] : lines);
}

/**
 * The same for a statement in a party's own chain: where something is wrong with it, it did not do what it was meant to,
 * and that is said instead.
 */
export async function tellOfParty(
  session: Session,
  told: Readonly<Record<string, unknown>>,
  written: Written,
  lines: readonly string[],
): Promise<void> {
  const { tokens } = written.pending ? { tokens: [] } : await session.client.chain(written.sub);
  const findings = tokens.find(({ tid }) => tid === written.tid)?.findings ?? [];
  if (findings.length === 0) return tellRecorded(session, told, written, lines);
  const { tid, pending } = written;
  session.tell({ ...told, tid, pending, findings }, [
    `Signed and recorded, but it does not count. ${session.paint.quiet(tid)}`,
    ...findings.map((code) => findingLine(session, code)),
  ]);
}

const findingLine = ({ paint }: Session, code: string): string =>
  `${paint.alarm(`! ${findingSentence(code)}`)} ${paint.quiet(code)}`;

/** @param said what was signed, for example "Offered to danish-post" */
export async function tellStatement(session: Session, sub: ShipmentId, said: string, written: Written): Promise<void> {
  const { tid, pending } = written;
  const { quiet } = session.paint;
  const label = formatShipmentId(sub);
  if (!written.carried) {
    session.tell({ sub, tid, pending, carried: false, code: written.token }, [
      `${said}: signed. ${quiet(tid)}`,
      await whyWaiting(session, written),
      ...codeLines(session, written.token),
    ]);
    return;
  }
  if (pending) {
    session.tell({ sub, tid, pending }, [
      `${said}: signed and taken, not recorded yet. ${quiet(tid)}`,
      await whyWaiting(session, written),
      `See what becomes of it: unbroken chain ${label}`,
    ]);
    return;
  }
  const chain = await session.client.chain(sub);
  const findings = chain.tokens.find((token) => token.tid === tid)?.findings ?? [];
  session.tell({ sub, tid, pending, status: chain.state?.status, findings }, [
    `${said}: signed and recorded. ${quiet(tid)}`,
    `${label}  ${await standing(session, chain)}`,
    ...findings.map((code) => findingLine(session, code)),
  ]);
}

async function standing(session: Session, chain: ChainAnswer): Promise<string> {
  const name = await namesOf(session.client, partiesIn(chain));
  return `${stateMark(chain.state)} ${stateSentence(chain.state, name)}`;
}
