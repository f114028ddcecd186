// Parcels that travel: so many chains, each handed on from courier to courier, released and accepted. The hand-offs of
// all chains are interleaved, as they are on any ordinary evening: no two tokens of a batch are of one chain but the two
// halves of one hand-off.
import { createHash } from 'node:crypto';
import kafkajs from 'kafkajs';
import { defaultPolicyHash } from '@unbroken/custody';
import { piecesOf, signManifest, statementId } from '@unbroken/manifests';
import { nodeSha256 } from '@unbroken/tlog/node';
import { newJti, sha256Hash, shipmentId } from '@unbroken/tokens';
import { benchParty } from './parties.js';

export const HANDOFFS_PER_CHAIN = 5;
const AT_ONCE = 500;
const TEN_DAYS_S = 864_000;

/** @typedef {import('./parties.js').BenchParty} BenchParty */

export class Backlog {
  #sender;
  #couriers;
  #receiver;

  /** @param {BenchParty} sender @param {readonly BenchParty[]} couriers @param {BenchParty} receiver */
  constructor(sender, couriers, receiver) {
    this.#sender = sender;
    this.#couriers = couriers;
    this.#receiver = receiver;
  }

  /** @param {string} url of a running development hub */
  static async parties(url) {
    const couriers = [];
    for (let no = 1; no <= HANDOFFS_PER_CHAIN; no += 1)
      couriers.push(await benchParty(url, `courier-${no}`, 'courier'));
    return new Backlog(
      await benchParty(url, 'sender', 'sender'),
      couriers,
      await benchParty(url, 'receiver', 'receiver'),
    );
  }

  /** The public key of whoever signed, by key id. */
  get keys() {
    return new Map([this.#sender, ...this.#couriers].map(({ device, publicKey }) => [device.kid, publicKey]));
  }

  /** New chains and their openings. @param {number} chains @param {object} claims more of each @returns {{ open: Open[], tokens: Keyed[] }} */
  register(chains, claims = {}) {
    const now = Math.floor(Date.now() / 1000);
    /** @type {Open[]} */
    const open = [];
    const tokens = [];
    for (let no = 0; no < chains; no += 1) {
      const jti = newJti();
      const sub = shipmentId(this.#sender.id, jti);
      const token = this.#sender.mint({
        jti,
        sub,
        iat: now,
        evt: 'registered',
        seq: 0,
        aud: 'unbroken-development',
        kind: 'physical',
        to: this.#receiver.id,
        via: this.#couriers.map(({ id }) => id),
        contents: sha256Hash(Buffer.from(jti)),
        class: 'internal',
        enc: { how: 'none' },
        due: now + TEN_DAYS_S,
        pieces: 1,
        policy: defaultPolicyHash,
        ...claims,
      });
      open.push({ sub, head: tidOf(token), seq: 0 });
      tokens.push({ sub, token });
    }
    return { open, tokens };
  }

  /** A first offer of every chain, to a courier. @param {readonly Open[]} open @returns {Generator<Keyed>} */
  *offers(open) {
    const [to] = this.#couriers;
    if (to === undefined) throw new RangeError('nobody to offer to');
    const iat = Math.floor(Date.now() / 1000);
    for (const chain of open) yield line(this.#sender, chain, { evt: 'released', iat, to: to.id, mode: 'meet' });
  }

  /**
   * Every hand-off of every chain, round by round.
   * @param {readonly Open[]} open
   * @returns {Generator<Keyed>} released, accepted, released, …
   */
  *handOffs(open) {
    const now = Math.floor(Date.now() / 1000);
    for (const { from, to, round } of this.#rounds()) {
      for (const chain of open) {
        yield line(from, chain, { evt: 'released', iat: now + round, to: to.id, mode: 'meet' });
        yield line(to, chain, { evt: 'accepted', iat: now + round, cond: 'ok' });
      }
    }
  }

  /**
   * The same hand-offs by manifests: so many chains to each, one released and one accepted.
   * @param {readonly Open[]} open @param {number} most
   * @returns {AsyncGenerator<Keyed>} the pieces of one manifest after the other
   */
  async *manifests(open, most) {
    const now = Math.floor(Date.now() / 1000);
    for (const { from, to, round } of this.#rounds()) {
      for (let first = 0; first < open.length; first += most) {
        const chains = open.slice(first, first + most);
        yield* pieces(from, chains, { evt: 'released', iat: now + round, said: { to: to.id, mode: 'meet' } });
        yield* pieces(to, chains, { evt: 'accepted', iat: now + round, said: { cond: 'ok' } });
      }
    }
  }

  /** Who hands on to whom. */
  *#rounds() {
    for (let round = 0; round < HANDOFFS_PER_CHAIN; round += 1) {
      const from = round === 0 ? this.#sender : this.#couriers[round - 1];
      const to = this.#couriers[round];
      if (from === undefined || to === undefined) throw new RangeError('more hand-offs than couriers');
      yield { from, to, round };
    }
  }
}

/**
 * @param {BenchParty} by @param {readonly Open[]} chains
 * @param {Omit<import('@unbroken/manifests').Gesture, 'iss'>} gesture
 * @returns {AsyncGenerator<Keyed>}
 */
async function* pieces(by, chains, gesture) {
  const items = chains.map(({ sub, head, seq }) => ({ sub, prev: head, seq: seq + 1 }));
  const manifest = await signManifest(
    { iss: by.id, ...gesture },
    /** @type {import('@unbroken/manifests').ManifestItem[]} */ (items),
    by.device,
  );
  for (const [at, token] of (await piecesOf(manifest, nodeSha256)).entries()) {
    const chain = chains[at];
    if (chain === undefined) throw new RangeError('more pieces than chains');
    chain.head = statementId(token, nodeSha256);
    chain.seq += 1;
    yield { sub: chain.sub, token };
  }
}

/**
 * @typedef {{ sub: string, head: string, seq: number }} Open
 * @typedef {{ sub: string, token: string }} Keyed
 */

/** The chain's next line token. @param {BenchParty} by @param {Open} chain @param {object} claims @returns {Keyed} */
export function line(by, chain, claims) {
  const token = by.mint({ sub: chain.sub, prev: chain.head, seq: chain.seq + 1, ...claims });
  chain.head = tidOf(token);
  chain.seq += 1;
  return { sub: chain.sub, token };
}

/** @param {string} token */
export const tidOf = (token) =>
  createHash('sha256')
    .update(token.slice(0, token.lastIndexOf('.')))
    .digest('base64url');

/** @type {Map<string, Promise<import('kafkajs').Producer>>} by brokers, connected for as long as the benchmark runs */
const producers = new Map();

/** @param {string} brokers */
async function connected(brokers) {
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.ERROR });
  const producer = kafka.producer({ maxInFlightRequests: 1, idempotent: true });
  await producer.connect();
  return producer;
}

/** Puts tokens on custody.tokens.v1 as the intakes' outboxes do. @param {string} brokers @param {Iterable<Keyed>} tokens */
export async function post(brokers, tokens) {
  const connecting = producers.get(brokers) ?? connected(brokers);
  producers.set(brokers, connecting);
  const producer = await connecting;
  /** @type {import('kafkajs').Message[]} */
  let messages = [];
  const send = async () => {
    if (messages.length > 0) await producer.send({ topic: 'custody.tokens.v1', messages });
    messages = [];
  };
  for (const { sub, token } of tokens) {
    messages.push({ key: sub, value: token, headers: { 'received-at': new Date().toISOString() } });
    if (messages.length >= AT_ONCE) await send();
  }
  await send();
}
