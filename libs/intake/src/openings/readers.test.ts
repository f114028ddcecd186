// Who opens something, where nothing shows it.

import { TestClock } from '@unbroken/testing';
import { Readers } from './readers.js';

/** Nobody shows a key here. */
const view = { registry: undefined as never, deployment: 'a' };
const DAY_MS = 24 * 3_600_000;

it('nothing shows who asks → the same mark all day for a network, whichever service is asked, and no address', async () => {
  const clock = new TestClock(new Date('2026-03-02T08:00:00Z'));
  const [page, ledger] = [new Readers(view, clock), new Readers(view, clock)];
  const first = await page.of(undefined, '198.51.100.7');
  expect(first).toEqual({
    party: null,
    kid: null,
    person: null,
    source: expect.stringMatching(/^[\w-]{8}$/) as string,
  });
  expect(await ledger.of(undefined, '198.51.100.7')).toEqual(first);
  expect(await page.of(undefined, '198.51.100.8')).not.toEqual(first);
  clock.advance(DAY_MS);
  expect(await page.of(undefined, '198.51.100.7')).not.toEqual(first);
});
