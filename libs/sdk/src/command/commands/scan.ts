// unbroken scan: the other half of a hand-off without network, taken over from the phone that shows it.

import type { Command } from 'commander';
import { formatShipmentId, parseToken, TokenRefused } from '@unbroken/tokens';
import type { HandoverCode } from '../../handover/code.js';
import { signatureOfCode } from '../../handover/signature-of-code.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts, withAnyway } from '../anyway.js';
import type { AnywayOption, Doubt } from '../anyway.js';
import { codeFrom } from '../read-code.js';
import type { Session } from '../session.js';
import { CannotBeDone } from '../told-failure.js';

export const addScan: AddCommand = (parent, around) => {
  const scan = parent
    .command('scan')
    .description('take over the offer or the answer that another phone shows; it is kept and carried in with yours')
    .argument('<code>', 'the text of the code, or a file that holds it')
    .addHelpText('after', examples('unbroken scan eyJhbGciOiJFUzI1NiIs…', 'unbroken scan offer.txt'));
  withAnyway(scan).action(async (typed: string, options: AnywayOption, command: Command) => {
    const session = sessionOf(command, around);
    const code = await codeFrom(typed);
    const signed = await signatureOf(session, code);
    await settleDoubts(options, async () => [await addresseeDoubt(session, code), await answerDoubt(session, code)]);
    await session.outbox.keep(code.token, 'courier');
    const { tid, claims } = code.envelope;
    const label = formatShipmentId(code.sub);
    const next = code.kind === 'offer' ? [`Take it over: unbroken accept ${label}`] : [];
    session.tell({ sub: claims.sub, tid, kind: code.kind, from: claims.iss, signature: signed }, [
      `${code.kind === 'offer' ? 'Offered' : 'Accepted'} by ${claims.iss}: ${label}. Kept to be carried in. ${session.paint.quiet(tid)}`,
      signed === 'holds'
        ? 'Its signature holds.'
        : 'Whether its signature holds cannot be known here without a hub; it is checked when it is carried in.',
      ...next,
    ]);
  });
};

/** @throws CannotBeDone where the key is known and the signature is not by it */
async function signatureOf({ client }: Session, code: HandoverCode): Promise<'holds' | 'unknown'> {
  try {
    return await signatureOfCode(client, code);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    const what = `It is not signed by ${code.envelope.claims.iss}.`;
    throw new CannotBeDone(error.code, what, 'Hand nothing over on it, and ask who shows it.');
  }
}

async function addresseeDoubt(session: Session, { kind, envelope }: HandoverCode): Promise<Doubt | undefined> {
  const { to } = envelope.claims;
  const party = await session.party();
  if (kind === 'answer' || to === party) return undefined;
  return {
    code: 'offer.other-party',
    what: `It is offered to ${String(to)}, and you are ${party}.`,
    cure: 'Have it offered to you, or leave the parcel where it is.',
  };
}

/** An answer to something else than what this device has offered leaves the parcel with whoever holds it. */
async function answerDoubt(session: Session, { kind, envelope }: HandoverCode): Promise<Doubt | undefined> {
  if (kind === 'offer') return undefined;
  const { prev, rel, sub } = envelope.claims;
  const offers = (await session.outbox.list()).map(({ token }) => parseToken(token));
  const answered = typeof rel === 'string' ? rel : prev;
  const known = await session.outbox.place(sub);
  if (known?.prev === answered || offers.some(({ tid }) => tid === answered)) return undefined;
  return {
    code: 'answer.other-offer',
    what: 'It answers an offer that this device has not made.',
    cure: 'Have them scan your offer and answer that.',
  };
}
