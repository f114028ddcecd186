// What becomes of a message that its handler cannot bear.

import { waitFor } from '@unbroken/testing';
import { PoisonMessage } from './poison-message.js';
import type { RawMessage } from './raw-message.js';
import { encodePack } from './recorded-pack.js';
import { DEAD, TOPIC, texts } from './shop.part.test.js';
import type { Shop } from './shop.part.test.js';

export function poisonTests(at: () => Shop): void {
  it('the handler throws a TypeError three times → consumer lives, batch is handled, nothing is dead', async () => {
    const shop = at();
    let failures = 0;
    const handled: RawMessage[] = [];
    shop.handlers.bakery = (messages) => {
      failures += 1;
      if (failures <= 3) throw new TypeError("cannot read properties of undefined (reading 'hand-off')");
      handled.push(...messages);
    };
    await shop.send(['a']);
    await waitFor(() => handled.length > 0, { what: 'the batch to be handled' });
    await shop.send(['b']);
    await waitFor(() => handled.length > 1, { what: 'the next batch' });
    expect(texts(handled)).toEqual(['a', 'b']);
    expect(await shop.everythingIn(DEAD)).toEqual([]);
  }, 30_000);

  it('one message always throws → it goes to the dead topic and the partition moves on', async () => {
    const shop = at();
    const handled: RawMessage[] = [];
    shop.handlers.bakery = (messages) => {
      if (texts(messages).includes('bad')) throw new TypeError('no such hand-off');
      handled.push(...messages);
    };
    await shop.send(['a', 'b', 'bad', 'c']);
    await shop.send(['d']);
    await waitFor(() => handled.length >= 4, { what: 'the good ones' });
    expect(texts(handled)).toEqual(['a', 'b', 'c', 'd']);
    const [dead, ...others] = await shop.everythingIn(DEAD);
    expect(others).toEqual([]);
    expect(dead).toMatchObject({
      key: 'one-key',
      headers: {
        'received-at': '2026-11-21T00:00:00.000Z',
        error: 'TypeError: no such hand-off',
        'source-topic': TOPIC,
        'source-offset': '2',
      },
    });
    expect(String(dead?.value)).toBe('bad');
  }, 30_000);

  it('the handler names the poison → dead at once, with the reason', async () => {
    const shop = at();
    const handled: RawMessage[] = [];
    shop.handlers.bakery = (messages) => {
      const bad = messages.find(({ value }) => String(value) === 'bad');
      if (bad !== undefined) throw new PoisonMessage(bad.offset, 'not a log entry');
      handled.push(...messages);
    };
    await shop.send(['bad', 'a']);
    await waitFor(() => handled.length === 1, { what: 'the good one' });
    const dead = await shop.everythingIn(DEAD);
    expect(dead.map(({ headers }) => [headers.error, headers.attempt])).toEqual([['not a log entry', '1']]);
  }, 30_000);

  it('one entry of a pack is poison → it alone is dead, and says its place', async () => {
    const shop = at();
    const handled: RawMessage[] = [];
    shop.handlers.bakery = (messages) => {
      const bad = messages.find(({ value }) => String(value) === 't 1\nbad');
      if (bad !== undefined) throw new PoisonMessage(bad.offset, 'an entry without a readable token');
      handled.push(...messages);
    };
    const entries = ['a', 'bad', 'c'].map((text, index) => ({
      index: String(index),
      key: `key-${text}`,
      receivedAt: '2026-11-21T00:00:00.000Z',
      deviceClock: undefined,
      entry: Buffer.from(`t 1\n${text}`),
    }));
    const told = { 'log-origin': 'unbroken-test/custody/0', entries: '3' };
    await shop.producer.send(TOPIC, [{ key: 'key-a', value: encodePack(entries), headers: told }]);
    await waitFor(() => handled.length === 2, { what: 'the good ones' });
    expect(handled.map(({ key, headers }) => [key, headers['log-index']])).toEqual([
      ['key-a', '0'],
      ['key-c', '2'],
    ]);
    const dead = await shop.everythingIn(DEAD);
    expect(dead.map(({ key, value, headers }) => [key, String(value), headers['source-offset']])).toEqual([
      ['key-bad', 't 1\nbad', '0.1'],
    ]);
  }, 30_000);
}
