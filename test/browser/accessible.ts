import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { desk, phone } from './browser-house.js';
import type { BrowserHouse } from './browser-house.js';
import { misdeliveredIn } from './told.js';

/** Every screen with everything opened that it can open. */
const screens: readonly { name: string; path: (sub: string) => string; ready: (page: Page) => Promise<void> }[] = [
  {
    name: 'open chains',
    path: () => '/',
    ready: (page) => page.getByRole('row').nth(1).getByRole('link').waitFor(),
  },
  {
    name: 'a chain with a statement opened',
    path: (sub) => `/chains/${sub}`,
    ready: async (page) => {
      await page.getByText('✓ Checked in this browser').waitFor();
      await page.getByRole('button', { name: /visa-centre accepted it/ }).click();
      await page.getByText('The token itself').click();
    },
  },
  {
    name: 'who are you',
    path: (sub) => `/alerts?sub=${sub}`,
    ready: async (page) => {
      await page.getByRole('button', { name: /I am on it/ }).click();
      await page.getByRole('radio', { name: 'The post' }).waitFor();
    },
  },
  {
    name: 'alerts with a reason being written',
    path: (sub) => `/alerts?sub=${sub}`,
    ready: async (page) => {
      await page.getByRole('button', { name: /Resolve/ }).click();
      await page.getByRole('radio', { name: 'The post' }).check();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByLabel('Why is it over?').waitFor();
    },
  },
  {
    name: 'settings',
    path: () => '/nowhere',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('You decide for').waitFor();
    },
  },
];

export const looks = [
  { look: 'light, at a desk', options: { colorScheme: 'light', viewport: desk } },
  { look: 'dark, at a desk', options: { colorScheme: 'dark', viewport: desk } },
  { look: 'light, on a phone', options: { colorScheme: 'light', viewport: phone } },
  { look: 'dark, on a phone', options: { colorScheme: 'dark', viewport: phone } },
] as const;

/** What axe finds, and whether one must scroll sideways. */
export async function faultsOf(page: Page, name: string): Promise<string[]> {
  // Every rule runs; what holds would be told of every element of the page, which takes longer to hand over than to find.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes[0]?.html ?? ''}`);
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  return over > 0 ? [...found, `${name}: ${over} pixels too wide`] : found;
}

export function accessibleTests(house: BrowserHouse): void {
  let sub: string;

  beforeAll(async () => {
    ({ sub } = await misdeliveredIn(house));
  }, 60_000);

  it.each(looks)('$look → axe finds nothing, and nothing is wider than the screen', async ({ options }) => {
    const found: string[] = [];
    const page = await house.page(options);
    for (const { name, path, ready } of screens) {
      await page.goto(path(sub));
      await ready(page);
      found.push(...(await faultsOf(page, name)));
    }
    expect(found).toEqual([]);
  });
}
