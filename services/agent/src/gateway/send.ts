// Sends what was signed, many tokens at a time and in order, and lets go of a token only when the hub says that its log has
// it. What the hub refuses is kept, with the reason.

import { MOST_TOKENS } from '@unbroken/contracts';
import type { TokensAnswer } from '@unbroken/contracts';
import { HubProblem } from '@unbroken/sdk';
import type { UnbrokenClient } from '@unbroken/sdk';
import { keys } from './record/gateway-record.js';
import type { Change, GatewayRecord, Outgoing, Queued, RefusedScan } from './record/gateway-record.js';

export interface SendParts {
  readonly record: GatewayRecord;
  readonly client: Pick<UnbrokenClient, 'post'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Sent {
  readonly recorded: number;
  readonly refused: number;
}

/** Seconds that the hub may take to record what it was sent; what takes longer is sent again, and known. */
const WAIT_S = 10;

/** The hub took the tokens and has not recorded them in time: come again later. */
export class NotRecordedYet extends Error {
  override readonly name = 'NotRecordedYet';
}

/** Requests beside each other, for the hub takes its time to record. A chain's tokens go in one of them, in their order. */
const LANES = 4;

/**
 * Sends all that was signed. A crash between the hub's answer and the write has the same bytes sent again, which the hub
 * knows.
 * @throws HubUnreachable, HubProblem of a hub that cannot take them now, NotRecordedYet
 */
export async function send(parts: SendParts): Promise<Sent> {
  const count = { recorded: 0, refused: 0 };
  for (;;) {
    const queue = await parts.record.outgoing(LANES * MOST_TOKENS);
    if (queue.length === 0) return count;
    const sent = await Promise.allSettled(lanesOf(queue).map((lane) => sendLane(lane, parts)));
    const done = sent.flatMap((lane) => (lane.status === 'fulfilled' ? [lane.value] : []));
    for (const { recorded, refused } of done) {
      count.recorded += recorded;
      count.refused += refused;
    }
    const failed = sent.find((lane) => lane.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (done.every(({ recorded, refused }) => recorded + refused === 0)) {
      throw new NotRecordedYet(`The hub has recorded none of ${queue.length} tokens in ${WAIT_S} s.`);
    }
  }
}

/** What is too much for a lane comes with the next go. */
function lanesOf(queue: readonly Queued<Outgoing>[]): readonly (readonly Queued<Outgoing>[])[] {
  const lanes = Array.from({ length: LANES }, (): Queued<Outgoing>[] => []);
  for (const one of queue) {
    // The ids of shipments are random.
    const lane = lanes[one.value.sub.charCodeAt(0) % LANES];
    if (lane !== undefined && lane.length < MOST_TOKENS) lane.push(one);
  }
  return lanes.filter(({ length }) => length > 0);
}

async function sendLane(lane: readonly Queued<Outgoing>[], parts: SendParts): Promise<Sent> {
  const outcomes = await posted(lane, parts);
  await parts.record.write(lane.flatMap(({ key, value }, at) => changesFor(key, value, outcomes[at])));
  const count = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
  return { recorded: count('recorded'), refused: count('refused') };
}

type Outcome =
  | { readonly kind: 'recorded' }
  | { readonly kind: 'refused'; readonly code: string; readonly what: string; readonly cure: string }
  | { readonly kind: 'pending' };

async function posted(queue: readonly Queued<Outgoing>[], { client, now }: SendParts): Promise<readonly Outcome[]> {
  const post = async (tokens: readonly string[]) =>
    (await client.post('courier', tokens, { wait: WAIT_S, clock: now() / 1000 })).tokens.map(outcomeOf);
  try {
    return await post(queue.map(({ value }) => value.token));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // None was taken: each by itself says why.
    const each: Outcome[] = [];
    for (const { value } of queue) each.push(await alone(value.token, post));
    return each;
  }
}

async function alone(
  token: string,
  post: (tokens: readonly string[]) => Promise<readonly Outcome[]>,
): Promise<Outcome> {
  try {
    const [outcome] = await post([token]);
    return outcome ?? { kind: 'pending' };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { kind: 'refused', code: error.code, what: error.message, cure: error.cure };
  }
}

/** It is about the tokens, not about the hub. */
const isRefusal = (error: unknown): error is HubProblem =>
  error instanceof HubProblem && [400, 409, 422].includes(error.status);

function outcomeOf(line: TokensAnswer['tokens'][number]): Outcome {
  if ('refused' in line) {
    const { code, detail, cure } = line.refused;
    return { kind: 'refused', code, what: detail, cure };
  }
  if (!('status' in line)) return { kind: 'pending' };
  if (line.status === 'recorded') return { kind: 'recorded' };
  const code = line.code ?? `token.${line.status}`;
  const what = `The ledger has it as ${line.status}.`;
  return { kind: 'refused', code, what, cure: 'Ask the operator, with this code and the id of the token.' };
}

function changesFor(key: string, { tid, scan, sub }: Outgoing, outcome: Outcome | undefined): readonly Change[] {
  if (outcome?.kind === 'recorded') return [[key, undefined]];
  if (outcome?.kind !== 'refused') return [];
  const { code, what, cure } = outcome;
  const refused: RefusedScan = { tid, code, what, cure, scan };
  // What hangs on a line token that is not there hangs on nothing: the hub is asked anew.
  return [
    [key, undefined],
    [keys.ownLine(sub), undefined],
    [keys.refused(scan), refused],
  ];
}
