// unbroken scan: the other half of a hand-off without network, of one parcel or of many, taken over from the phone that shows
// it.

import type { Command } from 'commander';
import { formatShipmentId, TokenRefused } from '@unbroken/tokens';
import type { HandoverCode } from '../../handover/code.js';
import { signatureOfCode } from '../../handover/signature-of-code.js';
import { envelopeOf } from '../../outbox/outbox-token.js';
import type { Place } from '../../signing/place.js';
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
    .argument('<code>', 'the text of the code, or a file that holds it, or a manifest')
    .addHelpText('after', examples('unbroken scan eyJhbGciOiJFUzI1NiIs…', 'unbroken scan offer.txt'));
  withAnyway(scan).action(async (typed: string, options: AnywayOption, command: Command) => {
    const session = sessionOf(command, around);
    const read = await codeFrom(typed);
    const codes = 'parcels' in read ? read.parcels : [read];
    const [first] = codes;
    if (first === undefined) throw new Error('a code was read that is about no parcel');
    // One signature is over all of them.
    const signed = await signatureOf(session, first);
    await settleDoubts(options, async () => [
      await addresseeDoubt(session, first),
      ...(await followDoubts(session, codes)),
    ]);
    await session.outbox.keepAll(
      codes.map(({ token }) => token),
      'courier',
    );
    if ('parcels' in read) tellMany(session, read.parcels, signed, typed);
    else tellOne(session, read, signed);
  });
};

function tellOne(session: Session, code: HandoverCode, signed: 'holds' | 'unknown'): void {
  const { tid, claims } = code.envelope;
  const label = formatShipmentId(code.sub);
  const next = code.kind === 'offer' ? [`Take it over: unbroken accept ${label}`] : [];
  session.tell({ sub: claims.sub, tid, kind: code.kind, from: claims.iss, signature: signed }, [
    `${code.kind === 'offer' ? 'Offered' : 'Accepted'} by ${claims.iss}: ${label}. Kept to be carried in. ${session.paint.quiet(tid)}`,
    ...signatureLines[signed],
    ...next,
  ]);
}

function tellMany(session: Session, codes: readonly HandoverCode[], signed: 'holds' | 'unknown', typed: string): void {
  const [{ kind, envelope } = { kind: 'offer' as const, envelope: undefined }] = codes;
  const from = envelope?.claims.iss;
  const parcels = codes.map((code) => ({ sub: code.sub, tid: code.envelope.tid }));
  session.tell({ kind, from, signature: signed, parcels }, [
    `${kind === 'offer' ? 'Offered' : 'Accepted'} by ${from ?? ''}: ${codes.length} parcels. Kept to be carried in.`,
    ...signatureLines[signed],
    ...(kind === 'offer' ? [`Take them over: unbroken manifest accept --from ${typed}`] : []),
  ]);
}

const signatureLines = {
  holds: ['Its signature holds.'],
  unknown: ['Whether its signature holds cannot be known here without a hub; it is checked when it is carried in.'],
} as const;

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

/** Whether they follow on what this device knows of their parcels. */
async function followDoubts({ outbox }: Session, codes: readonly HandoverCode[]): Promise<(Doubt | undefined)[]> {
  const known: Known = {
    kept: new Set((await outbox.list()).map((one) => envelopeOf(one).tid)),
    places: await outbox.places(codes.map(({ sub }) => sub)),
  };
  return [answerDoubt(codes, known), offerDoubt(codes, known)];
}

interface Known {
  readonly kept: ReadonlySet<unknown>;
  readonly places: ReadonlyMap<string, Place>;
}

/** An answer to something else than what this device has offered leaves the parcel with whoever holds it. */
function answerDoubt(codes: readonly HandoverCode[], { kept, places }: Known): Doubt | undefined {
  const strange = codes.filter(({ kind, sub, envelope: { claims } }) => {
    const answered = typeof claims['rel'] === 'string' ? claims['rel'] : claims['prev'];
    return kind === 'answer' && places.get(sub)?.prev !== answered && !kept.has(answered);
  });
  if (strange.length === 0) return undefined;
  const which = codes.length === 1 ? 'an offer' : `offers, of ${strange.length} of ${codes.length} parcels,`;
  return {
    code: 'answer.other-offer',
    what: `It answers ${which} that this device has not made.`,
    cure: 'Have them scan your offer and answer that.',
  };
}

/** Whoever it is that shows an offer: one that hangs on nothing would take with it what is signed on it. */
function offerDoubt(codes: readonly HandoverCode[], { kept, places }: Known): Doubt | undefined {
  const strange = codes.filter(({ kind, sub, envelope: { tid, claims } }) => {
    const place = places.get(sub);
    return kind === 'offer' && !kept.has(tid) && place !== undefined && place.prev !== claims['prev'];
  });
  if (strange.length === 0) return undefined;
  return {
    code: 'offer.not-next',
    what: `${codes.length === 1 ? 'It does' : `${strange.length} of ${codes.length} do`} not follow on what this device last knew of the parcel.`,
    cure: 'Look with a network where it is (`unbroken chain`); go on where others have handed it on meanwhile.',
  };
}
