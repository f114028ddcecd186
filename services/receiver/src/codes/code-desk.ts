// The code desk: sends a guest a code, and confirms for who knows it (docs/protocol, section 4, rule 8). To whoever does not,
// a shipment that exists and one that does not are the same, in what is answered and in how long that takes.

import type { ChainStore } from '@unbroken/chains';
import type { CodeConfirmation, CodeConfirmed } from '@unbroken/contracts';
import { sourceOf, whileAway } from '@unbroken/intake';
import type { Intake } from '@unbroken/intake';
import type { Clock } from '@unbroken/platform';
import { mintToken, newJti, parseToken } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { Desks } from '../desks/desks.js';
import type { Guests } from '../guests/guests.js';
import type { DeskLimits, Limit } from '../limits/desk-limits.js';
import { receiverLog } from '../receiver-log.js';
import { codeMessage } from './code-message.js';
import { codeProblems } from './code-problems.js';
import { CODE_MS } from './codes.js';
import type { Codes } from './codes.js';
import type { SendCode } from './send-code.js';

const HOUR_MS = 3_600_000;

/**
 * A code costs the operator a message, and the guest a disturbance. One source has half of them: when a stranger has asked
 * too often, the guest still can.
 */
const asksOfSource: Limit = { name: 'code-by', most: 20, perMs: HOUR_MS };
const asksOfSourceAndShipment: Limit = { name: 'code-by-of', most: 3, perMs: HOUR_MS };
const asksOfShipment: Limit = { name: 'code-of', most: 6, perMs: HOUR_MS };

/**
 * One source has five guesses an hour of a hundred million. All of them together have twenty at a code, then it is nobody's and
 * another is to be asked for, which begins anew: with six codes an hour, and the twenty that come back with the hour, at most
 * 7 × 20 = 140 guesses, one chance in 700,000 an hour, to whoever has 28 networks and has the guest written to each time.
 */
const triesOfSource: Limit = { name: 'try-by', most: 30, perMs: HOUR_MS };
const triesOfSourceAndShipment: Limit = { name: 'try-by-of', most: 5, perMs: HOUR_MS };
const triesOfCode: Limit = { name: 'try-of', most: 20, perMs: HOUR_MS };

const GUEST = 'guest';

export interface CodeDeskParts {
  readonly codes: Codes;
  readonly guests: Guests;
  readonly limits: DeskLimits;
  readonly desks: Desks;
  readonly chains: Pick<ChainStore, 'get'>;
  readonly intake: Pick<Intake, 'read' | 'take'>;
  readonly sendCode: SendCode;
  readonly clock: Clock;
  /** Where people open the hub's pages. */
  readonly page: string | undefined;
}

export class CodeDesk {
  readonly #sending = new Set<Promise<void>>();

  constructor(private readonly parts: CodeDeskParts) {}

  get isOpen(): boolean {
    return this.parts.desks.has('code');
  }

  /**
   * Sends a code where the shipment is open and for a guest, beside the answer. Answers when such a code runs out,
   * milliseconds since the epoch.
   * @throws Problem 503 code.no-desk or where the database is away, 429 code.too-many
   */
  async ask(sub: ShipmentId, address: string): Promise<number> {
    if (!this.isOpen) throw codeProblems['no-desk']();
    const { clock, limits } = this.parts;
    const source = sourceOf(address);
    await this.#within([asksOfSource, source], [asksOfSourceAndShipment, `${source} ${sub}`], [asksOfShipment, sub]);
    // A crash before the code is sent leaves the one before with twenty more, counted above.
    await whileAway(() => limits.beginAnew(triesOfCode, sub));
    const sending = this.#send(sub).finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
    return clock.now() + CODE_MS;
  }

  /**
   * Signs `confirmed` for the guest who knows the code.
   * @throws Problem 422 code.wrong, code.expired; 409 code.used, code.closed; 429 code.too-many; 503
   */
  async confirm(
    sub: ShipmentId,
    { code, ...seen }: Omit<CodeConfirmation, 'sub'>,
    address: string,
  ): Promise<CodeConfirmed> {
    if (!this.isOpen) throw codeProblems['no-desk']();
    const source = sourceOf(address);
    await this.#within([triesOfSource, source], [triesOfSourceAndShipment, `${source} ${sub}`], [triesOfCode, sub]);
    const { codes, intake, clock } = this.parts;
    const state = await whileAway(() => codes.check(sub, code, clock.now()));
    if (state !== 'good') throw codeProblems[state]();
    const token = await this.#confirmation(sub, seen);
    if (!(await codes.use(sub, token))) throw codeProblems.used();
    const [taken] = await intake.take(intake.read([Buffer.from(token)]));
    if (taken !== undefined && 'refused' in taken) throw taken.refused;
    await codes.posted(sub, clock.now());
    return { sub, tid: parseToken(token).tid };
  }

  /** Resolves when every code that was asked for is sent, or could not be. */
  async stop(): Promise<void> {
    await Promise.all(this.#sending);
  }

  /** The source's own limits first: what it has too much of is taken from nobody else. */
  async #within(...counted: readonly (readonly [Limit, string])[]): Promise<void> {
    if (!(await whileAway(() => this.parts.limits.allowsAll(...counted)))) throw codeProblems['too-many']();
  }

  /** Never rejects. A crash before it is sent: the guest waits in vain, and asks again. */
  async #send(sub: ShipmentId): Promise<void> {
    const { chains, guests, codes, sendCode, clock, page } = this.parts;
    try {
      const state = await chains.get(sub);
      if (state === undefined || state.closed || state.consignee !== GUEST) return;
      const guest = await guests.of(sub);
      if (guest === undefined) return;
      const code = await codes.issue(sub, clock.now());
      if (code === undefined) return;
      await this.#bring(
        () => sendCode.send(guest, codeMessage(sub, code, { language: guest.language, page })),
        guest.way,
      );
    } catch (error) {
      receiverLog.warn('code.not-sent', { way: 'none', reason: 'internal' }, error);
    }
  }

  /** What servers and libraries say may quote an address: no more than a code of theirs is told. */
  async #bring(send: () => Promise<void>, way: string): Promise<void> {
    try {
      await send();
    } catch (error) {
      const { responseCode, code } = Object(error) as { responseCode?: unknown; code?: unknown };
      const told = typeof responseCode === 'number' ? String(responseCode) : code;
      const reason = typeof told === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(told) ? told : 'failed';
      receiverLog.warn('code.not-sent', { way, reason });
    }
  }

  async #confirmation(
    sub: ShipmentId,
    { pieces, unopened, seals }: Omit<CodeConfirmation, 'sub' | 'code'>,
  ): Promise<string> {
    const { chains, desks, clock } = this.parts;
    const state = await chains.get(sub);
    const isOpen = state !== undefined && !state.closed && state.consignee === GUEST;
    if (!isOpen || state.head === null || state.seq === null) throw codeProblems.closed();
    const { party, signer } = await desks.open('code');
    const place = { sub, prev: state.head, seq: state.seq + 1 };
    const said = { evt: 'confirmed', pieces, unopened, ...(seals === undefined ? {} : { seals }) };
    return mintToken({ iss: party, jti: newJti(), iat: Math.floor(clock.now() / 1000), ...place, ...said }, signer);
  }
}
