// What one token costs, step by step, on one thread and without a broker or a database: µs a token.
import { verify } from 'node:crypto';
import { advance, defaultPolicy, foldAll, follows, judgeNext, readClaims, summaryOf } from '@unbroken/custody';
import { importKey, parseTokenSync, verifyTokenSync } from '@unbroken/tokens/node';
import { Backlog, line } from './backlog.js';
import { benchDevice } from './parties.js';

const ROUNDS = 5;
/** Tokens of the chain that is folded whole. */
const LONG = 1000;
const DEPLOYMENT = 'unbroken-development';

/** @param {{ tokens?: string }} options */
export async function run({ tokens: wanted = '50000' }) {
  const sender = await benchDevice('sender');
  const receiver = await benchDevice('receiver');
  const couriers = await Promise.all(['c1', 'c2', 'c3', 'c4', 'c5'].map(benchDevice));
  const backlog = new Backlog(sender, couriers, receiver);
  const { open, tokens: openings } = backlog.register(Math.ceil(Number(wanted) / 10));
  const tokens = [...backlog.handOffs(open)].map(({ token }) => Buffer.from(token));
  const keys = new Map(
    [sender, ...couriers].map(({ id, device }) => [device.kid, { ...importKey(device.jwk), party: id }]),
  );
  const chains = new Map(
    openings.map(({ token }) => {
      const first = recorded(parseTokenSync(token), 0);
      return [first.claims.sub, summaryOf(foldAll(first.claims.sub, [first]))];
    }),
  );
  const context = { policyOf: () => defaultPolicy, hoursOf: () => undefined };

  /** @type {Record<string, number>} */
  const best = {};
  const timed = (/** @type {string} */ stage, /** @type {() => void} */ work) => {
    const begun = performance.now();
    work();
    const us = ((performance.now() - begun) * 1000) / tokens.length;
    best[stage] = Math.min(best[stage] ?? Infinity, us);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    /** @type {import('@unbroken/tokens').Envelope[]} */
    let envelopes = [];
    timed('parse', () => (envelopes = tokens.map((token) => parseTokenSync(token))));
    const prepared = envelopes.map((envelope) => preparedFor(envelope, backlog.keys));
    timed('verify', () =>
      envelopes.forEach((envelope) => verifyTokenSync(envelope, known(keys.get(envelope.header.kid)))),
    );
    timed('crypto.verify alone', () => prepared.forEach(onlyVerify));
    timed('read claims', () => envelopes.forEach(({ claims }) => readClaims(claims, DEPLOYMENT)));
    const all = envelopes.map((envelope, index) => recorded(envelope, index + 1));
    const states = new Map(chains);
    /** @type {[import('@unbroken/custody').ChainSummary, import('@unbroken/custody').RecordedToken][]} */
    const steps = [];
    timed('evolve', () => {
      for (const token of all) {
        const chain = known(states.get(token.claims.sub));
        if (!follows(chain, token)) throw new Error('a token of the benchmark does not follow');
        steps.push([chain, token]);
        states.set(token.claims.sub, advance(chain, token));
      }
    });
    timed('judge', () => steps.forEach(([chain, token]) => judgeNext(chain, token, context)));
    timed('write state', () => [...states.values()].forEach((state) => JSON.stringify(state)));
  }
  const result = Object.fromEntries(Object.entries(best).map(([stage, us]) => [stage, Number(us.toFixed(2))]));
  console.table({ 'µs a token': result });
  const longChainMs = longChain([sender, ...couriers], backlog);
  console.table({ [`a chain of ${LONG} tokens folded, ms`]: longChainMs });
  return { tokens: tokens.length, usPerToken: result, longChainMs };
}

/**
 * One chain that goes round and round, folded whole as for a screen: in the order of the line, and with every acceptance
 * recorded before its release.
 * @param {readonly import('./parties.js').BenchParty[]} parties @param {Backlog} backlog
 */
function longChain(parties, backlog) {
  const { open, tokens } = backlog.register(1);
  const [chain] = open;
  if (chain === undefined) throw new RangeError('no chain was registered');
  const iat = Math.floor(Date.now() / 1000);
  for (let at = 0; tokens.length < LONG; at += 1) {
    const [from, to] = [known(parties[at % parties.length]), known(parties[(at + 1) % parties.length])];
    tokens.push(line(from, chain, { evt: 'released', iat: iat + at, to: to.id, mode: 'meet' }));
    tokens.push(line(to, chain, { evt: 'accepted', iat: iat + at, cond: 'ok' }));
  }
  const inOrder = tokens.slice(0, LONG).map(({ token }, at) => recorded(parseTokenSync(token), at));
  const crossed = inOrder.map((token, at) => known(inOrder[at % 2 === 0 ? Math.max(at - 1, 0) : at + 1] ?? token));
  return { 'in order': folded(inOrder), 'acceptances first': folded(crossed) };
}

/** @param {readonly import('@unbroken/custody').RecordedToken[]} tokens @returns {number} ms */
function folded(tokens) {
  const { sub } = known(tokens[0]).claims;
  let best = Infinity;
  for (let round = 0; round < 10 * ROUNDS; round += 1) {
    const begun = performance.now();
    const { seq } = foldAll(sub, tokens);
    best = Math.min(best, performance.now() - begun);
    if (seq !== LONG - 1) throw new Error(`a chain of the benchmark ends at ${seq}`);
  }
  return Number(best.toFixed(2));
}

/** @param {import('@unbroken/tokens').Envelope} envelope @param {number} index @returns {import('@unbroken/custody').RecordedToken} */
function recorded({ tid, header, claims }, index) {
  const read = readClaims(claims, DEPLOYMENT);
  if (read.chain !== 'shipment') throw new Error('a token of the benchmark is malformed');
  /** @type {import('@unbroken/custody').Standing} */
  const standing = { use: 'device', roles: ['sender', 'courier', 'receiver'], key: 'good' };
  return {
    tid,
    kid: header.kid,
    index,
    recordedAt: Date.now(),
    registrySize: 1,
    claims: read.claims,
    standing,
    mandates: [],
  };
}

/** @template T @param {T | undefined} found @returns {T} */
function known(found) {
  if (found === undefined) throw new Error('the benchmark has lost something of its own');
  return found;
}

/** @param {import('@unbroken/tokens').Envelope} envelope @param {Map<string, import('node:crypto').KeyObject>} keys */
function preparedFor({ signingInput, signature, header }, keys) {
  const key = known(keys.get(header.kid));
  return {
    input: Buffer.from(signingInput),
    signature,
    key: { key, dsaEncoding: /** @type {const} */ ('ieee-p1363') },
  };
}

/** @param {ReturnType<typeof preparedFor>} prepared */
const onlyVerify = ({ input, signature, key }) => verify('sha256', input, key, signature);
