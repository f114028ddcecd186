// What is published of the logs is enough to make receipts of what is recorded, and the trust policy names the key of
// promises.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCheckpoint, trustAnswer } from '@unbroken/contracts';
import { promiseKey } from '@unbroken/intake';
import { emptyEdge, grow, leafHash, openCheckpoint, parseNote, parseVkey, rootOf } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import { LedgerHouse } from '../fixture/ledger-house.js';
import type { Heard } from '../fixture/ledger-house.js';
import { register } from '../fixture/signers.js';

let house: LedgerHouse;

beforeAll(async () => {
  house = await LedgerHouse.build();
  await house.start();
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const byIndex = (heard: readonly Heard[]): Heard[] =>
  heard.toSorted((a, b) => Number(a.headers['log-index']) - Number(b.headers['log-index']));

const trust = async () => trustAnswer.parse(await (await house.get('trust')).json());

/** Every checkpoint published of the custody log, each checked to be signed and to follow from the entries heard. */
async function checkedUpTo(size: number): Promise<RightEdge> {
  const { logs } = await trust();
  const { origin = '', vkey } = logs.find((log) => log.origin.endsWith('/custody/0')) ?? {};
  let edge: RightEdge = emptyEdge;
  for (let heard = 1; edge.size < size; heard++) {
    await house.hear('log.checkpoints.v1', heard);
    const entries = byIndex(house.heard.filter(({ topic }) => topic === 'custody.recorded.v1')).map(({ value }) =>
      leafHash(value),
    );
    const mine = house.heard.filter(({ topic, key }) => topic === 'log.checkpoints.v1' && key === origin);
    edge = emptyEdge;
    for (const { value } of mine) {
      const { note, grownFrom } = decodeCheckpoint(value.toString());
      const signed = await openCheckpoint(parseNote(note), origin, [parseVkey(vkey ?? '')]);
      expect(grownFrom).toEqual(edge);
      if (entries.length < signed.size) break;
      ({ edge } = grow(edge, entries.slice(edge.size, signed.size)));
      expect(rootOf(edge)).toEqual(signed.root);
    }
  }
  return edge;
}

it('checkpoints are published, each with the edge of the one before, also after a restart', async () => {
  const post = await house.settled('danish-post');
  for (const count of [3, 5]) {
    const opened = await Promise.all(Array.from({ length: count }, () => register(post.party)));
    await house.hand(
      'custody.tokens.v1',
      opened.map(({ registered }) => registered),
    );
    const expected = count === 3 ? 3 : 8;
    await house.hear('custody.recorded.v1', expected);
    expect((await checkedUpTo(expected)).size).toBe(expected);
    await house.stop();
    await house.start();
  }
}, 60_000);

it('the trust policy names the key of promises, whose private half only its owner can read', async () => {
  const { jwk } = await promiseKey(house.settings.UNBROKEN_STATE_DIR);
  expect((await trust()).promises).toEqual([jwk]);
  expect(statSync(join(house.settings.UNBROKEN_STATE_DIR, 'keys', 'promise.json')).mode & 0o777).toBe(0o600);
});
