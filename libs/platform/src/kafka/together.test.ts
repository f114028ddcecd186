import { describe, expect, it } from '@jest/globals';
import { Together } from './together.js';

/** Work that ends when it is told to. */
function slowWork() {
  const done: (readonly string[])[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const together = new Together<string>(
    (items) =>
      new Promise((resolve, reject) => {
        done.push(items);
        ends.push((error) => (error ? reject(error) : resolve()));
      }),
  );
  const end = async (error?: Error) => {
    ends.shift()?.(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { together, done, end };
}

describe('going together', () => {
  it('who comes while work is under way → into the next, in the order they came', async () => {
    const { together, done, end } = slowWork();
    const first = together.do(['a']);
    const others = [together.do(['b', 'c']), together.do(['d'])];
    await end();
    await first;
    expect(done).toEqual([['a'], ['b', 'c', 'd']]);
    await end();
    await Promise.all(others);
  });

  it('the work of a group fails → each alone, and only whose it was hears of it', async () => {
    const { together, done, end } = slowWork();
    const first = together.do(['a']);
    const good = together.do(['b']);
    const bad = together.do(['c']).catch((error: unknown) => error);
    await end();
    await first;
    await end(new Error('one of them'));
    await end();
    await good;
    await end(new Error('this one'));
    expect(await bad).toMatchObject({ message: 'this one' });
    expect(done).toEqual([['a'], ['b', 'c'], ['b'], ['c']]);
  });

  it('more than fit → as many as fit, the rest after them', async () => {
    const { together, done, end } = slowWork();
    const many = (count: number) => Array.from({ length: count }, () => 'x');
    const all = [together.do(['a']), together.do(many(1_500)), together.do(many(1_500)), together.do(many(3_000))];
    for (let turn = 0; turn < all.length; turn += 1) await end();
    await Promise.all(all);
    expect(done.map(({ length }) => length)).toEqual([1, 1_500, 1_500, 3_000]);
  });
});
