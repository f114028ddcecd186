// Where the next line token of a chain goes. A remark may hang on any token of the line; a line token on another than the
// newest is a fork, so that the hub is asked, and what the gateway has signed itself and the hub may not know yet is counted.

import type { ShipmentState } from '@unbroken/contracts';
import type { UnbrokenClient } from '@unbroken/sdk';
import { HubProblem } from '@unbroken/sdk';
import { z } from 'zod';
import { keys } from '../record/gateway-record.js';
import type { Change, GatewayRecord } from '../record/gateway-record.js';

const lineEnd = z.strictObject({ head: z.string(), seq: z.int() });
type LineEnd = z.infer<typeof lineEnd>;

export interface LinePlace extends LineEnd {
  readonly consignee: string | null;
}

/** For one batch: each chain is asked for once. */
export class LineEnds {
  readonly #states = new Map<string, ShipmentState>();
  readonly #own = new Map<string, LineEnd>();

  constructor(
    private readonly record: Pick<GatewayRecord, 'get'>,
    private readonly client: Pick<UnbrokenClient, 'chain'>,
  ) {}

  /** @throws HubUnreachable, HubProblem where the hub does not say */
  async of(sub: string): Promise<LinePlace> {
    const { head, seq, consignee } = await this.#state(sub);
    const own = this.#own.get(sub) ?? (await this.#kept(sub));
    if (own !== undefined && own.seq > (seq ?? -1)) return { ...own, consignee };
    if (head !== null && seq !== null) return { head, seq, consignee };
    throw new HubProblem({
      status: 409,
      code: 'chain.unopened',
      detail: `The hub does not show what opens the chain of ${sub}.`,
      cure: 'It comes again by itself; if it stays, show this to the operator.',
    });
  }

  /** A token of the gateway has been put behind it. */
  follow(sub: string, end: LineEnd): void {
    this.#own.set(sub, end);
  }

  /** To be written with the tokens themselves. */
  get changes(): readonly Change[] {
    return [...this.#own].map(([sub, end]) => [keys.ownLine(sub), end]);
  }

  async #state(sub: string): Promise<ShipmentState> {
    const known = this.#states.get(sub);
    if (known !== undefined) return known;
    const { state } = await this.client.chain(sub);
    if (state === null || !('consignee' in state)) throw new Error(`the hub shows no state of ${sub}`);
    this.#states.set(sub, state);
    return state;
  }

  async #kept(sub: string): Promise<LineEnd | undefined> {
    const kept = await this.record.get(keys.ownLine(sub));
    return kept === undefined ? undefined : lineEnd.parse(kept);
  }
}
