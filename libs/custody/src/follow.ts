// Follows a chain along its tokens, from the opening on, and settles what hangs beside the line (docs/protocol,
// section 4, rules 1, 4 and 9).

import type { TokenId } from '@unbroken/tokens';
import type { Anchor } from './anchor.js';
import { unopened } from './chain-state.js';
import type { Delivered, Line } from './chain-state.js';
import { isLineToken, placeOf } from './place.js';
import type { LineToken, Place, Placed } from './place.js';
import { isMalformed } from './recorded.js';
import type { Recorded, RecordedToken } from './recorded.js';
import { byTime } from './route.js';
import { earlier, step } from './step.js';

export interface Head {
  readonly tid: TokenId;
  readonly seq: number;
}

/** Where following ended: the line, what to sign on next, and the branches where nobody can tell which is true. */
export interface End {
  readonly line: Line;
  readonly head: Head | null;
  readonly disputed: readonly TokenId[];
}

export class Follower {
  private readonly openings: LineToken[] = [];
  private readonly behind = new Map<TokenId | null, LineToken[]>();
  private readonly remarks = new Map<TokenId | null, RecordedToken[]>();

  /** `visit` is told of every token that finds a place, once. */
  constructor(
    history: readonly Recorded[],
    anchor: ReadonlyMap<TokenId, Anchor>,
    private readonly visit: (placed: Placed) => void,
  ) {
    for (const token of history) {
      if (isMalformed(token) || anchor.get(token.tid) !== 'anchored') continue;
      if (!isLineToken(token)) add(this.remarks, prevOf(token), token);
      else if (prevOf(token) === null) this.openings.push(token);
      else add(this.behind, prevOf(token), token);
    }
  }

  /** The first opening recorded with a valid key opens the chain; another is said twice. */
  follow(): End {
    let opening: LineToken | null = null;
    for (const token of this.openings) {
      if (token.standing.key === 'revoked') this.place(token, 'revoked', unopened);
      else if (opening !== null) this.place(token, 'twice', unopened);
      else opening = token;
    }
    return opening === null ? { line: unopened, head: null, disputed: [] } : this.from(unopened, opening, false);
  }

  private from(before: Line, first: LineToken, rival: boolean): End {
    let line = before;
    let token = first;
    for (;;) {
      this.place(token, 'line', line, rival && token === first);
      const { after, next, loose } = this.around(step(line, token), token.tid);
      line = after;
      const [only, ...rivals] = next;
      if (only === undefined) return { line, head: headOf(token, loose), disputed: [] };
      if (rivals.length > 0) return this.fork(line, token, next);
      token = only;
    }
  }

  /** Two line tokens behind the same one: both are kept and nobody's word decides (rule 4). */
  private fork(line: Line, point: LineToken, branches: readonly LineToken[]): End {
    const ends = branches.map((first, order) => this.from(line, first, order > 0));
    const moved = ends.find((end) => end.line.moves > line.moves);
    return {
      line: {
        ...line,
        ...whatever(
          ends.map((end) => end.line),
          line,
        ),
        holder: moved?.line.holder ?? line.holder,
        heldSince: moved?.line.heldSince ?? line.heldSince,
        moves: Math.max(...ends.map(({ line: { moves } }) => moves)),
      },
      head: { tid: point.tid, seq: point.claims.seq },
      disputed: branches.map(({ tid }) => tid),
    };
  }

  /**
   * Everything that hangs on a token in place: remarks, who may follow it, and what moves nothing. What hangs on the
   * latter is folded as if it hung on the former.
   */
  private around(stepped: Line, at: TokenId): { after: Line; next: LineToken[]; loose: LineToken[] } {
    const line = this.remark(stepped, this.remarks.get(at) ?? []);
    const next: LineToken[] = [];
    const loose: LineToken[] = [];
    const skipped: TokenId[] = [];
    const queue = [...(this.behind.get(at) ?? [])];
    for (let token = queue.shift(); token !== undefined; token = queue.shift()) {
      const place = placeOf(line, token);
      if (place === 'line') {
        next.push(token);
        continue;
      }
      this.place(token, place, line);
      skipped.push(token.tid);
      if (place !== 'revoked') loose.push(token);
      queue.push(...(this.behind.get(token.tid) ?? []));
    }
    const strays = loose.filter(({ claims }) => claims.evt === 'released').map(({ tid }) => tid);
    const after = strays.length === 0 ? line : { ...line, strays: [...line.strays, ...strays.sort()] };
    const beside = skipped.flatMap((tid) => this.remarks.get(tid) ?? []);
    return {
      after: beside.length === 0 ? after : { ...this.remark(after, beside), tipBeside: true },
      next: next.sort((a, b) => a.index - b.index),
      loose,
    };
  }

  private remark(line: Line, remarks: readonly RecordedToken[]): Line {
    return remarks
      .toSorted((a, b) => byTime(signedAt(a), signedAt(b)))
      .reduce((before, token) => {
        const place = placeOf(before, token);
        this.place(token, place, before);
        return place === 'remark' ? step(before, token) : { ...before, tipRemark: signedAt(token) };
      }, line);
  }

  private place(token: RecordedToken, place: Place, line: Line, rival = false): void {
    this.visit({ token, place, line, rival });
  }
}

/** What happened on any branch and is true whichever is: who took part, what was answered, confirmed, arrived when. */
function whatever(ends: readonly Line[], at: Line): Partial<Line> {
  const earliest = (times: readonly (number | null | undefined)[]) =>
    times.reduce<number | null>((first, time) => (time == null ? first : Math.min(first ?? time, time)), null);
  const joined = ends.flatMap(({ parties }) => parties).filter((party) => !at.parties.includes(party));
  return {
    parties: [...at.parties, ...[...new Set(joined)].sort()],
    left: ends.some(({ left }) => left),
    arrived: earliest(ends.map(({ arrived }) => arrived)),
    confirmed: earliest(ends.map(({ confirmed }) => confirmed)),
    delivered: ends.flatMap(({ delivered }) => delivered ?? []).reduce<Delivered | null>(earlier, null),
    releases: at.releases.map((release) => ({
      ...release,
      answered: earliest(ends.map(({ releases }) => releases.find(({ tid }) => tid === release.tid)?.answered)),
    })),
  };
}

const signedAt = ({ claims, tid }: RecordedToken) => ({ iat: claims.iat, tid });

/** A token of the wrong hands is what to sign on only while nothing else follows (rule 1). */
function headOf(tip: LineToken, loose: readonly LineToken[]): Head {
  const newest = [...loose].sort((a, b) => a.claims.seq - b.claims.seq || byTime(signedAt(a), signedAt(b))).at(-1);
  const { tid, claims } = newest ?? tip;
  return { tid, seq: claims.seq };
}

const prevOf = ({ claims }: RecordedToken): TokenId | null => ('prev' in claims ? claims.prev : null);

function add<T>(map: Map<TokenId | null, T[]>, key: TokenId | null, value: T): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, [value]);
  else there.push(value);
}
