// The two CDs, played through the real system with their true dates and intervals.

import { setTimeout as pause } from 'node:timers/promises';
import { UnbrokenClient, tellCd, tellings } from '@unbroken/sdk';
import type { Stage, StoryLine, TellingName, ToldCd } from '@unbroken/sdk';
import { TestClock } from '@unbroken/testing';
import { parseToken } from '@unbroken/tokens';
import { erasedAfterwards } from './erased-afterwards.js';
import { allJudged } from '../all-judged.js';
import { judgedBy } from '../judged-by.js';
import { runningSystem } from '../../running-system.js';
import type { RunningSystem } from '../../running-system.js';

/** A telling brings four parties onto the stage and waits for the record of every token. */
const TELLING_MS = 120_000;

let clock: TestClock;
let system: RunningSystem;
let client: UnbrokenClient;
let said: StoryLine[];

async function tell(telling: TellingName): Promise<ToldCd> {
  clock = new TestClock(new Date(tellings[telling].steps[0]?.at ?? ''));
  system = await runningSystem({ clock });
  client = new UnbrokenClient({ url: system.url });
  said = [];
  const stage: Stage = {
    client,
    tempo: 'true',
    now: () => clock.now(),
    pass: async (ms) => {
      await allJudged(system);
      clock.advance(ms);
    },
    pause: (ms) => pause(ms),
    say: (line) => void said.push(line),
  };
  return tellCd(telling, stage);
}

/** Each token of the chain as `event findings`, in the order of the log. */
async function chainOf(sub: string | undefined): Promise<string[]> {
  const { tokens } = await client.chain(sub ?? '');
  return tokens.map(({ token = '', findings }) => [parseToken(token).claims.evt, ...findings].join(' '));
}

/** Every alert of the parcel, as `code of-event state`, in alphabetical order, once nothing more can come. */
async function alertsOf(sub: string | undefined): Promise<string[]> {
  const { tokens } = await client.chain(sub ?? '');
  await judgedBy(client, clock, sub ?? '');
  const event = new Map(tokens.map(({ tid, token = '' }) => [tid, parseToken(token).claims.evt]));
  const { alerts } = await client.alerts({ sub: sub ?? '', state: 'all' });
  return alerts
    .flatMap(({ code, tid, state }) => (event.has(tid) ? [`${code} ${event.get(tid) ?? ''} ${state}`] : []))
    .sort();
}

afterEach(async () => system.stop());

describe('two unencrypted CDs are to be posted', () => {
  it(
    'as it should go → stopped twice at the door, then confirmed unopened without an alarm',
    async () => {
      const { parcels } = await tell('a');
      const [first, second] = parcels;
      const [unencrypted, unapproved] = said.filter((line) => line.kind === 'blocked');
      expect(unencrypted?.code).toBe('dispatch.unencrypted');
      expect(unencrypted?.what).toMatch(/must be encrypted/);
      expect(unencrypted?.cure).toMatch(/Encrypt it/);
      expect(unapproved?.code).toBe('dispatch.unapproved');
      expect(unapproved?.cure).toMatch(/second person/);
      expect(await chainOf(first)).toEqual(['registered', 'voided']);
      expect(await chainOf(second)).toEqual([
        'registered',
        'approved',
        'sealed',
        'released',
        'accepted',
        'released',
        'accepted',
        'confirmed',
      ]);
      expect((await client.chain(second ?? '')).state).toMatchObject({
        status: 'confirmed',
        seals: { 'DK-0417': 'intact', 'DK-0418': 'intact' },
      });
      expect(await alertsOf(first)).toEqual([]);
      expect(await alertsOf(second)).toEqual([]);
    },
    TELLING_MS,
  );

  it(
    'as it went → every wrong hand-off is flagged where it happened, and nothing else is',
    async () => {
      const { parcels, parties } = await tell('b');
      const [sub] = parcels;
      expect(await chainOf(sub)).toEqual([
        'registered',
        'sealed',
        'released dispatch.unencrypted dispatch.unapproved',
        'accepted',
        'released misdelivery.wrong-place',
        'accepted misdelivery.wrong-party misdelivery.off-route',
        'found misdelivery.stranger',
        'released',
        'accepted seal.broken parcel.opened',
        'confirmed seal.broken parcel.opened',
      ]);
      expect(await alertsOf(sub)).toEqual(
        [
          'dispatch.unapproved released raised',
          'dispatch.unencrypted released raised',
          'misdelivery.off-route accepted raised',
          'misdelivery.stranger found raised',
          'misdelivery.wrong-party accepted raised',
          'misdelivery.wrong-place released raised',
          'parcel.opened accepted raised',
          'parcel.opened confirmed raised',
          'seal.broken accepted raised',
          'seal.broken confirmed raised',
        ].sort(),
      );
      expect(said).toContainEqual({
        mark: '●',
        kind: 'state',
        text: 'In the wrong hands. Visa Centre holds it, Danish Post is responsible.',
      });
      const { alerts } = await client.alerts({ sub: sub ?? '', state: 'all' });
      const wrongParty = alerts.find(({ code }) => code === 'misdelivery.wrong-party');
      expect(wrongParty?.responsible).toBe(parties.post);
      const { finders: _, ...concerned } = parties;
      expect(wrongParty?.parties).toEqual(expect.arrayContaining(Object.values(concerned)));
    },
    TELLING_MS,
  );

  it(
    'with a post that has no devices → the consignee’s silence is an alarm after eight working hours',
    async () => {
      const { parcels, alarms } = await tell('c');
      const [sub] = parcels;
      expect(await chainOf(sub)).toEqual([
        'registered',
        'approved',
        'sealed',
        'released',
        'accepted',
        'imported delivered.unconfirmed',
      ]);
      expect(await alertsOf(sub)).toEqual(['delivered.unconfirmed imported acknowledged']);
      const { alerts } = await client.alerts({ sub: sub ?? '', state: 'all' });
      // Delivered on Thursday at 10:41: until 16:00, and on Friday from 08:00 on, is eight working hours.
      const unconfirmed = alerts.find(({ code }) => code === 'delivered.unconfirmed');
      expect(unconfirmed?.dueAt).toBe('2015-02-20T09:41:00.000Z');
      expect(alarms).toMatchObject([{ code: 'delivered.unconfirmed', since: 'due' }]);
    },
    TELLING_MS,
  );

  it(
    'with its incident → the finder’s word, what was exposed, the clock, the draft in phases, back and confirmed',
    async () => {
      const { parcels } = await tell('d');
      const [sub = ''] = parcels;
      expect((await chainOf(sub)).slice(-5)).toEqual([
        'found misdelivery.stranger',
        'released',
        'accepted seal.broken parcel.opened',
        'released',
        'confirmed seal.broken parcel.opened',
      ]);
      expect((await client.chain(sub)).state).toMatchObject({ status: 'confirmed' });
      const seen = said.flatMap((line) => (line.kind === 'seen' ? [line.text] : []));
      expect(seen.filter((text) => text.includes('2015-02-19'))).toEqual([
        expect.stringMatching(
          /^In the hands of a party that was not to have it: at the earliest from 2015-02-19 09:38:00 UTC, shown at 2015-02-19 09:41:00 UTC, until 2015-02-19 10:25:00 UTC; with Danish Post, who was to have it, until 2015-02-19 09:41:00 UTC, then in the hands of Visa Centre\.$/,
        ),
        expect.stringMatching(
          /^Open, or with a seal that differs: .* shown at 2015-02-19 09:55:00 UTC, until 2015-02-19 10:45:00 UTC/,
        ),
        expect.stringMatching(/^With somebody nobody knows, as a finder says: /),
      ]);
      expect(seen).toContain(
        'We have told Datatilsynet what we know. Unknown so far: number of people, number of records.',
      );
      expect(seen).toContain('The incident is closed. Its file keeps 9 acts.');
      // Notified within the first day: no mark of the clock was ever reached.
      const { alerts } = await client.alerts({ state: 'all', limit: 200 });
      expect(alerts.filter(({ code }) => code === 'incident.clock')).toEqual([]);
      await erasedAfterwards({ system, client, clock, sub });
    },
    TELLING_MS,
  );
});
