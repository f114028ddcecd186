// A chain told token by token, for tests of the fold: each token hangs on the last one unless told otherwise.

import { newJti, sha256Hash, shipmentId } from '@unbroken/tokens';
import type { KeyId, PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import { emptyChain } from '../state-shape.js';
import type { ChainState } from '../chain-state.js';
import { evolve } from '../evolve.js';
import type { ShipmentEvent } from '../events/catalogue.js';
import { catalogue } from '../events/catalogue.js';
import { readClaims } from '../events/read-claims.js';
import { roles } from '../events/forms.js';
import type { FindingCode } from '../finding.js';
import { judge, judgeChain } from '../judge/judge.js';
import type { JudgeContext } from '../judge/judged.js';
import { defaultPolicy } from '../policy/default-policy.js';
import type { Mandate, RecordedToken, Standing } from '../recorded.js';

export const context: JudgeContext = { policyOf: () => defaultPolicy, hoursOf: () => undefined };

const someHash = (text: string) => sha256Hash(new TextEncoder().encode(text));

interface Circumstances {
  /** What the token hangs on; the last line token told where absent. */
  after?: RecordedToken | TokenId;
  iat?: number;
  standing?: Partial<Standing>;
  /** Name of the signing key; the only one of the party where absent. */
  key?: string;
  mandates?: Mandate[];
  drift?: number;
  /** Seconds; when everything it speaks of has happened, where absent. */
  recorded?: number;
  /** Claims as they are put on the wire, in place of the usual ones. */
  claims?: Record<string, unknown>;
}

export const mandate = (by: string, to: string, more: { site?: string; until?: number } = {}): Mandate =>
  ({ by, to, ...more }) as Mandate;

export class Scenario {
  readonly tokens: RecordedToken[] = [];
  private last: RecordedToken | null = null;
  private now = 1_450_000_000;
  private sub = '' as ShipmentId;

  /** Opens the chain: from `sender` by way of `via` to `to`, class internal unless said otherwise. */
  registered(claims: Record<string, unknown> = {}, circumstances: Circumstances = {}): RecordedToken {
    const jti = newJti();
    const iss = (claims['iss'] ?? 'sender') as PartyId;
    this.sub = shipmentId(iss, jti);
    const usual = {
      aud: 'test',
      kind: 'physical',
      to: 'consignee',
      via: ['post'],
      contents: someHash('contents'),
      class: 'internal',
      enc: { how: 'none' },
      due: this.now + 7 * 86_400,
      pieces: 1,
      policy: someHash('policy'),
    };
    return this.tell('registered', iss, { jti, seq: 0, ...usual, ...claims }, circumstances);
  }

  tell(evt: ShipmentEvent, iss: string, claims: Record<string, unknown> = {}, more: Circumstances = {}): RecordedToken {
    this.now += 60;
    const after = more.after ?? this.last?.tid;
    const prev = typeof after === 'object' ? after.tid : after;
    const on = this.tokens.find(({ tid }) => tid === prev);
    const place = catalogue.get(evt)?.place;
    const seq = on !== undefined && 'seq' in on.claims ? on.claims.seq + 1 : 1;
    const read = readClaims(
      {
        iss,
        sub: this.sub,
        jti: newJti(),
        iat: more.iat ?? this.now,
        evt,
        ...(place === 'opening' ? {} : { prev }),
        ...(place === 'line' ? { seq } : {}),
        ...claims,
        ...more.claims,
      },
      'test',
    );
    if (read.chain !== 'shipment') throw new Error(`the scenario told a malformed ${evt}: ${JSON.stringify(read)}`);
    const token: RecordedToken = {
      tid: someHash(JSON.stringify(read.claims)) as string as TokenId,
      kid: someHash(more.key ?? `key of ${iss}`) as string as KeyId,
      index: this.tokens.length,
      recordedAt: (more.recorded ?? Math.max(this.now, read.claims.iat, read.claims.when ?? 0)) * 1000,
      registrySize: 10,
      claims: read.claims,
      standing: { use: 'device', roles, key: 'good', person: `person-of-${iss}`, ...more.standing },
      mandates: more.mandates ?? [],
      ...(more.drift === undefined ? {} : { drift: more.drift }),
    };
    this.tokens.push(token);
    if (place !== 'remark') this.last = token;
    return token;
  }

  /** A hand-off with both signatures; the acceptance is returned. */
  handOff(
    from: string,
    to: string,
    more: { release?: Record<string, unknown>; accept?: Record<string, unknown> } = {},
  ) {
    this.tell('released', from, { to, mode: 'meet', ...more.release });
    return this.tell('accepted', to, { cond: 'ok', ...more.accept });
  }

  /** The state after everything told, recorded in that order or in the one given. */
  state(order: readonly RecordedToken[] = this.tokens): ChainState {
    return inOrder(order).reduce(evolve, emptyChain(this.sub));
  }

  /** What is found about a token; the two ways of judging must agree, or the scenario throws. */
  findings(token: RecordedToken, judgedBy: JudgeContext = context): readonly FindingCode[] {
    const all = judgeChain(this.state(), judgedBy).get(token.tid) ?? [];
    const before = this.tokens.slice(0, this.tokens.indexOf(token)).reduce(evolve, emptyChain(this.sub));
    const atOnce = judge(before, token, judgedBy);
    if (token === this.tokens.at(-1) && atOnce.join() !== all.join()) {
      throw new Error(`judged alone: ${atOnce.join()}; judged in the chain: ${all.join()}`);
    }
    return all;
  }
}

/** The same tokens as a log would hold them had they been recorded in this order. */
export const inOrder = (order: readonly RecordedToken[]): RecordedToken[] =>
  order.map((token, index) => ({ ...token, index }));
