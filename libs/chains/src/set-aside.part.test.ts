// Chains that memory has forgotten: part of chain-store.test.ts.
import { describe, expect, it } from '@jest/globals';
import { summaryOf } from '@unbroken/custody';
import type { RawMessage } from '@unbroken/platform';
import type { TokenId } from '@unbroken/tokens';
import { ChainStore } from './chain-store.js';
import type { TestShipment } from './fixture/index.js';
import type { Folding } from './folding.part.test.js';

export function chainsSetAside(at: () => Folding): void {
  describe('a chain that memory has forgotten', () => {
    it('again and again → set aside when it was read, and gone on from there without its history', async () => {
      const forgetful = rememberingOne();
      const { messages } = await travelled(4);
      for (const message of messages.slice(0, 3)) await through(forgetful, [message]);
      expect(await asideOf(messages)).toHaveLength(1);
      await at().dataSource.query(`UPDATE chain_history SET recorded = '[]' WHERE sub = $1`, [messages[0]?.key]);
      const [chain] = await through(forgetful, messages.slice(3));
      expect(chain?.after).toMatchObject({ status: 'offered', seq: 2 });
      expect(chain?.steps).toHaveLength(1);
    });

    it('folded on while memory held it → what came since is folded on top of what was set aside', async () => {
      const forgetful = rememberingOne();
      const { shipment, messages } = await travelled(5);
      for (const message of messages.slice(0, 2)) await through(forgetful, [message]);
      for (const message of messages.slice(2, 4)) await through(forgetful, [message], { forgetting: false });
      expect(await asideOf(messages)).toEqual([{ part: 2 }]);
      await forget(forgetful);
      const [chain] = await through(forgetful, messages.slice(4));
      expect(chain?.steps).toHaveLength(1);
      expect(chain?.after).toEqual(summaryOf((await forgetful.get(shipment.sub)) ?? fail()));
      expect(await asideOf(messages)).toEqual([{ part: 4 }]);
    });

    it('set aside by another process → not used: it may have folded by other rules', async () => {
      const forgetful = rememberingOne();
      const { shipment, messages } = await travelled(4);
      for (const message of messages.slice(0, 3)) await through(forgetful, [message]);
      await at().dataSource.query(`UPDATE chains_aside SET state = '{}' WHERE sub = $1`, [shipment.sub]);
      const [chain] = await through(rememberingOne(), messages.slice(3));
      expect(chain?.after).toEqual(summaryOf((await forgetful.get(shipment.sub)) ?? fail()));
    });

    it('something that hangs on an older token → folded whole with its history', async () => {
      const forgetful = rememberingOne();
      const { shipment, messages, opening } = await travelled(3);
      for (const message of messages) await through(forgetful, [message]);
      await shipment.add(at().sender, 'inspected', { seals: {}, prev: opening });
      const [chain] = await through(forgetful, (await at().messagesOf(shipment, 4)).slice(3));
      expect(chain?.refolded?.history).toHaveLength(4);
    });

    it('closed → not set aside any longer', async () => {
      const forgetful = rememberingOne();
      const { shipment, messages } = await travelled(2);
      for (const message of messages) await through(forgetful, [message]);
      expect(await asideOf(messages)).toHaveLength(1);
      await shipment.add(at().sender, 'voided', { why: 'error' });
      await through(forgetful, (await at().messagesOf(shipment, 3)).slice(2));
      expect(await asideOf(messages)).toEqual([]);
    });

    it('closed while memory held it → not set aside any longer', async () => {
      const forgetful = rememberingOne();
      const { shipment, messages } = await travelled(2);
      await through(forgetful, messages.slice(0, 1));
      await through(forgetful, messages.slice(1), { forgetting: false });
      expect(await asideOf(messages)).toHaveLength(1);
      await shipment.add(at().sender, 'voided', { why: 'error' });
      await through(forgetful, (await at().messagesOf(shipment, 3)).slice(2));
      expect(await asideOf(messages)).toEqual([]);
    });

    it('left by a process that is no more → gone when the next one sets any aside', async () => {
      const [earlier, later] = [rememberingOne(), rememberingOne()];
      const { messages: left } = await travelled(2);
      for (const message of left) await through(earlier, [message]);
      const { messages } = await travelled(2);
      for (const message of messages) await through(later, [message]);
      expect(await asideOf(left)).toEqual([]);
      expect(await asideOf(messages)).toHaveLength(1);
    });
  });

  it('memory has room for it → not set aside, though it was read', async () => {
    const { messages } = await travelled(3);
    const before = new ChainStore(at().dataSource, { searched: true });
    await through(before, messages.slice(0, 1), { forgetting: false });
    const roomy = new ChainStore(at().dataSource, { searched: true });
    for (const message of messages.slice(1)) await through(roomy, [message], { forgetting: false });
    expect(await asideOf(messages)).toEqual([]);
  });

  const rememberingOne = () =>
    new ChainStore(at().dataSource, { searched: true, remembered: { chains: 1, packedBytes: 0 } });

  /** Folds and commits; then some other chain is folded, and memory has room for one. */
  async function through(store: ChainStore, messages: readonly RawMessage[], { forgetting = true } = {}) {
    const folded = await at().dataSource.transaction((manager) => store.fold(manager, messages, at().view));
    store.committed(folded);
    if (forgetting) await forget(store);
    return folded;
  }

  async function forget(store: ChainStore): Promise<void> {
    await through(store, await at().messagesOf(await at().parcel(), 1), { forgetting: false });
  }

  /** A parcel that was sealed, then handed over and offered on; so many of its entries. */
  async function travelled(count: number): Promise<{
    shipment: TestShipment;
    messages: RawMessage[];
    opening: TokenId;
  }> {
    const { sender, courier } = at();
    const shipment = await at().parcel();
    const opening = shipment.head;
    const steps = [
      () => shipment.add(sender, 'sealed', { seals: { A: 'S' } }),
      () => shipment.add(sender, 'inspected', { seals: { A: 'intact' } }),
      () => shipment.add(sender, 'released', { to: courier.id, mode: 'meet' }),
      () => shipment.add(courier, 'accepted', { cond: 'ok' }),
    ];
    for (const step of steps.slice(0, count - 1)) await step();
    return { shipment, messages: await at().messagesOf(shipment, count), opening };
  }

  const asideOf = ([first]: readonly RawMessage[]) =>
    at().dataSource.query<{ part: number }[]>('SELECT part FROM chains_aside WHERE sub = $1', [first?.key]);
}

function fail(): never {
  throw new Error('nothing there');
}
