// One party's key at work: says who and when, finds the place in the chain, signs, posts, and waits for the record.

import type { TrustAnswer } from '@unbroken/contracts';
import { newJti, mintToken, parseToken } from '@unbroken/tokens';
import type { Jti, PartyId, ShipmentId, Signer, TokenId } from '@unbroken/tokens';
import { HubProblem } from '../client/hub-errors.js';
import type { Door, UnbrokenClient } from '../client/unbroken-client.js';
import { checkReceipt } from '../promises/check-receipt.js';
import type { TokenKeeper } from '../promises/kept-token.js';
import { heldPromise } from '../promises/weigh-promise.js';
import { wellFormed } from './claims-refused.js';

export interface PenParts {
  readonly client: UnbrokenClient;
  readonly party: PartyId;
  readonly signer: Signer;
  /** The service that is asked to take the tokens. */
  readonly door: Door;
  /** Milliseconds since 1970: the device's clock. */
  readonly now: () => number;
  /** Seconds to wait for the record of each token; 0: do not wait. */
  readonly wait?: number;
  /** Keeps each token with the hub's promise or its receipt; left out: neither is kept, and no receipt is waited for. */
  readonly keeper?: TokenKeeper;
}

/** Where the next line token goes: on `prev`, numbered `seq`. */
export interface Place {
  readonly prev: TokenId;
  readonly seq: number;
}

export interface Written {
  readonly tid: TokenId;
  readonly sub: ShipmentId | PartyId;
  readonly token: string;
  /** The hub has it for good, but had not recorded it when the waiting ended. */
  readonly pending: boolean;
}

type Sub = ShipmentId | PartyId;
type Statement = Readonly<Record<string, unknown>>;

const DEFAULT_WAIT_S = 10;

export class Pen {
  readonly party: PartyId;
  readonly signer: Signer;
  readonly client: UnbrokenClient;
  readonly #door: Door;
  readonly #now: () => number;
  readonly #wait: number;
  readonly #keeper: TokenKeeper | undefined;
  #trust: Promise<TrustAnswer> | undefined;

  constructor({ client, party, signer, door, now, wait = DEFAULT_WAIT_S, keeper }: PenParts) {
    this.client = client;
    this.party = party;
    this.signer = signer;
    this.#door = door;
    this.#now = now;
    this.#wait = wait;
    this.#keeper = keeper;
  }

  /** The name of the hub's deployment, for `aud`. */
  async deployment(): Promise<string> {
    return (await this.#trusted()).deployment;
  }

  #trusted(): Promise<TrustAnswer> {
    this.#trust ??= this.client.trust();
    this.#trust.catch(() => (this.#trust = undefined));
    return this.#trust;
  }

  /** Signs and posts the token that opens a chain. */
  open(evt: string, sub: Sub, said: Statement, jti: Jti = newJti()): Promise<Written> {
    return this.#write(evt, sub, jti, { seq: 0, ...said });
  }

  /** Signs and posts a line token; behind the head the hub tells, or at the place given. */
  async line(evt: string, sub: Sub, said: Statement, on?: Place): Promise<Written> {
    return this.#write(evt, sub, newJti(), { ...(on ?? (await this.place(sub))), ...said });
  }

  /** Signs and posts a remark, on the head the hub tells or on the one given. */
  async remark(evt: string, sub: Sub, said: Statement, on?: Pick<Place, 'prev'>): Promise<Written> {
    const { prev } = on ?? (await this.place(sub));
    return this.#write(evt, sub, newJti(), { prev, ...said });
  }

  /** Where the hub says that the next line token of this chain goes. */
  async place(sub: Sub): Promise<Place> {
    const { head = null, seq = null } = (await this.client.chain(sub)).state ?? {};
    if (head !== null && seq !== null) return { prev: head as TokenId, seq: seq + 1 };
    throw new HubProblem({
      status: 409,
      code: 'chain.unopened',
      detail: `Nothing opens the chain of ${sub}: its first token has not reached the hub.`,
      cure: 'Post the token that opens it first, then sign this one again.',
    });
  }

  async #write(evt: string, sub: Sub, jti: Jti, said: Statement): Promise<Written> {
    const now = this.#now();
    const claims = wellFormed({ iss: this.party, sub, jti, iat: Math.floor(now / 1000), evt, ...defined(said) });
    const token = await mintToken(claims, this.signer);
    const { tid } = parseToken(token);
    const waiting = this.#wait > 0 ? { wait: this.#wait, receipt: this.#keeper !== undefined } : {};
    const { tokens, promise } = await this.client.post(this.#door, [token], { clock: now / 1000, ...waiting });
    const [line] = tokens;
    // A malformed one is in the log under another text than the token.
    const isRecorded = line !== undefined && 'status' in line && line.status === 'recorded';
    await this.#keep(token, { promise, receipt: isRecorded ? line.receipt : undefined });
    if (line !== undefined && 'refused' in line) throw new HubProblem(line.refused);
    const status = line !== undefined && 'status' in line ? line.status : undefined;
    if (status === 'refused') throw notRecorded(line, evt);
    return { tid, sub, token, pending: status === undefined };
  }

  /**
   * Kept before it is checked: a false promise is worth keeping too.
   * @throws PromiseRefused, TlogRefused, RangeError when what the hub gave does not hold
   */
  async #keep(token: string, given: { readonly promise: string | undefined; readonly receipt: string | undefined }) {
    const { promise, receipt } = given;
    if (this.#keeper === undefined || (promise === undefined && receipt === undefined)) return;
    await this.#keeper.keep({ format: 'unbroken-kept/1', token, promise, receipt });
    const trust = await this.#trusted();
    if (promise !== undefined) await heldPromise(promise, token, trust);
    if (receipt === undefined) return;
    await checkReceipt(token, receipt, trust);
    await this.#keeper.keep({ format: 'unbroken-kept/1', token, receipt });
  }
}

/** A claim that is undefined is not said. */
const defined = (said: Statement): Statement =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));

function notRecorded(line: object | undefined, evt: string): HubProblem {
  const code = line !== undefined && 'code' in line ? String(line.code) : 'token.refused';
  return new HubProblem({
    status: 422,
    code,
    detail: `The ledger did not record the token "${evt}".`,
    cure: cures[code] ?? 'Ask the operator, with this code; the token is kept in quarantine with the reason.',
  });
}

const cures: Readonly<Record<string, string>> = {
  'token.unknown-key': 'Enrol the key with `unbroken party enrol`, and have the party admitted by the operator.',
  'token.other-party': 'Sign with a key of your own party: see `unbroken keys list`.',
  'token.party-taken': 'Choose another party id: this one was established with another root key.',
  'key.possession': 'Enrol the key again from the device that holds it.',
};
