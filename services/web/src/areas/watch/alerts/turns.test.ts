import { describe, expect, it } from '@jest/globals';
import type { Alert } from '@unbroken/contracts';
import { turnsOf } from './turns.js';

const alert = (
  id: string,
  sub: string,
  severity: Alert['severity'],
  minute: number,
  state: Alert['state'] = 'raised',
) => ({ id, sub, severity, state, raisedAt: `2026-11-21T10:${minute}:00.000Z` }) as Alert;

const order = (alerts: Alert[]) =>
  turnsOf(alerts).map(({ state, chains }) => [
    state,
    ...chains.map(({ sub, alerts: own }) => [sub, ...own.map(({ id }) => id)]),
  ]);

describe('the inbox', () => {
  it('alerts of several parcels → the heaviest parcel first, in it the heaviest alert', () => {
    const given = [alert('1', 'A', 'high', 50), alert('2', 'B', 'medium', 40), alert('3', 'B', 'critical', 10)];
    expect(order(given)).toEqual([['raised', ['B', '3', '2'], ['A', '1']]]);
  });

  it('equally heavy → the newest first', () => {
    expect(order([alert('1', 'A', 'high', 10), alert('2', 'B', 'high', 20)])).toEqual([
      ['raised', ['B', '2'], ['A', '1']],
    ]);
  });

  it('what somebody is on → in a turn of its own, behind everything that nobody is on, also of the same parcel', () => {
    const given = [
      alert('1', 'A', 'critical', 10, 'acknowledged'),
      alert('2', 'A', 'low', 20),
      alert('3', 'A', 'high', 30, 'acknowledged'),
      alert('4', 'A', 'medium', 40),
      alert('5', 'B', 'low', 50),
    ];
    expect(order(given)).toEqual([
      ['raised', ['A', '4', '2'], ['B', '5']],
      ['acknowledged', ['A', '1', '3']],
    ]);
  });

  it('the same alert on two pages → once', () => {
    expect(order([alert('1', 'A', 'high', 10), alert('1', 'A', 'high', 10)])).toEqual([['raised', ['A', '1']]]);
  });
});
