import { DateTime } from 'luxon';
import { workingHours } from './working-hours.js';
import { addWorkingSeconds } from './working-time.js';
import type { WorkingHours } from './working-hours.js';

const HOUR = 3600;
const office: [string, string][] = [['08:00', '16:00']];
const copenhagen: WorkingHours = {
  tz: 'Europe/Copenhagen',
  week: { mon: office, tue: office, wed: office, thu: office, fri: office },
};
const roundTheClock: [string, string][] = [['00:00', '24:00']];
const always: WorkingHours = {
  tz: 'Europe/Copenhagen',
  week: {
    mon: roundTheClock,
    tue: roundTheClock,
    wed: roundTheClock,
    thu: roundTheClock,
    fri: roundTheClock,
    sat: roundTheClock,
    sun: roundTheClock,
  },
};

const at = (local: string, zone = 'Europe/Copenhagen'): number => DateTime.fromISO(local, { zone }).toSeconds();
const local = (seconds: number, zone = 'Europe/Copenhagen'): string =>
  DateTime.fromSeconds(seconds, { zone }).toISO({ includeOffset: false, suppressMilliseconds: true }) ?? '';
/** 2026-03-02 is a Monday. */
const due = (start: string, hours: number, calendar = copenhagen): string =>
  local(addWorkingSeconds(at(start, calendar.tz), hours * HOUR, calendar), calendar.tz);

describe('counting working seconds', () => {
  it('within one day → the same day', () => expect(due('2026-03-02T09:30:00', 2)).toBe('2026-03-02T11:30:00'));

  it('over the evening → goes on next morning', () => {
    expect(due('2026-03-02T15:00:00', 2)).toBe('2026-03-03T09:00:00');
  });

  it('over the weekend → goes on on Monday', () => expect(due('2026-03-06T15:00:00', 2)).toBe('2026-03-09T09:00:00'));

  it('a start outside working hours → counts from when they begin', () => {
    expect(due('2026-03-02T05:00:00', 1)).toBe('2026-03-02T09:00:00');
    expect(due('2026-03-02T22:00:00', 1)).toBe('2026-03-03T09:00:00');
    expect(due('2026-03-07T12:00:00', 1)).toBe('2026-03-09T09:00:00');
  });

  it('time that is up exactly when work ends → the end of that day, not the next morning', () => {
    expect(due('2026-03-02T08:00:00', 8)).toBe('2026-03-02T16:00:00');
    expect(due('2026-03-06T16:00:00', 8)).toBe('2026-03-09T16:00:00');
  });

  it('a start exactly at the opening or the closing edge → a full day counts', () => {
    expect(due('2026-03-02T08:00:00', 1)).toBe('2026-03-02T09:00:00');
    expect(due('2026-03-02T16:00:00', 1)).toBe('2026-03-03T09:00:00');
  });

  it('a closed date in between → is skipped', () => {
    const holiday = { ...copenhagen, closed: ['2026-03-03', '2026-03-04'] };
    expect(due('2026-03-02T15:00:00', 2, holiday)).toBe('2026-03-05T09:00:00');
  });

  it('several intervals a day, in any order → the break does not count', () => {
    const siesta: WorkingHours = {
      ...copenhagen,
      week: {
        mon: [
          ['14:00', '18:00'],
          ['08:00', '12:00'],
        ],
      },
    };
    expect(due('2026-03-02T11:00:00', 2, siesta)).toBe('2026-03-02T15:00:00');
    expect(due('2026-03-02T11:00:00', 6, siesta)).toBe('2026-03-09T09:00:00');
  });

  it('no time at all → due at once', () => expect(due('2026-03-07T12:00:00', 0)).toBe('2026-03-07T12:00:00'));

  it('parts of a second of the start → are kept', () => {
    expect(addWorkingSeconds(at('2026-03-02T09:00:00') + 0.25, 60, copenhagen)).toBe(at('2026-03-02T09:01:00') + 0.25);
  });

  it('a deadline counted in another zone → that zone decides the day', () => {
    const tokyo = { ...copenhagen, tz: 'Asia/Tokyo' };
    expect(due('2026-03-02T15:00:00', 2, tokyo)).toBe('2026-03-03T09:00:00');
  });
});

describe('when the clocks change (Europe/Copenhagen: 2026-03-29 forward, 2026-10-25 back)', () => {
  it('forward at night between two working days → the working hours stay the same local ones', () => {
    expect(due('2026-03-27T15:00:00', 2)).toBe('2026-03-30T09:00:00');
    expect(addWorkingSeconds(at('2026-03-27T15:00:00'), 2 * HOUR, copenhagen) - at('2026-03-27T15:00:00')).toBe(
      65 * HOUR,
    );
  });

  it('back at night between two working days → likewise', () => {
    expect(due('2026-10-23T15:00:00', 2)).toBe('2026-10-26T09:00:00');
    expect(addWorkingSeconds(at('2026-10-23T15:00:00'), 2 * HOUR, copenhagen) - at('2026-10-23T15:00:00')).toBe(
      67 * HOUR,
    );
  });

  it('working round the clock → the short day has 23 hours and the long one 25', () => {
    expect(due('2026-03-29T00:00:00', 23, always)).toBe('2026-03-30T00:00:00');
    expect(due('2026-10-25T00:00:00', 25, always)).toBe('2026-10-26T00:00:00');
    expect(due('2026-10-25T00:00:00', 24, always)).toBe('2026-10-25T23:00:00');
  });

  it('a shift over the change → the seconds that pass are counted', () => {
    const night: WorkingHours = { ...copenhagen, week: { sun: [['00:00', '06:00']] } };
    expect(due('2026-03-29T00:00:00', 5, night)).toBe('2026-03-29T06:00:00');
    expect(due('2026-10-25T00:00:00', 7, night)).toBe('2026-10-25T06:00:00');
  });

  it('an edge the clocks skip → means the moment they jump', () => {
    const night: WorkingHours = { ...copenhagen, week: { sun: [['00:00', '02:30']], mon: [['08:00', '09:00']] } };
    expect(due('2026-03-29T00:00:00', 2, night)).toBe('2026-03-29T03:00:00');
    expect(due('2026-03-29T00:00:00', 3, night)).toBe('2026-03-30T09:00:00');
  });

  it('a zone whose day begins at 01:00 when the clocks change → the day still begins', () => {
    const cairo = { ...always, tz: 'Africa/Cairo' };
    expect(due('2026-04-24T01:00:00', 23, cairo)).toBe('2026-04-25T00:00:00');
  });
});

describe('many deadlines under one calendar', () => {
  it('every hour of two years, clock changes included → the seconds counted are worked', () => {
    const morocco: WorkingHours = { ...copenhagen, tz: 'Africa/Casablanca', closed: ['2026-05-01'] };
    for (const calendar of [copenhagen, morocco, always]) {
      for (let hour = 0; hour < 2 * 365 * 24; hour += 97) {
        const start = at('2026-01-01T00:00:00', calendar.tz) + hour * HOUR;
        const reached = addWorkingSeconds(start, 9 * HOUR, { ...calendar });
        if (hour % 1261 === 0) expect(workedBetween(start, reached, calendar)).toBe(9 * HOUR);
        expect(reached).toBe(addWorkingSeconds(start, 9 * HOUR, calendar));
      }
    }
  });
});

/** Counted the slow way, minute by minute of local time. */
function workedBetween(start: number, end: number, { tz, week, closed = [] }: WorkingHours): number {
  let worked = 0;
  for (let minute = start; minute < end; minute += 60) {
    const local = DateTime.fromSeconds(minute, { zone: tz });
    const day = week[(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const)[local.weekday - 1] ?? 'mon'] ?? [];
    const time = local.toFormat('HH:mm');
    const isOpen = !closed.includes(local.toISODate() ?? '') && day.some(([from, to]) => from <= time && time < to);
    if (isOpen) worked += 60;
  }
  return worked;
}

describe('calendars that would never end', () => {
  it('a minute a week and a year to count → ten years ahead, in bounded time', () => {
    const minute: WorkingHours = { ...copenhagen, week: { mon: [['08:00', '08:01']] } };
    const start = at('2026-03-02T08:00:00');
    const found = addWorkingSeconds(start, 365 * 24 * HOUR, minute);
    expect(found).toBeGreaterThan(start + 3650 * 24 * HOUR);
    expect(found).toBeLessThan(start + 3690 * 24 * HOUR);
  });
});

describe('the form of working hours', () => {
  const form = (change: object): boolean => workingHours.safeParse({ ...copenhagen, ...change }).success;

  it('a week with hours, closed dates and a zone → good', () => {
    expect(form({})).toBe(true);
    expect(form({ closed: ['2026-12-24'] })).toBe(true);
    expect(form({ tz: 'UTC' })).toBe(true);
  });

  it.each([
    ['no hours in the whole week', { week: {} }],
    ['only empty days', { week: { mon: [], tue: [] } }],
    ['an interval that ends before it begins', { week: { mon: [['16:00', '08:00']] } }],
    ['an interval of no length', { week: { mon: [['08:00', '08:00']] } }],
    ['a day that begins at 24:00', { week: { mon: [['24:00', '24:00']] } }],
    ['a time past the day', { week: { mon: [['08:00', '25:00']] } }],
    ['a time that is none', { week: { mon: [['8', '16:00']] } }],
    [
      'intervals that overlap',
      {
        week: {
          mon: [
            ['08:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
    ],
    ['an unknown zone', { tz: 'Europe/Kopenhagen' }],
    ['an offset for a zone', { tz: '+01:00' }],
    ['a closed date that is none', { closed: ['2026-02-30'] }],
    ['an unknown member', { lunch: true }],
    ['an unknown day', { week: { monday: office } }],
  ])('%s → malformed', (_, change) => expect(form(change)).toBe(false));

  it('intervals that touch → good', () => {
    expect(
      form({
        week: {
          mon: [
            ['08:00', '12:00'],
            ['12:00', '24:00'],
          ],
        },
      }),
    ).toBe(true);
  });
});
