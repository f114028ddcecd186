import { jest } from '@jest/globals';
import { CUSTODY_PARTITIONS, headers } from '@unbroken/contracts';
import { createKafka, topicName } from '@unbroken/platform';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { register, settle } from '../fixture/signers.js';
import { LedgerAtWork, publishAgain, publishedMessages } from './publish-again.js';

jest.setTimeout(60_000);

describe('the custody log published again', () => {
  let house: LedgerHouse;
  const tokens: string[] = [];
  /** More than there are partitions. */
  const PARCELS = CUSTODY_PARTITIONS + 4;

  /** How many messages are on the topic, however many entries they hold. */
  async function messagesSent(): Promise<number> {
    const admin = createKafka(house.settings, 'publish-again-test').admin();
    await admin.connect();
    const name = topicName(house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX, 'custody.recorded.v1');
    const partitions = await admin.fetchTopicOffsets(name);
    await admin.disconnect();
    return partitions.reduce((sum, { high }) => sum + Number(high), 0);
  }

  beforeAll(async () => {
    house = await LedgerHouse.build();
    await house.start();
    const post = await settle('north-post');
    await house.hand('registry.tokens.v1', post.tokens);
    for (let parcel = 0; parcel < PARCELS; parcel += 1) {
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
    const sent = await messagesSent();
    expect(await publishedMessages(house.settings)).toBe(sent);
    const heardBefore: number[] = [];
    await publishAgain(house.settings, () => Promise.resolve(void heardBefore.push(house.heard.length)));
    expect(heardBefore).toHaveLength(1);

    await house.start();

    const heard = await house.hear('custody.recorded.v1', 2 * tokens.length);
    const indices = heard.slice(tokens.length).map(({ headers: told }) => Number(told[headers.logIndex]));
    expect(indices.toSorted((a, b) => a - b)).toEqual(tokens.map((_, index) => index));
    // All of a partition in one message.
    expect((await messagesSent()) - sent).toBeLessThanOrEqual(CUSTODY_PARTITIONS);
  });
});
