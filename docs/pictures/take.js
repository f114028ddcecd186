// Takes the README's pictures of a running Unbroken that has been told the CD story, so that they stay true:
//
//   npm run up -- --fresh            in one terminal, until the demonstration is told
//   node docs/pictures/take.js       in another; another address as its argument
//
// The story's clock is that of February 2015; everything else is as everybody sees it.
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../test/browser/chromium.js';

const [url = 'http://127.0.0.1:8470'] = process.argv.slice(2);
const browser = await launchChromium();
const context = await browser.newContext({
  baseURL: url,
  viewport: { width: 1280, height: 800 },
  deviceScaleFactor: 1.5,
  colorScheme: 'light',
  locale: 'en-GB',
  timezoneId: 'Europe/Copenhagen',
  reducedMotion: 'reduce',
});
const page = await context.newPage();

await page.goto('/');
await page.getByText('In wrong hands').first().waitFor();
await take('dashboard');

await page.getByRole('row').filter({ hasText: 'Visa Centre' }).first().click();
await page.getByText('What was signed').waitFor();
await page
  .getByText(/signatures? (?:checks|check)|✓/)
  .first()
  .waitFor();
await take('chain');
await browser.close();

/** @param {string} name */
async function take(name) {
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, import.meta.url)) });
  console.log(`docs/pictures/${name}.png`);
}
