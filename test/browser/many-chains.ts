import { waitFor } from '@unbroken/testing';
import type { Page } from 'playwright-core';
import { delivered } from '../e2e/cast/stories.js';
import type { BrowserHouse } from './browser-house.js';
import { copyRows } from './many-rows.js';
import { tell } from './told.js';

const MANY = 10_000;

/** A frame of scrolling fast takes at most so many times a frame of the same page left alone, in the same seconds. */
const SMOOTH = 3;

interface Scrolled {
  /** Medians, milliseconds. */
  readonly scrolled: number;
  readonly alone: number;
  /** The most rows that existed at once. */
  readonly rows: number;
}

/** Scrolls for two hundred frames, a screen every third of them; between every twenty-five it rests for as many. */
const SCROLL = `new Promise((done) => {
  const frames = { scrolled: [], alone: [] };
  let [rows, last, count] = [0, performance.now(), 0];
  const kindOf = (frame) => (Math.floor(frame / 25) % 2 === 0 ? 'scrolled' : 'alone');
  const median = (taken) => taken.sort((one, other) => one - other)[100];
  requestAnimationFrame(function frame(now) {
    // What a frame did shows in when the next one comes.
    if (count > 0) frames[kindOf(count - 1)].push(now - last);
    last = now;
    count += 1;
    rows = Math.max(rows, document.querySelectorAll('[role=row]').length);
    if (kindOf(count) === 'scrolled') window.scrollBy(0, 300);
    if (count <= 400) return requestAnimationFrame(frame);
    done({ scrolled: median(frames.scrolled), alone: median(frames.alone), rows });
  });
})`;

export function manyChainsTests(house: BrowserHouse): void {
  let page: Page;

  beforeAll(async () => {
    const { parcel } = await delivered(house.cast);
    await tell(house.url, parcel.tokens.slice(0, -1));
    const shown = async () => (await fetch(`${house.url}/dashboard/v1/chains/${parcel.sub}`)).ok;
    await waitFor(shown, { what: 'the chain to be copied' });
    const dashboard = await house.dashboardTables();
    await copyRows(dashboard, parcel.sub, MANY);
    await dashboard.destroy();
  }, 60_000);

  it('scrolled fast to the end → smooth, only what is in view exists, and the last row is reached', async () => {
    page = await house.page();
    await page.goto('/');
    await page.getByRole('row').nth(5).getByRole('link').waitFor();
    const { scrolled, alone, rows } = await page.evaluate<Scrolled>(SCROLL);
    expect(scrolled / alone).toBeLessThan(SMOOTH);
    expect(rows).toBeLessThan(80);
    const table = page.getByRole('table');
    const last = Number(await table.getAttribute('aria-rowcount'));
    expect(last).toBeGreaterThan(MANY);
    const end = table.locator(`[aria-rowindex="${last}"]`).getByRole('link');
    await waitFor(
      async () => {
        await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
        return (await end.count()) === 1;
      },
      { what: 'the last row', timeoutMs: 30_000 },
    );
  });
}
