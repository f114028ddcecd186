// What is opened is kept before it is shown, and once for each reader and while.

import { OPENING_SLOT_MS } from '@unbroken/contracts';
import type { Opening } from '@unbroken/contracts';
import { TestClock } from '@unbroken/testing';
import { Openings } from './openings.js';
import type { Reader } from './readers.js';

const start = new Date('2026-03-02T08:00:00Z');
const reader: Reader = { party: null, kid: null, person: null, source: 'aaaaaaaa' };
const chain = { about: '7K2M9QX4T1B8ZC3V2', what: 'chain' } as const;

let clock: TestClock;
let kept: Opening[];
let openings: Openings;

beforeEach(() => {
  clock = new TestClock(start);
  kept = [];
  openings = new Openings((some) => Promise.resolve(void kept.push(...some)), clock);
});

it('opened again within ten minutes → kept once; by another, of another kind, or later → again', async () => {
  await openings.opened([chain, chain], reader);
  await openings.opened([chain], reader);
  expect(kept).toEqual([{ at: '2026-03-02T08:00:00.000Z', ...chain, owner: null, ...reader }]);
  await openings.opened([chain], { ...reader, source: 'bbbbbbbb' });
  await openings.opened([{ ...chain, what: 'evidence' }], reader);
  expect(kept).toHaveLength(3);
  clock.advance(OPENING_SLOT_MS);
  await openings.opened([chain], reader);
  expect(kept).toHaveLength(4);
});

it('it could not be kept → the caller hears it, shows nothing, and the next time it is kept', async () => {
  let isAway = true;
  const refusing = new Openings((some) => {
    if (isAway) return Promise.reject(new Error('the database is away'));
    return Promise.resolve(void kept.push(...some));
  }, clock);
  await expect(refusing.opened([chain], reader)).rejects.toThrow('away');
  isAway = false;
  await refusing.opened([chain], reader);
  expect(kept).toHaveLength(1);
});
