import { waitFor } from '@unbroken/testing';
import type { Page } from 'playwright-core';
import { delivered } from '../e2e/cast/stories.js';
import type { BrowserHouse } from './browser-house.js';
import { copyRows } from './many-rows.js';
import { tell } from './told.js';

const MANY = 10_000;

/** Of a frame while scrolling fast, on a machine that does other things too. */
const FRAME_MS = 50;

interface Scrolled {
  /** Median, milliseconds. */
  readonly frame: number;
  /** The most rows that existed at once. */
  readonly rows: number;
}

/** Scrolls for two hundred frames, a screen every third of them. */
const SCROLL = `new Promise((done) => {
  const frames = [];
  let [rows, last] = [0, performance.now()];
  requestAnimationFrame(function frame(now) {
    frames.push(now - last);
    last = now;
    rows = Math.max(rows, document.querySelectorAll('[role=row]').length);
    window.scrollBy(0, 300);
    if (frames.length < 200) return requestAnimationFrame(frame);
    done({ frame: frames.sort((one, other) => one - other)[100], rows });
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
    const { frame, rows } = await page.evaluate<Scrolled>(SCROLL);
    expect(frame).toBeLessThan(FRAME_MS);
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
