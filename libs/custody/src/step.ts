// What each token in its place does to the line: one case an event (docs/protocol, section 3, column "effect").

import type { PartyId, TokenId } from '@unbroken/tokens';
import type { ShipmentClaims, ShipmentEvent } from './events/catalogue.js';
import { copyOf } from './state-shape.js';
import type { Delivered, Line, Release, SealSeen } from './chain-state.js';
import type { Fresh } from './state-shape.js';
import type { RecordedToken } from './recorded.js';
import { releaseNamed } from './release-named.js';
import { actsFor, byTime, happened, onRoute, routeAt, signed } from './route.js';

type Token<E extends ShipmentEvent> = RecordedToken & { readonly claims: ShipmentClaims<E> };
/** What the token changes in the line it is put on. */
type Step<E extends ShipmentEvent> = (line: Line, token: Token<E>) => Partial<Line>;

const steps: { readonly [E in ShipmentEvent]: Step<E> } = {
  registered: (_line, token) => {
    const { claims, standing } = token;
    const via = claims.via ?? [];
    return {
      sender: claims.iss,
      holder: claims.iss,
      heldSince: happened(token),
      responsible: claims.iss,
      consignee: claims.to,
      via,
      due: claims.due,
      policy: claims.policy,
      pieces: claims.pieces,
      holdsFor: [claims.iss],
      parties: unique([claims.iss, claims.to, ...via]),
      opening: {
        tid: token.tid,
        to: claims.to,
        via,
        due: claims.due,
        kind: claims.kind,
        class: claims.class,
        how: claims.enc.how,
        basis: claims.basis !== undefined,
        refs: claims.refs ?? {},
        kid: token.kid,
        person: standing.person ?? null,
        gateway: standing.use === 'gateway',
        signed: happened(token),
        registrySize: token.registrySize,
      },
    };
  },

  sealed: (line, { claims }) => ({
    seals: { ...line.seals, ...Object.fromEntries(Object.keys(claims.seals).map((id) => [id, 'intact' as const])) },
  }),

  released: (line, token) => {
    const { tid, claims } = token;
    const { iss: from, to, mode, until = null } = claims;
    const at = claims.at ?? null;
    const release = { tid, from, to, mode, until, signed: happened(token), at, accepted: false, answered: null };
    return {
      seals: observed(line, claims.seals),
      offer: { tid, from, to, mode, until },
      releases: answered(line, line.offer?.tid, token).concat(release),
      parties: withParty(line.parties, to),
    };
  },

  withdrawn: (line, token) => ({ offer: null, releases: answered(line, line.offer?.tid, token) }),

  accepted: (line, token) => {
    const release = releaseNamed(line, token);
    return release === null ? {} : taken(line, token, release);
  },

  refused: (line, token) => {
    const release = releaseNamed(line, token);
    const offer = release?.tid === line.offer?.tid ? null : line.offer;
    return { offer, releases: answered(line, release?.tid, token) };
  },

  confirmed: (line, token) => {
    const { consignee } = routeAt(line, token.claims.iat);
    const at = happened(token);
    return {
      seals: observed(line, token.claims.seals),
      holder: consignee,
      heldSince: at,
      responsible: consignee,
      holdsFor: consignee === null ? [] : [consignee],
      offer: null,
      releases: allAnswered(line, token),
      arrived: line.arrived ?? at,
      confirmed: at,
      arrivedUnopened: token.claims.unopened,
      moves: line.moves + 1,
      ended: 'confirmed',
    };
  },

  opened: (_line, { claims }) => ({ items: claims.items }),

  destroyed: (line, token) => ends(line, token, 'destroyed'),

  voided: (line, token) => ends(line, token, 'void'),

  approved: (line, token) => {
    const { tid, kid, standing, claims } = token;
    const who = { kid, person: standing.person ?? null, inPlaceOf: claims.for ?? null };
    const approval = { iat: signed(token), tid, ...who, glass: claims.glass !== undefined };
    return { approvals: [...line.approvals, approval].sort(byTime) };
  },

  extracted: () => ({}),

  inspected: (line, { claims }) => ({ seals: observed(line, claims.seals) }),

  attempted: () => ({}),

  held: () => ({}),

  redirected: (line, token) => {
    const { claims, tid } = token;
    const redirect = { iat: signed(token), tid, to: claims.to, via: claims.via ?? null, due: claims.due ?? null };
    const redirects = [...line.redirects, redirect].sort(byTime);
    return {
      redirects,
      ...routeAt({ opening: line.opening, redirects }),
      parties: unique([...line.parties, claims.to, ...(claims.via ?? [])]),
    };
  },

  reported: (line, token) => {
    const { claims, tid } = token;
    const gone = claims.what === 'lost' || claims.what === 'stolen';
    const knows = claims.iss === line.holder || claims.iss === line.responsible;
    return gone && knows ? { lost: [...line.lost, { iat: signed(token), tid }] } : {};
  },

  imported: (line, token) =>
    token.claims.what === 'delivered'
      ? { delivered: earlier(line.delivered, { at: happened(token), tid: token.tid }) }
      : {},

  found: () => ({}),

  // What these three say of another token takes effect where that one stands: see witnessed.ts, settlements.ts.
  witnessed: () => ({}),
  corrected: () => ({}),
  settled: () => ({}),

  'key-released': () => ({}),
};

/** Nobody waits for an answer to the open offer any more. */
const ends = (line: Line, token: RecordedToken, ended: NonNullable<Line['ended']>): Partial<Line> => ({
  offer: null,
  releases: answered(line, line.offer?.tid, token),
  ended,
});

/** Of two words that it was delivered the one that counts. */
export const earlier = (one: Delivered | null, other: Delivered): Delivered =>
  one === null || other.at < one.at || (other.at === one.at && other.tid < one.tid) ? other : one;

/** The line after a token in its place, signed by the right hands. */
export const step = (line: Line, token: RecordedToken): Line => put(copyOf(line), token);

/** The same where the line has been copied for this: `line` itself is changed. Whatever else it holds stays. */
export function put<L extends Fresh<Line>>(line: L, token: RecordedToken): L {
  const { claims, tid } = token;
  Object.assign(line, (steps[claims.evt] as Step<ShipmentEvent>)(line, token));
  if (!('seq' in claims)) {
    line.tipRemark = { iat: claims.iat, tid };
    return line;
  }
  if (line.lost.length > 0) line.lost = line.lost.filter((report) => claims.iat < report.iat);
  line.tip = tid;
  line.tipSeq = claims.seq;
  line.tipSigned = claims.iat;
  line.tipRemark = null;
  line.tipBeside = false;
  return line;
}

const unique = (parties: readonly PartyId[]): readonly PartyId[] => [...new Set(parties)];

// A list made by `concat` has just the room it needs; one that is spread and added to has room for sixteen more.
const withParty = (parties: readonly PartyId[], party: PartyId): readonly PartyId[] =>
  parties.includes(party) ? parties : parties.concat(party);

function observed(line: Line, seen: ShipmentClaims<'released'>['seals']): Line['seals'] {
  if (seen === undefined) return line.seals;
  const news: [string, SealSeen][] = [];
  for (const [id, state] of Object.entries(seen)) {
    if (state !== 'unobserved' && Object.hasOwn(line.seals, id)) news.push([id, state]);
  }
  return { ...line.seals, ...Object.fromEntries(news) };
}

const answered = (line: Line, tid: string | undefined, answer: RecordedToken): readonly Release[] =>
  tid === undefined
    ? line.releases
    : line.releases.map((release) =>
        release.tid === tid && release.answered === null ? { ...release, answered: happened(answer) } : release,
      );

/** In one pass, for a chain may have hundreds of them. */
function allAnswered(line: Line, answer: RecordedToken, accepted?: TokenId): readonly Release[] {
  const at = happened(answer);
  return line.releases.map((release) => {
    if (release.tid === accepted) return { ...release, accepted: true, answered: release.answered ?? at };
    return release.answered === null ? { ...release, answered: at } : release;
  });
}

/** Is the taker somebody else than the open offer, or else the release it names, asked for (section 5, wrong-party)? */
export function isWrongParty(line: Line, token: RecordedToken, release: Release | null): boolean {
  const asked = line.offer?.to ?? release?.to;
  return asked !== undefined && !actsFor(token, token.claims.iss, asked);
}

/** Custody passes to the taker; responsibility only to whom the release named and the route allows (rule 3). */
function taken(line: Line, token: Token<'accepted'>, release: Release): Partial<Line> {
  const taker = token.claims.iss;
  const route = routeAt(line, token.claims.iat);
  const standsFor = onRoute(token, route, taker);
  const holdsFor = standsFor.reduce(withParty, [taker]);
  const mayCarry = taker === line.sender || standsFor.length > 0;
  const named = actsFor(token, taker, release.to) && !isWrongParty(line, token, release);
  const arrives = route.consignee !== null && holdsFor.includes(route.consignee);
  return {
    seals: observed(line, token.claims.seals),
    holder: taker,
    heldSince: happened(token),
    responsible: named && mayCarry ? taker : line.responsible,
    holdsFor,
    offer: null,
    releases: allAnswered(line, token, release.tid),
    moves: line.moves + 1,
    left: line.left || taker !== line.sender,
    arrived: arrives ? (line.arrived ?? happened(token)) : null,
    parties: withParty(line.parties, taker),
  };
}
