import { describe, expect, it } from '@jest/globals';
import { endOfQuiet, isUrgent } from './quiet-hours.js';
import type { QuietHours } from './quiet-hours.js';

const night: QuietHours = { zone: 'Europe/Copenhagen', from: '22:00', to: '07:00' };
const noon: QuietHours = { zone: 'Europe/Copenhagen', from: '12:00', to: '13:30' };

const end = (quiet: QuietHours, at: string): string => new Date(endOfQuiet(quiet, Date.parse(at))).toISOString();

describe('quiet hours', () => {
  it.each([
    ['in the evening → the next morning', night, '2026-01-15T21:30:00Z', '2026-01-16T06:00:00.000Z'],
    ['after midnight → this morning', night, '2026-01-16T03:00:00Z', '2026-01-16T06:00:00.000Z'],
    ['at their first moment → the next morning', night, '2026-01-15T21:00:00Z', '2026-01-16T06:00:00.000Z'],
    ['at their end → now', night, '2026-01-16T06:00:00Z', '2026-01-16T06:00:00.000Z'],
    ['by day → now', night, '2026-01-16T12:00:00Z', '2026-01-16T12:00:00.000Z'],
    ['within a day → its end', noon, '2026-01-16T11:10:00Z', '2026-01-16T12:30:00.000Z'],
    ['in summer → an hour earlier in UTC', night, '2026-07-01T01:00:00Z', '2026-07-01T05:00:00.000Z'],
    [
      'the night the clocks go forward → seven by the new time',
      night,
      '2026-03-28T23:00:00Z',
      '2026-03-29T05:00:00.000Z',
    ],
    ['the night they go back → seven by the new time', night, '2026-10-24T22:00:00Z', '2026-10-25T06:00:00.000Z'],
  ])('%s', (_, quiet, at, expected) => {
    expect(end(quiet, at)).toBe(expected);
  });

  it('wrong hands, open parcels and the record wait for nobody; a late answer does', () => {
    expect(isUrgent('misdelivery.wrong-place', 'low')).toBe(true);
    expect(isUrgent('parcel.stolen', 'medium')).toBe(true);
    expect(isUrgent('parcel.opened', 'medium')).toBe(true);
    expect(isUrgent('log.tampered', 'high')).toBe(true);
    expect(isUrgent('clock.drift', 'critical')).toBe(true);
    expect(isUrgent('dispatch.break-glass', 'high')).toBe(true);
    expect(isUrgent('dispatch.unapproved', 'high')).toBe(false);
    expect(isUrgent('handoff.unanswered', 'high')).toBe(false);
  });
});
