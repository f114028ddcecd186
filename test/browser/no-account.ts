// The pages of people without an account, as a phone shows them: the finder's and the guest's.

import type { Page } from 'playwright-core';
import { faultsOf, looks } from './accessible.js';
import type { BrowserHouse } from './browser-house.js';
import { misdeliveredIn } from './told.js';

/** A page whose own policy forbids its style looks like one that has none. */
const STYLED = `getComputedStyle(document.querySelector('button:last-of-type')).borderRadius`;

export function noAccountTests(house: BrowserHouse): void {
  let sub: string;
  const forbidden: string[] = [];

  async function opened(path: string, look: (typeof looks)[number]): Promise<Page> {
    const page = await house.page(look.options);
    page.on('console', (line) => forbidden.push(line.text()));
    await page.goto(path);
    return page;
  }

  beforeAll(async () => {
    ({ sub } = await misdeliveredIn(house));
  }, 60_000);

  it.each(looks.filter(({ look }) => look.includes('phone')))(
    '$look → styled under its own policy, axe finds nothing, nothing is wider than the screen',
    async (look) => {
      for (const path of [`/found/${sub}`, `/found/${sub}?lang=da`, `/guest/${sub}`, '/found/nothing']) {
        const page = await opened(path, look);
        if (path !== '/found/nothing') expect(await page.evaluate<string>(STYLED)).toBe('8px');
        expect(await faultsOf(page, path)).toEqual([]);
      }
      // A 404 of the page itself is told there too.
      expect(forbidden.filter((line) => !line.includes('404'))).toEqual([]);
    },
    60_000,
  );

  it('a page of another site posts the form → refused, in words', async () => {
    const page = await opened('about:blank', looks[2]);
    const fields = Object.entries({ mine: 'no', opened: 'yes', left: 'kept' });
    const inputs = fields.map(([name, value]) => `<input name="${name}" value="${value}">`).join('');
    await page.setContent(
      `<form method="post" action="${house.url}/found/${sub}">${inputs}<button>Win</button></form>`,
    );
    await page.getByRole('button').click();
    await page.getByRole('heading', { name: 'Another site sent this' }).waitFor();
  }, 60_000);

  it('found, opened, in a shop → a code to quote, and the alert says so to those concerned', async () => {
    const page = await opened(`/found/${sub}`, looks[2]);
    await page.getByRole('group', { name: 'Is it meant for you?' }).getByText('No').click();
    await page.getByRole('group', { name: 'Is it open' }).getByText('Yes').click();
    await page.getByLabel('Where is it now?').selectOption({ index: 1 });
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Send' }).click();
    // What a browser without Sec-Fetch-Site is known by.
    expect(await (await sent).headerValue('origin')).toBe(house.url);
    await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).waitFor();
    await page.goto(`/alerts?sub=${sub}`);
    await page.getByText('A finder says that the parcel is with them, opened').first().waitFor();
  }, 60_000);
}
