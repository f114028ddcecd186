// Follows a chain along its tokens, from the opening on, and settles what hangs beside the line (docs/protocol,
// section 4, rules 1, 4 and 9).

import type { TokenId } from '@unbroken/tokens';
import type { Anchor, Said } from './anchor.js';
import { kept, whatever } from './branches.js';
import { copyOf, unopened } from './state-shape.js';
import type { Line } from './chain-state.js';
import { isLineToken, placeOf } from './place.js';
import type { LineToken, Place, Placed } from './place.js';
import { isMalformed } from './recorded.js';
import type { Recorded, RecordedToken } from './recorded.js';
import { byTime, signed } from './route.js';
import { isSettlement, Settlements } from './settlements.js';
import type { Settlement } from './settlements.js';
import { step } from './step.js';
import { witnessedTokens } from './witnessed.js';

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
  private readonly witnessed: ReadonlySet<TokenId>;
  private settlements: Settlements | undefined;
  /** What settles nothing as far as is known, with the line to judge it by: of the fork it speaks of, else where it hangs. */
  private readonly unheeded = new Map<Settlement, Line>();
  /** What settled its fork, or did until a later one. */
  readonly heeded = new Set<Settlement>();

  /** `visit` is told of every token that finds a place, once. */
  constructor(
    private readonly history: readonly Recorded[],
    private readonly chain: { readonly anchor: ReadonlyMap<TokenId, Anchor>; readonly said: Said },
    private readonly visit: (placed: Placed) => void,
  ) {
    const { anchor, said } = chain;
    this.witnessed = witnessedTokens(history, anchor, said);
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
      if (token.standing.key === 'revoked' && !this.witnessed.has(token.tid)) this.place(token, 'revoked', unopened);
      else if (opening !== null) this.place(token, 'twice', unopened);
      else opening = token;
    }
    if (opening === null) return { line: unopened, head: null, disputed: [] };
    this.settlements = new Settlements(this.history, this.chain, opening.tid);
    const end = this.from(unopened, opening, false);
    for (const [token, line] of this.unheeded) this.place(token, this.placeOf(line, token), line);
    return end;
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

  /** Two line tokens behind the same one: both are kept, and the responsible party says which is true (rule 4). */
  private fork(line: Line, point: LineToken, branches: readonly LineToken[]): End {
    const settled = this.settledOn(line, branches);
    const ends = branches.flatMap((first, order) =>
      first === settled ? [] : [this.from(line, first, order > 0).line],
    );
    // Followed last, and from a line that knows who took part in the others, so that the chain simply goes on.
    if (settled !== undefined) return this.from(changed(line, kept(ends, line)), settled, settled !== branches[0]);
    const moved = ends.find(({ moves }) => moves > line.moves);
    return {
      line: changed(line, {
        ...whatever(ends, line),
        holder: moved?.holder ?? line.holder,
        heldSince: moved?.heldSince ?? line.heldSince,
        moves: Math.max(...ends.map(({ moves }) => moves)),
      }),
      head: { tid: point.tid, seq: point.claims.seq },
      disputed: branches.map(({ tid }) => tid),
    };
  }

  /** The branch that the party responsible at the fork has called true last. */
  private settledOn(line: Line, branches: readonly LineToken[]): LineToken | undefined {
    const rightful: { readonly branch: LineToken; readonly token: Settlement }[] = [];
    for (const branch of branches) {
      for (const token of this.settlements?.naming(branch.tid) ?? []) {
        if (this.placeOf(line, token) === 'remark') rightful.push({ branch, token });
        else if (!this.heeded.has(token)) this.unheeded.set(token, line);
      }
    }
    for (const { token } of rightful) this.heed(token, line);
    return rightful.sort((a, b) => byTime(settledAt(a.token), settledAt(b.token))).at(-1)?.branch;
  }

  private heed(token: Settlement, line: Line): void {
    if (this.heeded.has(token)) return;
    this.heeded.add(token);
    this.unheeded.delete(token);
    this.place(token, 'remark', line);
  }

  /**
   * Everything that hangs on a token in place: remarks, who may follow it, and what moves nothing. What hangs on the
   * latter is folded as if it hung on the former.
   */
  private around(stepped: Line, at: TokenId): { after: Line; next: LineToken[]; loose: LineToken[] } {
    const hanging = this.remarks.get(at);
    const line = hanging === undefined ? stepped : this.remark(stepped, hanging);
    const next: LineToken[] = [];
    const loose: LineToken[] = [];
    const skipped: TokenId[] = [];
    const queue = [...(this.behind.get(at) ?? [])];
    for (let token = queue.shift(); token !== undefined; token = queue.shift()) {
      const place = this.placeOf(line, token);
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
    const after = strays.length === 0 ? line : changed(line, { strays: [...line.strays, ...strays.sort()] });
    const beside = skipped.flatMap((tid) => this.remarks.get(tid) ?? []);
    return {
      after: beside.length === 0 ? after : changed(this.remark(after, beside), { tipBeside: true }),
      next: next.sort((a, b) => a.index - b.index),
      loose,
    };
  }

  private remark(line: Line, remarks: readonly RecordedToken[]): Line {
    return remarks
      .toSorted((a, b) => byTime(signedAt(a), signedAt(b)))
      .reduce((before, token) => {
        if (isSettlement(token)) {
          if (!this.heeded.has(token) && !this.unheeded.has(token)) this.unheeded.set(token, before);
          return before;
        }
        const place = this.placeOf(before, token);
        this.place(token, place, before);
        return place === 'remark' ? step(before, token) : changed(before, { tipRemark: signedAt(token) });
      }, line);
  }

  private placeOf(line: Line, token: RecordedToken): Place {
    return placeOf(line, token, { witnessed: this.witnessed.has(token.tid), about: this.about(token) });
  }

  private about({ claims }: RecordedToken): Recorded | undefined {
    return 'of' in claims ? this.chain.said.get(claims.of) : undefined;
  }

  private place(token: RecordedToken, place: Place, line: Line, rival = false): void {
    this.visit({ token, place, line, rival, about: this.about(token) });
  }
}

const changed = (line: Line, change: Partial<Line>): Line => Object.assign(copyOf(line), change);

const signedAt = ({ claims, tid }: RecordedToken) => ({ iat: claims.iat, tid });
const settledAt = (token: Settlement) => ({ iat: signed(token), tid: token.tid });

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
