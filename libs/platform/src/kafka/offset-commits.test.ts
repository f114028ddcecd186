import { jest } from '@jest/globals';
import { OffsetCommits } from './offset-commits.js';

/** What the client hands over with a batch, for a broker that does not take the first `refusals` commits. */
function batch({ refusals, isRunning = true }: { readonly refusals: number; readonly isRunning?: boolean }) {
  const asked: number[] = [];
  return {
    asked,
    payload: {
      uncommittedOffsets: () => ({ topics: [] }),
      commitOffsetsIfNecessary: () => {
        asked.push(asked.length);
        return asked.length > refusals ? Promise.resolve() : Promise.reject(new Error('NOT_COORDINATOR_FOR_GROUP'));
      },
      isRunning: () => isRunning,
    },
  };
}

describe('commits of offsets', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const aSecond = () => jest.advanceTimersByTimeAsync(1_000);

  it('many batches at once → one commit', async () => {
    const { payload, asked } = batch({ refusals: 0 });
    const commits = new OffsetCommits('bakery');
    for (let handled = 0; handled < 100; handled += 1) commits.soon(payload);
    await aSecond();
    expect(asked).toHaveLength(1);
  });

  it('the broker does not take it → again, though no batch follows', async () => {
    const { payload, asked } = batch({ refusals: 2 });
    new OffsetCommits('bakery').soon(payload);
    await aSecond();
    expect(asked).toHaveLength(3);
  });

  it('the broker does not take it and the consumer has ended → left to its successor', async () => {
    const { payload, asked } = batch({ refusals: Infinity, isRunning: false });
    new OffsetCommits('bakery').soon(payload);
    await aSecond();
    expect(asked).toHaveLength(1);
  });
});
