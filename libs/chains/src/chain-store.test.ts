// Folding what a ledger publishes, on a real Kafka and a real Postgres.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPolicy, emptyChain, judgeChain, summaryOf, withPresentStandings } from '@unbroken/custody';
import type { RawMessage } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import { ChainStore } from './chain-store.js';
import { TestShipment } from './fixture/index.js';
import { Folding } from './folding.part.test.js';
import { chainsSetAside } from './set-aside.part.test.js';

let folding: Folding;

beforeAll(async () => {
  folding = await Folding.open();
}, 60_000);

afterAll(() => folding.close(), 30_000);

describe('a batch', () => {
  it('tokens of one chain in order → each step with the state before it, and the last one kept', async () => {
    const shipment = await folding.parcel();
    await shipment.handOver(folding.sender, folding.courier);
    const [chain] = await folding.fold(await folding.messagesOf(shipment, 3));

    expect(chain?.before).toEqual(summaryOf(emptyChain(shipment.sub)));
    expect(chain?.steps?.map(({ before }) => before?.seq)).toEqual([undefined, 0, 1]);
    expect(chain?.after.status).toBe('in-custody');
    const whole = (await folding.store.get(shipment.sub)) ?? fail();
    expect(summaryOf(whole)).toEqual(chain?.after);
    expect([...judgeChain(whole, folding.view.context).values()].flat()).toEqual([]);
  });

  it('the same messages again, and all of them once more in a longer batch → only the new one is folded', async () => {
    const shipment = await folding.parcel();
    const first = await folding.messagesOf(shipment, 1);
    expect(await folding.fold(first)).toHaveLength(1);
    expect(await folding.fold(first)).toEqual([]);
    await shipment.add(folding.sender, 'sealed', { seals: { A: 'S' } });
    const both = await folding.messagesOf(shipment, 2);

    const [chain] = await folding.fold([...both, ...both]);

    expect(chain?.recorded.map(({ index }) => index)).toEqual([Number(both[1]?.headers['log-index'])]);
  });

  it('a log that succeeds the one before, from index 0 → folded on; a token recorded again there → once', async () => {
    const shipment = await folding.parcel();
    await shipment.handOver(folding.sender, folding.courier);
    const [registered, released, accepted] = await folding.messagesOf(shipment, 3);
    if (registered === undefined || released === undefined || accepted === undefined) throw new Error('nothing heard');
    const inNext = (message: RawMessage, index: number): RawMessage => ({
      ...message,
      headers: { ...message.headers, 'log-origin': `${folding.deployment}/custody/1`, 'log-index': String(index) },
    });
    await folding.fold([registered, released]);
    const again = await folding.fold([inNext(released, 0), inNext(accepted, 1)]);
    expect(again[0]?.after).toMatchObject({ status: 'in-custody', holder: folding.courier.id, disputed: [] });
    const kept = (await folding.store.get(shipment.sub)) ?? fail();
    expect(summaryOf(kept)).toEqual(again[0]?.after);
    expect(kept.history).toHaveLength(3);
    expect(await folding.fold([registered, inNext(released, 0), inNext(accepted, 1)])).toEqual([]);
  });

  it('rolled back → nothing is kept, and the batch is folded again', async () => {
    const shipment = await folding.parcel();
    const messages = await folding.messagesOf(shipment, 1);
    const failed = folding.dataSource.transaction(async (manager) => {
      await folding.store.fold(manager, messages, folding.view);
      throw new Error('crash');
    });
    await expect(failed).rejects.toThrow('crash');
    expect(await folding.store.get(shipment.sub)).toBeUndefined();
    expect(await folding.fold(messages)).toHaveLength(1);
  });

  it('folded by another consumer at the same moment → told to try again, and then there is nothing to do', async () => {
    const shipment = await folding.parcel();
    await shipment.handOver(folding.sender, folding.courier);
    const messages = await folding.messagesOf(shipment, 3);

    const { second } = await folding.dataSource.transaction(async (manager) => {
      expect(await folding.store.fold(manager, messages, folding.view)).toHaveLength(1);
      // The second has seen no chain either, and waits with its own until the first has committed.
      const second = folding.fold(messages).catch((error: unknown) => error);
      await waitFor(() => folding.someoneWaits(), { what: 'the second consumer to wait for the first' });
      return { second };
    });

    expect(await second).toMatchObject({ code: '40001' });
    expect(await folding.fold(messages)).toEqual([]);
    expect((await folding.store.get(shipment.sub))?.history).toHaveLength(3);
  });

  it('a chain that another process has folded on → what was remembered of it is not used', async () => {
    const shipment = await folding.parcel();
    const other = new ChainStore(folding.dataSource, { searched: true });
    const through = async (chains: ChainStore, messages: readonly RawMessage[]) => {
      chains.committed(await folding.dataSource.transaction((manager) => chains.fold(manager, messages, folding.view)));
    };
    await through(folding.store, await folding.messagesOf(shipment, 1));
    await shipment.handOver(folding.sender, folding.courier);
    const [, released, accepted] = await folding.messagesOf(shipment, 3);
    if (released === undefined || accepted === undefined) throw new Error('nothing heard');
    await through(other, [released]);

    await expect(through(folding.store, [accepted])).rejects.toMatchObject({ code: '40001' });
    await through(folding.store, [accepted]);

    expect((await folding.store.get(shipment.sub))?.status).toBe('in-custody');
  });

  it('not an entry → PoisonMessage naming it, nothing kept of the batch', async () => {
    const shipment = await folding.parcel();
    const [good] = await folding.messagesOf(shipment, 1);
    if (good === undefined) throw new Error('nothing heard');
    for (const bad of [
      { ...good, offset: '77', value: Buffer.from('no entry') },
      { ...good, offset: '77', value: null },
      { ...good, offset: '77', headers: {} },
      { ...good, offset: '77', headers: { 'log-index': '1e3' } },
    ]) {
      await expect(folding.fold([good, bad])).rejects.toMatchObject({ name: 'PoisonMessage', offset: '77' });
    }
    expect(await folding.store.get(shipment.sub)).toBeUndefined();
  });

  it('an entry that needs a registry entry not heard yet → waits for it', async () => {
    const shipment = await folding.parcel();
    const [message] = await folding.messagesOf(shipment, 1);
    if (message === undefined) throw new Error('nothing heard');
    const value = Buffer.from(String(message.value).replace(/ \d+\n/, ` ${folding.view.size + 1}\n`));
    const later = folding.fold([{ ...message, value }]);

    await expect(
      Promise.race([later, waitFor(() => folding.view.size > 1e6, { timeoutMs: 300, what: 'nothing' })]),
    ).rejects.toThrow('in vain');
    await folding.ledger.say(folding.sender, 'sited', { site: 'hq', geo: [556761, 125683], radius: 100 });

    expect(await later).toHaveLength(1);
  });
});

chainsSetAside(() => folding);

describe('malformed', () => {
  it('recorded as malformed → in the history of the chain its key names', async () => {
    const shipment = await folding.parcel();
    await folding.ledger.recordMalformed(shipment.sub, folding.sender.device.kid, 'colour:unknown');
    const [chain] = await folding.fold(await folding.messagesOf(shipment, 2));
    expect(chain?.recorded[1]).toMatchObject({ malformed: 'colour:unknown', kid: folding.sender.device.kid });
    expect(chain?.steps).toBeNull();
  });
});

describe('standing', () => {
  it('a key revoked later → good when folded, suspect with what is known now', async () => {
    const key = await folding.ledger.enrol(folding.sender, 'device', ['sender']);
    const shipment = await folding.parcel();
    const { token } = await shipment.sign(folding.sender, 'sealed', { seals: { A: 'S' } }, key);
    await folding.ledger.record(token);
    await folding.fold(await folding.messagesOf(shipment, 2));
    const state = (await folding.store.get(shipment.sub)) ?? fail();
    expect(standings(state)).toEqual(['good', 'good']);

    await folding.ledger.revoke(folding.sender, key.kid, folding.ledger.now);
    await waitFor(() => standings(withPresentStandings(state, folding.view))[1] === 'suspect', {
      what: 'the revocation',
    });
  });
});

const standings = (state: { history: readonly object[] }) =>
  state.history.map((recorded) => (recorded as { standing: { key: string } }).standing.key);

describe('finding chains', () => {
  it('by who has to do with them, newest first, page by page', async () => {
    const mine = await folding.ledger.party('page-turner', ['sender']);
    const subs: ShipmentId[] = [];
    for (let i = 0; i < 5; i += 1) {
      const shipment = await TestShipment.register(folding.ledger, mine, { to: 'statistics' });
      if (i === 4) await shipment.add(mine, 'released', { to: folding.courier.id, mode: 'meet' });
      await folding.fold(await folding.messagesOf(shipment, i === 4 ? 2 : 1));
      subs.unshift(shipment.sub);
    }

    const first = await folding.store.find({ sender: mine.id, limit: 3 });
    const second = await folding.store.find({ sender: mine.id, limit: 3, cursor: first.cursor ?? '' });

    expect([...first.chains, ...second.chains].map(({ sub }) => sub)).toEqual(subs);
    expect(second.cursor).toBeNull();
    expect((await folding.store.find({ party: mine.id, status: ['offered'] })).chains.map(({ sub }) => sub)).toEqual(
      subs.slice(0, 1),
    );
    expect((await folding.store.find({ sender: mine.id, offeredTo: folding.courier.id })).chains).toHaveLength(1);
    expect((await folding.store.find({ holder: 'nobody-at-all' as PartyId })).chains).toEqual([]);
    expect(first.chains[0]?.recordedAt).toBe(folding.clock.now());
  });
});

describe('finding a chain whose parties have changed', () => {
  it('redirected, then taken by somebody nobody named → found by them too, and by who holds it', async () => {
    const { store, sender, ledger } = folding;
    const other = await ledger.party('other-office', ['receiver']);
    const stranger = await ledger.party('passing-courier', ['courier']);
    const shipment = await folding.parcel();
    const found = async (query: Parameters<ChainStore['find']>[0]) =>
      (await store.find(query)).chains.map(({ sub }) => sub);
    await folding.fold(await folding.messagesOf(shipment, 1));
    expect(await found({ party: other.id })).toEqual([]);
    await shipment.add(sender, 'redirected', { to: other.id });
    await folding.fold((await folding.messagesOf(shipment, 2)).slice(1));
    expect(await found({ consignee: other.id })).toEqual([shipment.sub]);
    expect(await found({ party: other.id, holder: sender.id })).toEqual([shipment.sub]);
    await shipment.add(sender, 'released', { to: stranger.id, mode: 'meet' });
    await shipment.add(stranger, 'accepted', { cond: 'ok' });
    await folding.fold((await folding.messagesOf(shipment, 4)).slice(2));
    expect(await found({ holder: stranger.id })).toEqual([shipment.sub]);
    expect(await found({ party: stranger.id, responsible: sender.id, status: ['astray'] })).toEqual([shipment.sub]);
  });
});

describe('a policy', () => {
  it('published by the sender before the shipment, its document known → governs; not published → the default one', async () => {
    const text = JSON.stringify({ ...defaultPolicy, name: 'Strict' });
    const policy = await folding.ledger.document(text);
    const before = await folding.parcel({ policy });
    await folding.ledger.say(folding.sender, 'policed', { policy });
    const after = await folding.parcel({ policy });
    const [early] = await folding.fold(await folding.messagesOf(before, 1));
    const [late] = await folding.fold(await folding.messagesOf(after, 1));
    await folding.view.reachDocument('0');

    expect(folding.view.context.policyOf(early?.after ?? fail()).name).toBe(defaultPolicy.name);
    expect(folding.view.context.policyOf(late?.after ?? fail()).name).toBe('Strict');
  });
});

function fail(): never {
  throw new Error('nothing folded');
}
