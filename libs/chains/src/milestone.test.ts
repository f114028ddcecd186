import { describe, expect, it } from '@jest/globals';
import { isBrokerFailure } from '@unbroken/platform';
import { Milestone } from './milestone.js';

describe('Milestone', () => {
  it('whoever waits for what is reached → goes on, the others wait', async () => {
    const milestone = new Milestone();
    const gone: number[] = [];
    void milestone.until(2n).then(() => gone.push(2));
    void milestone.until(5n).then(() => gone.push(5));

    milestone.advance(3n);
    await milestone.until(3n);
    expect(gone).toEqual([2]);
    milestone.advance(5n);
    await milestone.until(5n);
    expect(gone).toEqual([2, 5]);
  });

  it('moved back → stays where it was', () => {
    const milestone = new Milestone();
    milestone.advance(4n);
    milestone.advance(1n);
    expect(milestone.reached).toBe(4n);
  });

  it('stopped → lets everybody go with what handlers take for an outage, and keeps what was reached', async () => {
    const milestone = new Milestone();
    milestone.advance(1n);
    const waiting = milestone.until(2n).catch((error: unknown) => error);
    milestone.stop();
    expect(isBrokerFailure(await waiting)).toBe(true);
    await expect(milestone.until(9n)).rejects.toThrow('stopped');
    await expect(milestone.until(1n)).resolves.toBeUndefined();
  });
});
