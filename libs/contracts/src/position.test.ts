import { custodyNumber, positionOf } from './position.js';

it('an entry of a log that succeeds another → after all of that, in the order of its own', () => {
  const [first, second] = ['hub/custody/0', 'hub/custody/1'];
  const last = 2 ** 43 - 1;
  const positions = [
    ...[positionOf(first, 0), positionOf(first, 1), positionOf(first, last)],
    ...[positionOf(second, 0), positionOf(second, last), positionOf('hub/custody/2', 0)],
  ];
  expect(positions.toSorted((a, b) => a - b)).toEqual(positions);
  expect(new Set(positions).size).toBe(positions.length);
});

it('the first custody log and the registry log → positions are indices, as they are kept from before', () => {
  expect([positionOf('hub/custody/0', 7), positionOf('hub/registry', 7), positionOf(undefined, 7)]).toEqual([7, 7, 7]);
});

it('the last log there can be → still counted exactly', () => {
  expect(custodyNumber('hub/custody/999')).toBe(999);
  expect(Number.isSafeInteger(positionOf('hub/custody/999', 2 ** 43 - 1))).toBe(true);
});
