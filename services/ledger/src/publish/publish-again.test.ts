import { jest } from '@jest/globals';
import { headers } from '@unbroken/contracts';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { register, settle } from '../fixture/signers.js';
import { LedgerAtWork, publishAgain, publishedEntries } from './publish-again.js';

jest.setTimeout(60_000);

describe('the custody log published again', () => {
  let house: LedgerHouse;
  const tokens: string[] = [];

  beforeAll(async () => {
    house = await LedgerHouse.build();
    await house.start();
    const post = await settle('north-post');
    await house.hand('registry.tokens.v1', post.tokens);
    for (let parcel = 0; parcel < 3; parcel += 1) {
      const { sub, registered } = await register(post.party);
      tokens.push(registered);
      await house.hand('custody.tokens.v1', [registered], { key: sub });
    }
    await house.hear('custody.recorded.v1', tokens.length);
  });
  afterAll(() => house.tearDown());

  it('a ledger is running → refused, and nothing is repeated', async () => {
    const first = jest.fn(() => Promise.resolve());
    await expect(publishAgain(house.settings, first)).rejects.toThrow(LedgerAtWork);
    expect(first).not.toHaveBeenCalled();
  });

  it('at the next start → every entry once more, in the order of the log', async () => {
    await house.stop();
    expect(await publishedEntries(house.settings)).toBe(tokens.length);
    const heardBefore: number[] = [];
    await publishAgain(house.settings, () => Promise.resolve(void heardBefore.push(house.heard.length)));
    expect(heardBefore).toHaveLength(1);

    await house.start();

    const heard = await house.hear('custody.recorded.v1', 2 * tokens.length);
    const indices = heard.slice(tokens.length).map(({ headers: told }) => Number(told[headers.logIndex]));
    expect(indices.toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
  });
});
