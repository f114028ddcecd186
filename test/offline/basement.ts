// A hub, and phones of three parties that meet where there is no network.

import { handoverCode, readHandoverCode } from '@unbroken/sdk';
import type { Registration } from '@unbroken/sdk';
import { parseStatement } from '@unbroken/manifests';
import { commitment, newSalt } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { TestClock, waitFor } from '@unbroken/testing';
import { runningSystem } from '../running-system.js';
import type { RunningSystem } from '../running-system.js';
import { Phone } from './phone.js';

export const HOUR_MS = 3_600_000;

export interface Phones {
  readonly sender: Phone;
  readonly courier: Phone;
  readonly consignee: Phone;
}

export class Basement {
  readonly #made: Phone[];

  private constructor(
    readonly clock: TestClock,
    private readonly system: RunningSystem,
    /** One phone of each party, which enrolled its keys. */
    readonly settled: Phones,
  ) {
    this.#made = [settled.sender, settled.courier, settled.consignee];
  }

  static async open(): Promise<Basement> {
    const clock = new TestClock(new Date('2026-03-02T08:00:00Z'));
    const system = await runningSystem({ clock });
    const settle = (name: string, role: 'sender' | 'courier' | 'receiver') =>
      Phone.settle(system.url, clock, name, role);
    const [sender, courier, consignee] = await Promise.all([
      settle('institute', 'sender'),
      settle('post', 'courier'),
      settle('statistics', 'receiver'),
    ]);
    return new Basement(clock, system, { sender, courier, consignee });
  }

  async close(): Promise<void> {
    await Promise.all(this.#made.map((phone) => phone.throwAway()));
    await this.system.stop();
  }

  /** Three phones with nothing in their homes but their keys. */
  async phones(): Promise<Phones> {
    const [sender, courier, consignee] = await Promise.all([
      this.settled.sender.twin(),
      this.settled.courier.twin(),
      this.settled.consignee.twin(),
    ]);
    this.#made.push(sender, courier, consignee);
    return { sender, courier, consignee };
  }

  registration(): Registration {
    return {
      kind: 'physical',
      to: this.settled.consignee.id,
      via: [this.settled.courier.id],
      contents: commitment(newSalt(), 'Two CDs'),
      class: 'internal',
      enc: { how: 'none' },
      due: Math.floor(this.clock.now() / 1000) + 40 * 24 * 3600,
      pieces: 1,
    };
  }

  /** A parcel of that sender, registered while there was a network; there is none from here. */
  async registered({ sender, courier, consignee }: Phones): Promise<ShipmentId> {
    const { sub } = await (await sender.start()).hand.register(this.registration());
    for (const phone of [sender, courier, consignee]) phone.isOnline = false;
    return sub;
  }

  /** Each token of the chain, as `event findings`, in the order of the line. */
  async line(sub: ShipmentId): Promise<string[]> {
    const { tokens } = await this.settled.sender.client.chain(sub);
    return tokens
      .map(({ token = '', findings }) => ({ claims: parseStatement(token).claims, findings }))
      .toSorted((a, b) => Number(a.claims['seq']) - Number(b.claims['seq']))
      .map(({ claims, findings }) => [claims.evt, ...[...findings].sort()].join(' '));
  }
}

/** In the basement: one shows its offer, the other reads it and answers, and the answer is read. */
export async function handOver(sub: ShipmentId, from: Phone, to: Phone): Promise<void> {
  const [giving, taking] = [await from.start(), await to.start()];
  const offer = await giving.hand.release(sub, { to: to.id, mode: 'meet' });
  expect(offer).toMatchObject({ carried: false });
  const read = readHandoverCode(handoverCode(offer.token));
  await taking.outbox.keep(read.token, 'courier');
  const answer = await taking.hand.accept(sub, { cond: 'ok' });
  await giving.outbox.keep(readHandoverCode(handoverCode(answer.token)).token, 'courier');
}

/** It finds a network, and everything that it has kept is recorded. */
export async function sync(phone: Phone): Promise<void> {
  phone.isOnline = true;
  const { outbox } = await phone.start();
  const empty = async () => {
    const { stopped } = await outbox.sync(5);
    expect(stopped).toBeUndefined();
    return (await outbox.list()).length === 0;
  };
  await waitFor(empty, { what: `everything of ${phone.id} to be settled`, timeoutMs: 20_000 });
}
