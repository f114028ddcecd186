import type { Page } from 'playwright-core';
import type { BrowserHouse } from './browser-house.js';
import { misdeliveredIn } from './told.js';

/** Runs the other way and has no place to break. */
const NAME = `\u202E${'Visumzentrum'.repeat(18).slice(0, 210)}`;

const TOO_WIDE = 'document.documentElement.scrollWidth - window.innerWidth';

export function namesTests(house: BrowserHouse): void {
  let sub: string;
  let page: Page;

  beforeAll(async () => {
    ({ sub } = await misdeliveredIn(house));
  }, 60_000);

  // What is under way is not waited for.
  afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }));

  it.each([
    ['open chains', '/', 'In wrong hands'],
    ['a chain', (of: string) => `/chains/${of}`, 'In wrong hands'],
    ['alerts', (of: string) => `/alerts?sub=${of}`, 'is responsible'],
  ])(
    '210 letters that run the other way on a phone, %s → apart from their surroundings, no wider than the screen',
    async (_, path, says) => {
      page = await house.page({ viewport: { width: 360, height: 740 } });
      // Only the names are other than the hub's; a cast of such parties would be no other test.
      await page.route(/\/(dashboard|alerts|registry)\/v1\/(?!stream)/, async (route) => {
        const response = await route.fetch();
        const body = await response.text();
        await route.fulfill({ response, body: body.replaceAll(/The (visa-centre|post|statistics|institute)/g, NAME) });
      });
      await page.goto(typeof path === 'string' ? path : path(sub));
      await page.getByText(says).first().waitFor();
      await page.locator('bdi', { hasText: NAME }).first().waitFor();
      expect(await page.evaluate<number>(TOO_WIDE)).toBe(0);
    },
  );
}
