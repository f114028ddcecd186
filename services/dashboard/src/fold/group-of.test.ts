// Where a chain stands, and which of its alerts comes first.
import { describe, expect, it } from '@jest/globals';
import type { ChainSummary, FindingCode, Status } from '@unbroken/custody';
import { playbook } from '@unbroken/words';
import { standingOf, worstFirst } from './group-of.js';
import type { OpenAlert } from './open-alert.js';

/** An open alert, raised at that minute. */
const alert = (code: FindingCode, minute = 0): OpenAlert =>
  ({
    id: `${code} ${minute}`,
    code,
    severity: playbook[code].severity,
    raisedAt: new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString(),
  }) as OpenAlert;

const groupOf = (status: Status, ...codes: FindingCode[]) =>
  standingOf(
    { status } as ChainSummary,
    codes.map((code) => alert(code)),
    0,
  ).group;

const MISDELIVERED: FindingCode[] = ['misdelivery.wrong-place', 'misdelivery.wrong-party', 'misdelivery.off-route'];

describe('the group of a chain', () => {
  it('misdelivered and still on its way → in wrong hands, also where it was opened', () => {
    expect(groupOf('in-custody', ...MISDELIVERED)).toBe('wrong-hands');
    expect(groupOf('astray', ...MISDELIVERED, 'parcel.opened')).toBe('wrong-hands');
  });

  it.each<Status>(['confirmed', 'void', 'destroyed'])(
    'misdelivered, and %s since → not in wrong hands any more',
    (status) => {
      expect(groupOf(status, 'misdelivery.wrong-place', 'misdelivery.off-route')).toBe('to-look-at');
      expect(groupOf(status, 'misdelivery.wrong-party')).toBe('breach');
    },
  );

  it('misdelivered, opened and confirmed → a breach to assess', () => {
    expect(groupOf('confirmed', ...MISDELIVERED, 'parcel.opened', 'dispatch.unencrypted')).toBe('breach');
  });

  it('lost or late, and confirmed since → neither any more', () => {
    expect(groupOf('confirmed', 'arrival.overdue', 'handoff.unanswered')).toBe('to-look-at');
    expect(groupOf('confirmed', 'parcel.lost')).toBe('breach');
  });

  it('confirmed, and how is disputed → disputed', () => {
    expect(groupOf('disputed', 'chain.disputed')).toBe('disputed');
  });

  it('opened, and late too → never sunk below what is only late', () => {
    expect(groupOf('in-custody', 'arrival.overdue', 'parcel.opened')).toBe('breach');
    expect(groupOf('in-custody', 'arrival.overdue')).toBe('late');
  });

  it('nothing open → on its way, or closed', () => {
    expect(groupOf('in-custody')).toBe('on-the-way');
    expect(groupOf('confirmed')).toBe('closed');
  });
});

describe('the worst of several alerts', () => {
  it('opened last of all → first; then what else the law counts hours for', () => {
    const codes = worstFirst([
      alert('dispatch.unencrypted', 1),
      alert('misdelivery.wrong-place', 2),
      alert('misdelivery.wrong-party', 3),
      alert('seal.broken', 4),
      alert('parcel.opened', 5),
    ]).map(({ code }) => code);
    expect(codes).toEqual([
      'parcel.opened',
      'misdelivery.wrong-party',
      'seal.broken',
      'misdelivery.wrong-place',
      'dispatch.unencrypted',
    ]);
  });

  it('equally heavy → the one that waits longest', () => {
    const [first] = worstFirst([alert('parcel.opened', 9), alert('parcel.opened', 1)]);
    expect(first?.raisedAt).toContain('08:01');
  });
});
