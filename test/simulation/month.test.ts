// A small month, half of it trouble: of everything that goes wrong what must be raised is, and of nothing else anything.

import { month } from './month.js';
import { troubles } from './troubles.js';

it('every kind of trouble, and as much that is well → exactly what each must raise, no misdelivery false or missed', () => {
  const { odd, ...count } = month({ shipments: 400, troubled: 50, seed: 7 });
  expect(odd).toEqual([]);
  expect(count).toMatchObject({ misdeliveriesFalse: 0, misdeliveriesMissed: 0 });
  expect(count.misdelivered).toBeGreaterThan(30);
  expect(count.troubled).toBeGreaterThan(4 * Object.keys(troubles).length);
});
