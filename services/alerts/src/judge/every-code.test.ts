// Every code through the whole service, from the entry on its topic to the alert over HTTP: raised where it should be, and
// not where something comes near to it and is in order. Those of the record itself: record-alerts.test, split-views.test.

import { findingCodes } from '@unbroken/custody';
import type { FindingCode } from '@unbroken/custody';
import { AlertsHouse } from '../fixture/alerts-house.js';
import { Cast } from '../fixture/every-code/cast.js';
import { everyCode } from '../fixture/every-code/index.js';

/** Longer than any deadline of theirs in working time; less than `due`. */
const FIVE_DAYS = 5 * 24 * 3_600_000;

/** Longer than a pipeline that is back may take to bring what was held up. */
const CAUGHT_UP = 61 * 60_000;

let house: AlertsHouse;
const happened = new Map<FindingCode, { readonly raised: string; readonly near: string }>();

beforeAll(async () => {
  house = await AlertsHouse.build();
  await house.start();
  const cast = await Cast.of(house);
  for (const code of findingCodes) {
    const raised = await everyCode[code].raised(cast);
    const near = await everyCode[code].notRaised(cast);
    happened.set(code, { raised: raised.sub, near: near.sub });
  }
  await house.settled();
  house.clock.advance(FIVE_DAYS);
  // The courier is heard of, and an hour later what is silent is not held up somewhere.
  await cast.underWay();
  await house.settled();
  house.clock.advance(CAUGHT_UP);
}, 120_000);

afterAll(() => house.tearDown(), 30_000);

const codesOf = async (sub: string) => new Set((await house.alerts(sub)).map(({ code }) => code));
const chainsOf = (code: FindingCode) => happened.get(code) ?? { raised: '', near: '' };

it.each(findingCodes)('%s → raised', async (code) => {
  await expect(house.alert(chainsOf(code).raised, code)).resolves.toMatchObject({ code });
});

describe('comes near', () => {
  it.each(findingCodes.map((code) => [code, everyCode[code].near] as const))('%s: %s → not raised', async (code) => {
    expect(await codesOf(chainsOf(code).near)).not.toContain(code);
  });
});
