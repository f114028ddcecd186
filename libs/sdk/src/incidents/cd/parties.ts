// Who is in the story of the CDs, under plain names, and the rules and working hours they go by.

import type { Policy } from '@unbroken/custody';
import type { PartyInStory } from '../cast.js';
import type { Tempo } from '../stage.js';

export type CdRole = 'institute' | 'post' | 'statistics' | 'visa' | 'finders';

const HOUR = 3600;
type Hours = Policy['hours'];

const day: [string, string][] = [['08:00', '16:00']];
const always: [string, string][] = [['00:00', '24:00']];

const office: Hours = { tz: 'Europe/Copenhagen', week: { mon: day, tue: day, wed: day, thu: day, fri: day } };
const roundTheClock: Hours = {
  tz: 'Europe/Copenhagen',
  week: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always },
};

const hours: Readonly<Record<Tempo, Hours>> = { true: office, live: roundTheClock };

const deadlines: Readonly<Record<Tempo, Policy['deadlines']>> = {
  true: {
    meet: { seconds: 900, counted: 'always' },
    collect: { seconds: 24 * HOUR, counted: 'working' },
    drop: { seconds: 8 * HOUR, counted: 'working' },
    confirm: { seconds: 8 * HOUR, counted: 'working' },
  },
  live: {
    meet: { seconds: 60, counted: 'always' },
    collect: { seconds: 60, counted: 'always' },
    drop: { seconds: 60, counted: 'always' },
    confirm: { seconds: 3, counted: 'always' },
  },
};

/** The institute's policy: health data leaves encrypted, approved by a second person, from hand to hand. */
const policy = (tempo: Tempo): Policy => ({
  format: 'custody-policy/1',
  name: 'Parcels with health data',
  encryption: { from: 'sensitive', accepted: ['age', 'luks', 'veracrypt', 'zip-aes'] },
  approval: { from: 'sensitive' },
  basis: { from: 'personal' },
  ways: [
    { kind: 'physical', modes: ['meet', 'collect'], upTo: 'sensitive' },
    { kind: 'physical', modes: ['drop'], upTo: 'internal' },
  ],
  deadlines: deadlines[tempo],
  hours: hours[tempo],
});

/** Name of the consignee's place within its party. */
export const MAILROOM = 'mailroom';

/** The four parties as they come onto the stage. */
export const cdParties = (tempo: Tempo): Readonly<Record<CdRole, PartyInStory>> => ({
  institute: {
    name: 'Health Data Institute',
    roles: ['sender'],
    policy: JSON.stringify(policy(tempo), null, 2),
    devices: {
      clerk: { use: 'device', door: 'sender', person: 'clerk-0017' },
      colleague: { use: 'device', door: 'sender', person: 'colleague-0023' },
      /** A system that asks nobody whether a parcel may leave. */
      oldSystem: { use: 'gateway', door: 'courier' },
    },
  },
  post: {
    name: 'Danish Post',
    roles: ['courier'],
    devices: {
      carrier: { use: 'device', door: 'courier' },
      /** Scanners and tracking of a post whose people carry no devices. */
      tracking: { use: 'gateway', door: 'courier' },
    },
  },
  statistics: {
    name: 'Statistics Denmark',
    roles: ['receiver'],
    site: { site: MAILROOM, geo: [557_076, 125_774], radius: 50, hours: hours[tempo] },
    devices: { mailroom: { use: 'device', door: 'receiver' } },
  },
  visa: {
    name: 'Visa Centre',
    roles: ['receiver'],
    devices: { desk: { use: 'device', door: 'receiver' } },
  },
  /** Takes down what strangers say who have found a parcel. */
  finders: {
    name: 'Finder Desk',
    roles: ['finder-desk'],
    devices: { desk: { use: 'device', door: 'receiver' } },
  },
});
