// Turns what finders told into `found` tokens of the finder desk. Beside the request, so that nothing in an answer, not even
// how long it takes, tells whether there is such a shipment; one that becomes known within days is signed then.

import type { ChainStore } from '@unbroken/chains';
import type { Intake } from '@unbroken/intake';
import { Repeated } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { mintToken, newJti, parseToken } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import type { Desk, Desks } from '../desks/desks.js';
import { receiverLog } from '../receiver-log.js';
import type { Reports, UnpostedReport } from './reports.js';

const HOUR_MS = 3_600_000;
const AT_ONCE = 20;
const POLL_MS = 2_000;
/** As long as a token with an unknown key waits: a parcel registered without network may become known. */
const WAITS_MS = 72 * HOUR_MS;
/**
 * Of one shipment: a street can find one parcel. Whoever has many networks fills the finder desk's list with more, but not
 * the log, and not a chain that everybody folds; the others are signed in their turn.
 */
const mostOfShipment = { most: 20, perMs: HOUR_MS };

export interface ReportSigningParts {
  readonly reports: Reports;
  readonly chains: Pick<ChainStore, 'getMany'>;
  readonly intake: Pick<Intake, 'read' | 'take'>;
  readonly desks: Desks;
  readonly clock: Clock;
}

export class ReportSigning extends Repeated {
  constructor(parts: ReportSigningParts) {
    super({
      doSome: () => signAll(parts),
      failed: (error, attempt) => receiverLog.warn('found.not-signed', { attempt }, error),
      pollMs: POLL_MS,
    });
  }
}

/** All that can be signed now, a few at a time; what cannot stands in nobody's way. Answers that there is no more. */
async function signAll(parts: ReportSigningParts): Promise<false> {
  const { reports, desks, clock } = parts;
  if (!desks.has('finder')) return false;
  const now = clock.now();
  const turn = {
    since: new Date(now - WAITS_MS),
    most: mostOfShipment.most,
    per: new Date(now - mostOfShipment.perMs),
  };
  for (let after = '0'; ;) {
    const waiting = await reports.unposted(turn, after, AT_ONCE);
    const last = waiting.at(-1);
    if (last === undefined) return false;
    await postSome(waiting, await desks.open('finder'), parts);
    after = last.no;
  }
}

async function postSome(
  waiting: readonly UnpostedReport[],
  desk: Desk,
  { reports, chains, intake, clock }: ReportSigningParts,
): Promise<void> {
  const states = await chains.getMany([...new Set(waiting.map(({ sub }) => sub))]);
  for (const report of waiting) {
    const head = states.get(report.sub)?.head ?? null;
    if (report.token === null && head === null) continue;
    const token = report.token ?? (await signed(report, head, desk, { reports, clock }));
    // A crash before or after has the same bytes taken again, and the intake knows them.
    const [taken] = await intake.take(intake.read([Buffer.from(token)]));
    if (taken !== undefined && 'refused' in taken) throw taken.refused;
    await reports.posted(report.callback, clock.now());
  }
}

async function signed(
  { callback, sub, mine, opened, left, commitment }: UnpostedReport,
  prev: TokenId | null,
  { party, signer }: Desk,
  { reports, clock }: Pick<ReportSigningParts, 'reports' | 'clock'>,
): Promise<string> {
  const said = { evt: 'found', prev, opened, mine, left, ...(commitment === null ? {} : { contact: commitment }) };
  const iat = Math.floor(clock.now() / 1000);
  const token = await mintToken({ iss: party, sub, jti: newJti(), iat, ...said }, signer);
  return reports.signed(callback, { token, tid: parseToken(token).tid });
}
