import { Sleeper, backoffMs } from './backoff.js';

describe('waiting', () => {
  it('attempt after attempt → doubles from 100 ms and stays at 5 s', () => {
    expect([1, 2, 3, 6, 7, 1_000].map(backoffMs)).toEqual([100, 200, 400, 3_200, 5_000, 5_000]);
  });

  it('woken while asleep → ends at once', async () => {
    const sleeper = new Sleeper();
    const sleeping = sleeper.sleep(3_600_000);
    sleeper.wake();
    await sleeping;
  });

  it('woken before it sleeps → does not sleep, once', async () => {
    const sleeper = new Sleeper();
    sleeper.wake();
    await sleeper.sleep(3_600_000);
    let isAwake = false;
    const again = sleeper.sleep(3_600_000).then(() => (isAwake = true));
    // Whatever is to happen without a clock has happened by then.
    await new Promise(setImmediate);
    expect(isAwake).toBe(false);
    sleeper.wake();
    await again;
  });
});
