// Deadlines counted in working hours. Each calendar is laid out once, month by month and only as far as it is asked for,
// so that a chain of a thousand releases, or a calendar of a minute a week, costs hardly more than one deadline.

import { DateTime } from 'luxon';
import { WEEK, inOrder } from './working-hours.js';
import type { Interval, WorkingHours } from './working-hours.js';

/** Further than this nobody plans; it also bounds the work that a calendar of minutes a week can cause. */
const HORIZON_MONTHS = 120;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** Both in seconds since the epoch. */
interface Shift {
  readonly begins: number;
  readonly ends: number;
}

interface Month {
  /** In order, none of them empty. */
  readonly shifts: readonly Shift[];
  /** Seconds worked in it. */
  readonly worked: number;
}

/** Calendars are values that never change; each is laid out as long as somebody holds it. */
const laidOut = new WeakMap<WorkingHours, Map<number, Month>>();

/**
 * The moment at which `seconds` of working time have passed since `start` (both seconds since the epoch). A deadline
 * that ends with the working day falls on its last second, not on the next morning. Looks ten years ahead at most: what
 * has not passed by then falls due there.
 */
export function addWorkingSeconds(start: number, seconds: number, hours: WorkingHours): number {
  if (seconds <= 0) return start;
  const first = monthAt(start, hours);
  let remaining = seconds;
  for (let no = first; no <= first + HORIZON_MONTHS; no += 1) {
    const { shifts, worked } = monthOf(hours, no);
    if (no > first && remaining > worked) {
      remaining -= worked;
      continue;
    }
    for (const { begins, ends } of shifts) {
      const from = Math.max(start, begins);
      if (ends <= from) continue;
      if (remaining <= ends - from) return from + remaining;
      remaining -= ends - from;
    }
  }
  return Math.max(start, firstDayOf(hours, first + HORIZON_MONTHS + 1).toSeconds());
}

/** Most that is asked lies in one month, and looking up in which costs more than all the rest. */
const askedLast = new WeakMap<WorkingHours, { readonly no: number; readonly begins: number; readonly ends: number }>();

/** The number of the month that the moment lies in. */
function monthAt(moment: number, hours: WorkingHours): number {
  const last = askedLast.get(hours);
  if (last !== undefined && last.begins <= moment && moment < last.ends) return last.no;
  const { year, month } = DateTime.fromSeconds(moment, { zone: hours.tz });
  const no = year * 12 + month - 1;
  askedLast.set(hours, { no, begins: firstDayOf(hours, no).toSeconds(), ends: firstDayOf(hours, no + 1).toSeconds() });
  return no;
}

/** Months are numbered from the year 0 on. */
const firstDayOf = ({ tz }: WorkingHours, no: number): DateTime =>
  DateTime.fromObject({ year: Math.floor(no / 12), month: (no % 12) + 1 }, { zone: tz }).startOf('day');

function monthOf(hours: WorkingHours, no: number): Month {
  const months = laidOut.get(hours) ?? new Map<number, Month>();
  laidOut.set(hours, months);
  const month = months.get(no) ?? layOut(hours, no);
  months.set(no, month);
  return month;
}

function layOut(hours: WorkingHours, no: number): Month {
  const closed = new Set(hours.closed);
  const week = WEEK.map((name) => inOrder(hours.week[name] ?? []));
  const first = firstDayOf(hours, no);
  const days = first.daysInMonth ?? 0;
  const steady = isSteady(first, days);
  const shifts: Shift[] = [];
  for (let day = 0; day < days; day += 1) {
    const intervals = week[(first.weekday - 1 + day) % 7] ?? [];
    if (intervals.length === 0 || closed.has(isoDateOf(first, day))) continue;
    shifts.push(
      ...(steady ? ordinary(first.toSeconds() + day * DAY, intervals) : shiftsOf(first.plus({ days: day }), intervals)),
    );
  }
  return { shifts, worked: shifts.reduce((sum, { begins, ends }) => sum + ends - begins, 0) };
}

/** Do the clocks stay as they are all month? Nowhere do they change there and back within ten days. */
function isSteady(first: DateTime, days: number): boolean {
  const { offset, zone } = first;
  const start = first.toMillis();
  return [10, 20, days].every((day) => zone.offset(start + day * DAY * 1000) === offset);
}

const isoDateOf = ({ year, month }: DateTime, day: number): string =>
  [String(year).padStart(4, '0'), ...[month, day + 1].map((part) => String(part).padStart(2, '0'))].join('-');

/** Where the clocks stay as they are a local time is so many seconds after midnight. */
const ordinary = (midnight: number, intervals: readonly Interval[]): Shift[] =>
  intervals.map(([from, to]) => ({ begins: midnight + secondsOf(from), ends: midnight + secondsOf(to) }));

/** Where they change, each local time is looked up. */
const shiftsOf = (date: DateTime, intervals: readonly Interval[]): Shift[] =>
  intervals
    .map(([from, to]) => ({ begins: instantOf(date.startOf('day'), from), ends: instantOf(date.startOf('day'), to) }))
    .filter(({ begins, ends }) => ends > begins);

function secondsOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * HOUR + minute * 60;
}

function instantOf(date: DateTime, time: string): number {
  if (time === '24:00') return date.plus({ days: 1 }).startOf('day').toSeconds();
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const at = date.set({ hour, minute });
  // A time that the clocks skip means the moment they jump, which is on the hour.
  const skipped = at.hour !== hour || at.minute !== minute;
  return (skipped ? at.startOf('hour') : at).toSeconds();
}
