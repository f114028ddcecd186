// Signs what was taken: finds the chains of its parcel, and says in each what the mapping made of the scan. What has no chain
// yet waits for one.

import { catalogue } from '@unbroken/custody';
import type { UnbrokenClient } from '@unbroken/sdk';
import { mintToken, newJti, parseToken } from '@unbroken/tokens';
import type { PartyId, Signer } from '@unbroken/tokens';
import { chainsBearing } from './chains/chains-bearing.js';
import { readHeard } from './chains/heard.js';
import { LineEnds } from './chains/line-ends.js';
import type { Scan } from './read/scan.js';
import { keys } from './record/gateway-record.js';
import type { Change, GatewayRecord, Outgoing, Queued, RefusedScan } from './record/gateway-record.js';

export interface SignParts {
  readonly record: GatewayRecord;
  readonly client: Pick<UnbrokenClient, 'chain'>;
  readonly party: PartyId;
  readonly signer: Signer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How many scans were signed, and how many wait for their parcel's registration. */
export interface Signed {
  readonly signed: number;
  readonly waiting: number;
}

const AT_ONCE = 500;

/**
 * Signs all that was taken, many in one write: their tokens are on the disk before the hub sees one, so that after a crash
 * the same bytes are sent and never others. A crash before that write has signed nothing that anybody saw.
 * @throws HubUnreachable, HubProblem where a line token is to be signed and the hub cannot say where
 */
export async function sign(parts: SignParts): Promise<Signed> {
  const count = { signed: 0, waiting: 0 };
  for (;;) {
    const queue = await parts.record.taken(AT_ONCE);
    if (queue.length === 0) return count;
    const batch = new Batch(parts);
    for (const one of queue) await batch.add(one);
    await parts.record.write(await batch.changes());
    count.signed += batch.signed;
    count.waiting += batch.waiting;
  }
}

/** What is said in one chain. */
interface Said {
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

class Batch {
  signed = 0;
  waiting = 0;
  readonly #ends: LineEnds;
  readonly #changes: Change[] = [];
  /** Beside each other: a signature is a thread's work. */
  readonly #signing: Promise<readonly Change[]>[] = [];

  constructor(private readonly parts: SignParts) {
    this.#ends = new LineEnds(parts.record, parts.client);
  }

  async add({ key, value: scan }: Queued<Scan>): Promise<void> {
    this.#changes.push([key, undefined]);
    const subs = await chainsBearing(this.parts.record, scan);
    if (subs.length === 0) {
      this.waiting += 1;
      this.#changes.push([keys.waiting(scan), scan]);
      return;
    }
    this.signed += 1;
    const outgoingKeys = subs.map(() => this.parts.record.nextOutgoingKey());
    const isLine = catalogue.get(scan.evt)?.place === 'line';
    if (!isLine) {
      const said = await Promise.all(subs.map((sub) => this.#remark(sub, scan)));
      this.#signing.push(this.#minted(scan, said, outgoingKeys));
      return;
    }
    // One at a time: the next of the same chain follows it.
    const said: Said[] = [];
    for (const sub of subs) said.push(await this.#line(sub, scan));
    const minted = await this.#minted(scan, said, outgoingKeys);
    this.#signing.push(Promise.resolve(minted));
    for (const [, value] of minted) this.#follow(value);
  }

  /** Of the batch, for one write. */
  async changes(): Promise<readonly Change[]> {
    const minted = await Promise.all(this.#signing);
    return [...this.#changes, ...minted.flat(), ...this.#ends.changes];
  }

  async #remark(sub: string, scan: Scan): Promise<Said> {
    const heard = readHeard(await this.parts.record.get(keys.chain(sub)));
    if (heard === undefined) throw new Error(`the chain ${sub} has a number and was not heard of`);
    return { sub, claims: { prev: heard.head, ...(await this.#addressed(sub, scan)) } };
  }

  async #line(sub: string, scan: Scan): Promise<Said> {
    const { head, seq } = await this.#ends.of(sub);
    return { sub, claims: { prev: head, seq: seq + 1, ...(await this.#addressed(sub, scan)) } };
  }

  async #addressed(sub: string, { toConsignee }: Scan): Promise<Readonly<Record<string, unknown>>> {
    if (toConsignee === undefined) return {};
    const { consignee } = await this.#ends.of(sub);
    return consignee === null ? {} : { [toConsignee]: consignee };
  }

  /** In place of the scan: its tokens, and that it is known by them. */
  async #minted(scan: Scan, said: readonly Said[], outgoingKeys: readonly string[]): Promise<readonly Change[]> {
    const changes: Change[] = [];
    const tids: string[] = [];
    for (const [at, { sub, claims: placed }] of said.entries()) {
      const { evt, claims, when, src, at: site } = scan;
      const { party, signer, now } = this.parts;
      const basic = { iss: party, sub, jti: newJti(), iat: Math.floor(now() / 1000), evt };
      const whole = { ...basic, ...placed, ...claims, when, src, ...(site === undefined ? {} : { at: site }) };
      const wrong = catalogue.get(evt)?.claims.safeParse(whole).error?.issues[0];
      if (wrong !== undefined) {
        changes.push([keys.refused(scan), unsaid(scan, wrong.path.join('.'))]);
        continue;
      }
      const token = await mintToken(whole, signer);
      const { tid } = parseToken(token);
      tids.push(tid);
      changes.push([outgoingKeys[at] ?? '', { token, tid, sub, scan } satisfies Outgoing]);
    }
    return [...changes, [keys.known(scan), tids]];
  }

  #follow(value: unknown): void {
    if (typeof value !== 'object' || value === null || !('token' in value)) return;
    const { sub, token } = value as Outgoing;
    const { tid, claims } = parseToken(token);
    this.#ends.follow(sub, { head: tid, seq: Number(claims['seq']) });
  }
}

const unsaid = (scan: Scan, claim: string): RefusedScan => ({
  tid: '',
  code: 'claims.form',
  what: `Nothing was signed: "${claim}" of ${scan.evt} is not of its form.`,
  cure: 'Correct the mapping; the scan is kept.',
  scan,
});
