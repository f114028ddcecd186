import { QueryFailedError } from 'typeorm';
import { FAILURES_BEFORE_ISOLATION, handleUntilDone } from './isolate-poison.js';
import { PoisonMessage } from './poison-message.js';
import type { RawMessage } from './raw-message.js';

const message = (offset: number): RawMessage => ({
  key: 'k',
  value: Buffer.from(`message ${offset}`),
  headers: {},
  topic: 'custody.tokens.v1',
  partition: 0,
  offset: String(offset),
  timestamp: 0,
});
const batch = (size: number) => Array.from({ length: size }, (_, offset) => message(offset));
const offsets = (messages: readonly RawMessage[]) => messages.map(({ offset }) => Number(offset));

/** Runs a batch through a handler and tells what was handled, buried and attempted. */
async function run(size: number, handle: (offsets: number[], attempt: number) => void) {
  const handled: number[] = [];
  const buried: { offset: number; reason: string }[] = [];
  let attempts = 0;
  await handleUntilDone(batch(size), {
    handle: (messages) => {
      attempts += 1;
      handle(offsets(messages), attempts);
      handled.push(...offsets(messages));
      return Promise.resolve();
    },
    bury: ({ offset }, reason) => {
      buried.push({ offset: Number(offset), reason });
      return Promise.resolve();
    },
    rest: () => Promise.resolve(),
    failed: () => undefined,
    isolating: () => undefined,
  });
  return { handled, buried, attempts };
}

const failOn = (bad: number, error: () => Error) => (some: number[]) => {
  if (some.includes(bad)) throw error();
};

describe('a batch that fails', () => {
  it('the handler names the poison → that one is buried, the rest handled in order', async () => {
    const { handled, buried, attempts } = await run(
      4,
      failOn(2, () => new PoisonMessage('2', 'no claims')),
    );
    expect({ handled, buried, attempts }).toEqual({
      handled: [0, 1, 3],
      buried: [{ offset: 2, reason: 'no claims' }],
      attempts: 2,
    });
  });

  it('one message always fails → found by halving, the rest handled in order', async () => {
    const { handled, buried } = await run(
      100,
      failOn(37, () => new TypeError('undefined is no hand-off')),
    );
    expect(buried).toEqual([{ offset: 37, reason: 'TypeError: undefined is no hand-off' }]);
    expect(handled).toEqual(offsets(batch(100)).filter((offset) => offset !== 37));
  });

  it('two messages always fail → both found', async () => {
    const { buried } = await run(64, (some) => {
      if (some.includes(5) || some.includes(60)) throw new Error('no');
    });
    expect(buried.map(({ offset }) => offset)).toEqual([5, 60]);
  });

  it('fails fewer times than it takes → nothing is buried', async () => {
    const { handled, buried } = await run(3, (_some, attempt) => {
      if (attempt < FAILURES_BEFORE_ISOLATION) throw new RangeError('flaky');
    });
    expect({ handled, buried }).toEqual({ handled: [0, 1, 2], buried: [] });
  });

  it.each([
    ['broker away', () => Object.assign(new Error('x'), { name: 'KafkaJSNumberOfRetriesExceeded' })],
    ['connection refused', () => Object.assign(new Error('x'), { code: 'ECONNREFUSED' })],
    ['Postgres shutting down', () => new QueryFailedError('', [], Object.assign(new Error('x'), { code: '57P01' }))],
    ['deadlock', () => new QueryFailedError('', [], Object.assign(new Error('x'), { code: '40P01' }))],
    ['connection lost in mid-query', () => new Error('Connection terminated unexpectedly')],
  ])('%s for long → waited out, nothing is buried', async (_name, error) => {
    const { handled, buried } = await run(1, (_some, attempt) => {
      if (attempt < 50) throw error();
    });
    expect({ handled, buried }).toEqual({ handled: [0], buried: [] });
  });

  it('a constraint is violated → counts as the message’s fault', async () => {
    const error = () => new QueryFailedError('', [], Object.assign(new Error('x'), { code: '23514' }));
    expect((await run(2, failOn(1, error))).buried).toHaveLength(1);
  });

  it('an outage while it is taken apart → waited out, then taken apart', async () => {
    const { handled, buried } = await run(4, (some, attempt) => {
      if (attempt > FAILURES_BEFORE_ISOLATION && attempt < 12) throw new Error('Connection terminated unexpectedly');
      failOn(3, () => new Error('no'))(some);
    });
    expect({ handled, buried: buried.map(({ offset }) => offset) }).toEqual({ handled: [0, 1, 2], buried: [3] });
  });

  it('the consumer must give the batch back → what `rest` throws', async () => {
    const work = {
      handle: () => Promise.reject(new Error('no')),
      bury: () => Promise.resolve(),
      rest: () => Promise.reject(new Error('rebalancing')),
      failed: () => undefined,
      isolating: () => undefined,
    };
    await expect(handleUntilDone(batch(1), work)).rejects.toThrow('rebalancing');
  });
});
