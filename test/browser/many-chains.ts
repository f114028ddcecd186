import { waitFor } from '@unbroken/testing';
import type { Page } from 'playwright-core';
import { delivered } from '../e2e/cast/stories.js';
import type { BrowserHouse } from './browser-house.js';
import { copyRows } from './many-rows.js';
import { tell } from './told.js';

const MANY = 10_000;

/** From asking for the first rows until they stand on the page. */
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

/** Notes when the first row of a chain stands on the page. */
const WATCH_ROWS = `new MutationObserver((_, watch) => {
  if (!document.querySelector('[role=row] a')) return;
  window.firstRowAt = performance.now();
  watch.disconnect();
}).observe(document, { childList: true, subtree: true })`;

const ROWS_TOOK = `window.firstRowAt &&
  window.firstRowAt -
  performance.getEntriesByType('resource').find(({ name }) => name.includes('/dashboard/v1/chains')).startTime`;

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

  it('the page is opened → the first rows stand there, every time', async () => {
    const took: number[] = [];
    for (let time = 0; time < 3; time++) {
      page = await house.page();
      await page.addInitScript(WATCH_ROWS);
      await page.goto('/');
      const shown = async () => (await page.evaluate<number | undefined>(ROWS_TOOK)) ?? undefined;
      took.push(await waitFor(shown, { what: 'the first row' }));
    }
    // How fast is measured, not judged: docs/performance.md.
    console.info(`first rows of ${MANY} after ${took.map(Math.round).join(', ')} ms`);
    expect(took).toHaveLength(3);
  });

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
