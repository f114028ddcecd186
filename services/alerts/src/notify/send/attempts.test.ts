import { describe, expect, it } from '@jest/globals';
import { followUp } from './attempts.js';
import { failedOn, notReached, reached } from './outcome.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;
const failing = (tries: number, hours: number) => ({ tries, first_tried_at: new Date(NOW - hours * HOUR) });

describe('what follows an attempt', () => {
  it('the first that fails → another in a second; later ones wait twice as long, and at most an hour', () => {
    expect(followUp({ tries: 0, first_tried_at: null }, notReached('answered 503'), NOW)).toEqual({
      state: 'sending',
      tries: 1,
      firstTriedAt: NOW,
      nextAt: new Date(NOW + 1_000),
      endedAt: null,
      pauseMs: 1_000,
      unreached: false,
    });
    expect([1, 2, 5, 11, 12, 35].map((tries) => followUp(failing(tries, 0.1), notReached('x'), NOW).pauseMs)).toEqual([
      2_000,
      4_000,
      32_000,
      2_048_000,
      HOUR,
      HOUR,
    ]);
  });

  it('an hour without reaching anybody → the operator’s to look at, and tried on', () => {
    expect(followUp(failing(11, 1), notReached('x'), NOW)).toMatchObject({ state: 'sending', unreached: true });
    expect(followUp(failing(11, 0.9), notReached('x'), NOW)).toMatchObject({ state: 'sending', unreached: false });
  });

  it('a day, or a receiver that wants no more → given up', () => {
    expect(followUp(failing(34, 24), notReached('x'), NOW)).toMatchObject({ state: 'failed', nextAt: null, tries: 35 });
    expect(followUp(failing(1, 0), notReached('answered 410', true), NOW)).toMatchObject({ state: 'failed' });
  });

  it('reached → done', () => {
    expect(followUp(failing(3, 2), reached, NOW)).toMatchObject({ state: 'delivered', tries: 4, unreached: false });
  });
});

describe('an outcome', () => {
  it('never quotes what a server or library says', () => {
    const refused = Object.assign(new Error('550 mrs.hansen@clinic.example unknown'), {
      code: 'EENVELOPE',
      responseCode: 550,
    });
    expect(failedOn(refused)).toMatchObject({ why: 'mail server answered 550' });
    expect(failedOn(Object.assign(new Error('to mrs.hansen'), { code: 'ECONNREFUSED' }))).toMatchObject({
      why: 'ECONNREFUSED',
    });
    expect(failedOn(Object.assign(new Error(), { code: 'to mrs.hansen' }))).toMatchObject({ why: 'failed' });
  });
});
