import { kafkaAnswers } from '@unbroken/local';

import { testKafka } from './test-kafka.js';

describe('testKafka', () => {
  it('asked for by several at once → one broker, which answers', async () => {
    const asked = await Promise.all([testKafka(), testKafka(), testKafka()]);
    expect(new Set(asked.map(({ brokers }) => brokers.join())).size).toBe(1);
    expect(await kafkaAnswers([...asked[0].brokers])).toBe(true);
  }, 150_000);
});
