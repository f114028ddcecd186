// A small country's registered mail: who sends, carries and receives, by which rules, and when people work. The month is
// March 2026, in whose last week the clocks change.

import { defaultPolicy } from '@unbroken/custody';
import { DateTime } from 'luxon';

const ZONE = 'Europe/Copenhagen';

/** @typedef {import('@unbroken/custody').Mandate} Mandate */
/** @typedef {import('@unbroken/tokens').PartyId} PartyId */

/** @param {string} kind @param {number} count */
const several = (kind, count) => Array.from({ length: count }, (_, no) => `${kind}-${no + 1}`);

export const senders = several('agency', 10);
export const couriers = ['national-post', 'rail-mail', 'express', 'city-bikes'];
export const receivers = several('office', 15);
/** Takes in what comes for some of the receivers. */
export const facilities = 'facilities';

export const parties = [...senders, ...couriers, ...receivers, facilities];

/** Those that facilities may accept for, and one for which it may no more. */
export const withFacilities = receivers.slice(0, 5);
export const expired = /** @type {string} */ (receivers[5]);

/** @param {string} party */
export const mailroom = (party) => `${party}/mailroom`;

/** @param {string} by @param {number} [until] @returns {Mandate} */
const mandate = (by, until) =>
  /** @type {Mandate} */ ({ by, to: facilities, site: mailroom(by), ...(until !== undefined && { until }) });

/** @type {readonly Mandate[]} */
export const mandates = [
  ...withFacilities.map((party) => mandate(party)),
  mandate(expired, DateTime.fromISO('2026-02-28', { zone: ZONE }).toSeconds()),
];

/** Eight to four on weekdays, but for a holiday in the middle of the month. */
export const policy = { ...defaultPolicy, hours: { ...defaultPolicy.hours, closed: ['2026-03-18'] } };

/** @type {import('@unbroken/custody').JudgeContext} */
export const context = { policyOf: () => policy, hoursOf: () => undefined };

/** The working days of the month, as dates. */
export const workingDays = Array.from({ length: 31 }, (_, no) =>
  DateTime.fromObject({ year: 2026, month: 3, day: no + 1 }, { zone: ZONE }),
)
  .filter((date) => date.weekday <= 5 && !policy.hours.closed.includes(date.toISODate() ?? ''))
  .map((date) => /** @type {string} */ (date.toISODate()));

/** Seconds since the epoch. @param {string} date @param {number} secondsAfterMidnight by the clock on the wall */
export const at = (date, secondsAfterMidnight) => {
  const midnight = DateTime.fromISO(date, { zone: ZONE });
  return midnight.set({ hour: Math.floor(secondsAfterMidnight / 3600) }).toSeconds() + (secondsAfterMidnight % 3600);
};

/** @param {number} seconds since the epoch @returns {string} the local date */
export const dateOf = (seconds) => DateTime.fromSeconds(seconds, { zone: ZONE }).toISODate() ?? '';

/** When the account is made: nothing that falls due later is missed yet. */
export const END = DateTime.fromISO('2026-04-15', { zone: ZONE }).toSeconds();
