import { describe, expect, it } from '@jest/globals';
import { clockTime, clockTimeAndAway, timeAway } from './moment.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const now = new Date(2026, 10, 21, 14, 58).getTime();

describe('a moment in words', () => {
  it('earlier today → clock and distance', () => {
    expect(clockTimeAndAway(now - 26 * MINUTE, now)).toBe('14:32, 26 min ago');
  });

  it('another day → its date before the clock', () => {
    expect(clockTime(now - 24 * HOUR, now)).toBe('20 Nov, 14:58');
    expect(clockTime(now - 366 * 24 * HOUR, now)).toBe('20 Nov 2025, 14:58');
  });

  // "hr" or "hrs": browsers differ in their version of the same tables.
  it.each([
    [20_000, /^just now$/],
    [-59_000, /^just now$/],
    [-99 * MINUTE, /^99 min ago$/],
    [-101 * MINUTE, /^2 hrs? ago$/],
    [-35 * HOUR, /^35 hrs? ago$/],
    [-49 * HOUR, /^2 days ago$/],
    [3 * HOUR, /^in 3 hrs?$/],
  ])('%d ms away → %s', (away, said) => {
    expect(timeAway(now + away, now)).toMatch(said);
  });
});
