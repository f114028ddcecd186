// What somebody waits for in front of the dashboard with 10,000 open chains in it: the first rows, from opening the page
// and from asking for them, and a misdelivery, from its POST until it stands on the page. A real browser, all services in
// one process as `npm run up` starts them, on a house with nothing else to do.
import { setTimeout as pause } from 'node:timers/promises';
import { launchChromium } from '../browser/chromium.js';
import { Backlog, post } from './backlog.js';
import { ground } from './ground.js';
import { benchParty } from './parties.js';
import { progressOf } from './progress.js';
import { quantiles } from './quantiles.js';

const OPENED = 15;
const MISDELIVERED = 30;
const LOOK_EVERY_MS = 3;

/** Notes when the first row of a chain stands on the page. */
const WATCH_ROWS = `new MutationObserver((_, watch) => {
  if (!document.querySelector('[role=row] a')) return;
  requestAnimationFrame(() => (window.firstRowAt = performance.now()));
  watch.disconnect();
}).observe(document, { childList: true, subtree: true })`;

const TOOK = `window.firstRowAt && {
  opening: window.firstRowAt,
  asking: window.firstRowAt -
    performance.getEntriesByType('resource').find(({ name }) => name.includes('/dashboard/v1/chains')).startTime,
}`;

/** @param {{ chains?: string }} options */
export async function run({ chains: wanted = '10000' }) {
  const chains = Number(wanted);
  const house = await ground();
  const browser = await launchChromium();
  try {
    const { services: hub = '' } = await house.start('services');
    const backlog = await Backlog.parties(hub);
    const stranger = await benchParty(hub, 'stranger', 'receiver');
    const progress = await progressOf(house);
    const { open, tokens } = backlog.register(chains);
    const offered = [...backlog.offers(open)];
    await post(house.brokers, [...tokens, ...offered]);
    await progress.allHeard(tokens.length + offered.length, ['alerts', 'dashboard']);
    await progress.close();

    const opened = [];
    for (let time = 0; time < OPENED; time += 1) opened.push(await firstRows(browser, hub));
    const seen = await misdeliveries(browser, hub, stranger, open.slice(-MISDELIVERED));
    const result = {
      chains,
      opening: quantiles(opened.map(({ opening }) => opening)),
      asking: quantiles(opened.map(({ asking }) => asking)),
      misdelivery: quantiles(seen),
    };
    console.table({
      'first rows, from opening, ms': result.opening,
      'first rows, from asking, ms': result.asking,
      'misdelivery, from POST to page, ms': result.misdelivery,
    });
    return result;
  } finally {
    await browser.close();
    await house.stop();
  }
}

/** In a browser that has never been here. @param {import('playwright-core').Browser} browser @param {string} hub @returns {Promise<{ opening: number, asking: number }>} ms */
async function firstRows(browser, hub) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(WATCH_ROWS);
    await page.goto(hub);
    for (;;) {
      const took = await page.evaluate(TOOK);
      if (took) return /** @type {{ opening: number, asking: number }} */ (took);
      await pause(LOOK_EVERY_MS);
    }
  } finally {
    await context.close();
  }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} hub
 * @param {import('./parties.js').BenchParty} stranger
 * @param {readonly import('./backlog.js').Open[]} open offered to somebody else
 */
async function misdeliveries(browser, hub, stranger, open) {
  const page = await browser.newPage();
  await page.goto(hub);
  await page.getByText('Live', { exact: true }).waitFor();
  const seen = [];
  for (const [before, { sub, head, seq }] of open.entries()) {
    const iat = Math.floor(Date.now() / 1000);
    const token = stranger.mint({ sub, iat, evt: 'accepted', prev: head, seq: seq + 1, cond: 'ok' });
    const begun = performance.now();
    const headers = { 'content-type': 'application/jwt' };
    await fetch(`${hub}/receiver/v1/tokens`, { method: 'POST', headers, body: token });
    const wanted = new RegExp(`\\b${before + 1} in wrong hands`);
    while (!wanted.test(await page.title())) await pause(LOOK_EVERY_MS);
    seen.push(performance.now() - begun);
  }
  return seen;
}
