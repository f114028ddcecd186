import { Repeated } from './repeated.js';

const NEVER_MS = 3_600_000;

/** Whatever is to happen without a clock has happened by then. */
const allElse = () => new Promise(setImmediate);

describe('repeated work', () => {
  it('more of it → at once again; no more → when woken', async () => {
    const left = [true, true, false, false];
    let times = 0;
    const doSome = () => Promise.resolve(left[times++] ?? false);
    const repeated = new Repeated({ doSome, failed: () => undefined, pollMs: NEVER_MS });
    repeated.start();
    await allElse();
    expect(times).toBe(3);
    repeated.wake();
    await allElse();
    expect(times).toBe(4);
    await repeated.stop();
  });

  it('woken while it works → looks again before it waits', async () => {
    let times = 0;
    const repeated = new Repeated({
      doSome: () => {
        times += 1;
        if (times === 1) repeated.wake();
        return Promise.resolve(false);
      },
      failed: () => undefined,
      pollMs: NEVER_MS,
    });
    repeated.start();
    await allElse();
    expect(times).toBe(2);
    await repeated.stop();
  });

  it('it fails → told how often in a row, from one again after a success, and goes on', async () => {
    const outcomes = ['fails', 'fails', 'works', 'fails'];
    const told: string[] = [];
    const repeated = new Repeated({
      doSome: () => {
        const outcome = outcomes.shift();
        if (outcome === 'fails') return Promise.reject(new Error(`away, ${outcomes.length} left`));
        return Promise.resolve(outcomes.length > 0);
      },
      failed: (error, attempt) => {
        told.push(`${attempt}: ${(error as Error).message}`);
        // Else it would wait, longer each time.
        repeated.wake();
      },
      pollMs: NEVER_MS,
    });
    repeated.start();
    await allElse();
    expect(told).toEqual(['1: away, 3 left', '2: away, 2 left', '1: away, 0 left']);
    await repeated.stop();
  });

  it('what a failure asks for takes its time → done before the next attempt', async () => {
    const order: string[] = [];
    const repeated = new Repeated({
      doSome: () => {
        order.push('attempt');
        return order.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve(false);
      },
      failed: async () => {
        repeated.wake();
        await new Promise(setImmediate);
        order.push('put right');
      },
      pollMs: NEVER_MS,
    });
    repeated.start();
    await allElse();
    await allElse();
    expect(order).toEqual(['attempt', 'put right', 'attempt']);
    await repeated.stop();
  });

  it('stopped while it works → ends after what is in hand, and is not started again', async () => {
    let finish: ((isMore: boolean) => void) | undefined;
    let times = 0;
    const doSome = () => {
      times += 1;
      return new Promise<boolean>((resolve) => (finish = resolve));
    };
    const repeated = new Repeated({ doSome, failed: () => undefined, pollMs: NEVER_MS });
    repeated.start();
    let hasEnded = false;
    const stopped = repeated.stop().then(() => (hasEnded = true));
    await allElse();
    expect(hasEnded).toBe(false);
    finish?.(true);
    await stopped;
    repeated.start();
    await allElse();
    expect(times).toBe(1);
  });
});
