// How lines and summaries are made: each in one shape, whoever makes it (docs/decisions/0049).

import type { ShipmentId } from '@unbroken/tokens';
import type { ChainState, ChainSummary, Line } from './chain-state.js';

export const unopened: Line = {
  sender: null,
  holder: null,
  heldSince: null,
  responsible: null,
  consignee: null,
  via: [],
  due: null,
  policy: null,
  opening: null,
  offer: null,
  releases: [],
  strays: [],
  redirects: [],
  approvals: [],
  seals: {},
  pieces: null,
  items: null,
  lost: [],
  holdsFor: [],
  moves: 0,
  left: false,
  arrived: null,
  ended: null,
  confirmed: null,
  arrivedUnopened: null,
  parties: [],
  delivered: null,
  tip: null,
  tipSeq: -1,
  tipSigned: null,
  tipRemark: null,
  tipBeside: false,
};

/** Just made, so that nobody else has it yet: it may be changed. */
export type Fresh<T> = { -readonly [Member in keyof T]: T[Member] };

/**
 * The same line, to be changed. There is one for every token, so each member is written out, here and in `summary`:
 * whatever is made by one of these has one shape to the engine, is made in one allocation and read quickly. Copied by a
 * spread, so many members take ten times as long and have as many shapes as there are places that copy them.
 */
export const copyOf = (line: Line): Fresh<Line> => ({
  sender: line.sender,
  holder: line.holder,
  heldSince: line.heldSince,
  responsible: line.responsible,
  consignee: line.consignee,
  via: line.via,
  due: line.due,
  policy: line.policy,
  opening: line.opening,
  offer: line.offer,
  releases: line.releases,
  strays: line.strays,
  redirects: line.redirects,
  approvals: line.approvals,
  seals: line.seals,
  pieces: line.pieces,
  items: line.items,
  lost: line.lost,
  holdsFor: line.holdsFor,
  moves: line.moves,
  left: line.left,
  arrived: line.arrived,
  ended: line.ended,
  confirmed: line.confirmed,
  arrivedUnopened: line.arrivedUnopened,
  parties: line.parties,
  delivered: line.delivered,
  tip: line.tip,
  tipSeq: line.tipSeq,
  tipSigned: line.tipSigned,
  tipRemark: line.tipRemark,
  tipBeside: line.tipBeside,
});

/** What there is to know of a chain beside its line. */
type Beside = Omit<ChainSummary, keyof Line>;

/** A line with what there is to know beside it, to be changed. */
export const summary = (line: Line, beside: Beside): Fresh<ChainSummary> => ({
  sender: line.sender,
  holder: line.holder,
  heldSince: line.heldSince,
  responsible: line.responsible,
  consignee: line.consignee,
  via: line.via,
  due: line.due,
  policy: line.policy,
  opening: line.opening,
  offer: line.offer,
  releases: line.releases,
  strays: line.strays,
  redirects: line.redirects,
  approvals: line.approvals,
  seals: line.seals,
  pieces: line.pieces,
  items: line.items,
  lost: line.lost,
  holdsFor: line.holdsFor,
  moves: line.moves,
  left: line.left,
  arrived: line.arrived,
  ended: line.ended,
  confirmed: line.confirmed,
  arrivedUnopened: line.arrivedUnopened,
  parties: line.parties,
  delivered: line.delivered,
  tip: line.tip,
  tipSeq: line.tipSeq,
  tipSigned: line.tipSigned,
  tipRemark: line.tipRemark,
  tipBeside: line.tipBeside,
  status: beside.status,
  closed: beside.closed,
  sub: beside.sub,
  head: beside.head,
  seq: beside.seq,
  disputed: beside.disputed,
  gaps: beside.gaps,
  gapTimes: beside.gapTimes,
  waiting: beside.waiting,
  recordedAt: beside.recordedAt,
});

/** The state without its history, to be changed. */
export const summaryOf = (state: ChainSummary): Fresh<ChainSummary> => summary(state, state);

/** A chain of which nothing is recorded yet. */
export const emptySummary = (sub: ShipmentId): ChainSummary =>
  summary(unopened, {
    status: 'prepared',
    closed: false,
    sub,
    head: null,
    seq: null,
    disputed: [],
    gaps: [],
    gapTimes: [],
    waiting: [],
    recordedAt: 0,
  });

/** The same, with its history. */
export const emptyChain = (sub: ShipmentId): ChainState => Object.assign(emptySummary(sub), { history: [] });
