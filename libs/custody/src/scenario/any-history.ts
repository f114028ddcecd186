// Histories nobody would think of: up to five parties and a finder desk sign every event there is, mostly in order, every
// few by anybody, on anything, with clocks that are off and keys that are taken back.

import fc from 'fast-check';
import type { ChainState } from '../chain-state.js';
import { emptyChain } from '../state-shape.js';
import { evolve } from '../evolve.js';
import type { RecordedToken } from '../recorded.js';
import { Scenario } from './scenario.js';

const parties = ['sender', 'post', 'consignee', 'rail', 'stranger'] as const;

interface Move {
  readonly kind: Kind;
  /** Who signs where it is not who should: a party, or nobody. */
  readonly by: number;
  readonly to: number;
  /** How far back the token hangs, or the one that it speaks of lies. */
  readonly after: number;
  readonly of: number;
  readonly skew: number;
  readonly revoked: number;
}

/** Each as often as it stands here. */
const kinds = [
  ...['released', 'released', 'released', 'released', 'accepted', 'accepted', 'accepted', 'accepted'],
  ...['refused', 'withdrawn', 'redirected', 'reported', 'confirmed', 'sealed', 'approved', 'inspected', 'attempted'],
  ...['held', 'imported', 'opened', 'destroyed', 'voided', 'found', 'key-released', 'corrected', 'extracted'],
  ...['settled', 'settled', 'settled', 'witnessed', 'witnessed'],
] as const;
type Kind = (typeof kinds)[number];

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.constantFrom(...kinds),
  by: fc.nat(6),
  to: fc.nat(4),
  after: fc.nat(9),
  of: fc.nat(5),
  skew: fc.nat(5),
  revoked: fc.nat(9),
});

const hash = 'A'.repeat(43);

/** What is said, and who should say it; null where there is nothing to say it of. */
function said(
  { kind, to }: Move,
  state: ChainState,
  of: RecordedToken | undefined,
): [string, Record<string, unknown>] | null {
  const other = parties[to] ?? 'post';
  const holder = state.holder ?? 'sender';
  const name = of === undefined ? {} : { of: of.tid };
  switch (kind) {
    case 'released':
      return [holder, { to: other, mode: 'meet' }];
    case 'accepted':
      return [
        state.offer?.to ?? other,
        { cond: 'ok', ...(to === 4 && of?.claims.evt === 'released' && { rel: of.tid }) },
      ];
    case 'refused':
      return [state.offer?.to ?? other, { why: 'no' }];
    case 'redirected':
      return ['sender', { to: other }];
    case 'reported':
      return [holder, { what: to === 0 ? 'other' : 'lost' }];
    case 'confirmed':
      return [state.consignee ?? other, { pieces: 1, unopened: to !== 0 }];
    case 'sealed':
      return [holder, { seals: { A: 'H' } }];
    case 'inspected':
      return [holder, { seals: { A: to === 0 ? 'broken' : 'intact' } }];
    case 'attempted':
    case 'held':
      return [holder, { why: 'nobody-home' }];
    case 'imported':
      return ['post', { what: 'delivered', when: 1_450_000_100 + to, src: hash }];
    case 'opened':
      return ['consignee', { items: to }];
    case 'destroyed':
      return [holder, { how: 'shredded' }];
    case 'voided':
      return ['sender', { why: 'mistake' }];
    case 'found':
      return ['operator', { opened: 'unknown', mine: to === 0, left: 'kept' }];
    case 'extracted':
      return ['sender', { who: hash, why: 'statistics', dest: hash }];
    case 'key-released':
      return ['sender', { wraps: hash }];
    case 'settled':
      return of === undefined ? null : [state.responsible ?? 'sender', name];
    case 'witnessed':
    case 'corrected':
      return of === undefined ? null : [of.claims.iss, { ...name, ...(kind === 'corrected' && { why: 'wrong' }) }];
    case 'withdrawn':
    case 'approved':
      return [kind === 'withdrawn' ? holder : 'sender', {}];
  }
}

/** Nothing much follows an ending, so that they are rare. */
const isRare = ({ kind, to }: Move): boolean =>
  to !== 0 && (kind === 'destroyed' || kind === 'voided' || kind === 'confirmed');

class Telling {
  readonly scenario = new Scenario();
  private state: ChainState;

  constructor() {
    const opening = this.scenario.registered();
    this.state = evolve(emptyChain(opening.claims.sub), opening);
  }

  move(one: Move): void {
    const { tokens } = this.scenario;
    const { kind, by, after, skew, revoked } = one;
    if (isRare(one)) return;
    if (kind === 'accepted' && this.state.offer === null && by !== 0) this.move({ ...one, kind: 'released', after: 0 });
    const stolen = tokens.findLast(({ standing }) => standing.key === 'revoked');
    const of = (kind === 'witnessed' ? stolen : undefined) ?? tokens.at(-1 - one.of);
    const says = said(one, this.state, of);
    if (says === null) return;
    const [rightful, claims] = says;
    const signer = by < 5 && skew === 0 ? (parties[by] ?? rightful) : rightful;
    // On a remark it would be malformed, which is tried less often.
    const inLine = skew === 4 ? tokens : tokens.filter((token) => 'seq' in token.claims);
    const on = after < 7 ? undefined : inLine.at(5 - after);
    const token = this.scenario.tell(kind, signer, claims, {
      ...(on === undefined ? {} : { after: on }),
      ...(skew === 5 ? { iat: 1_450_000_000 + one.of } : {}),
      ...(revoked === 9 ? { standing: { key: 'revoked' }, key: 'stolen' } : {}),
      ...(kind === 'imported' ? { standing: { use: 'gateway' } } : {}),
    });
    this.state = evolve(this.state, token);
  }
}

function tell(moves: readonly Move[]): Scenario {
  const telling = new Telling();
  for (const one of moves) telling.move(one);
  return telling.scenario;
}

/** A registered chain and what up to `most` moves make of it. */
export const anyHistory = (most: number): fc.Arbitrary<Scenario> =>
  fc.array(move, { minLength: 1, maxLength: most, size: 'max' }).map(tell);
