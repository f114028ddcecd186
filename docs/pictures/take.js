// Takes the README's pictures of a running Unbroken that has been told the CD story, so that they stay true:
//
//   npm run up -- --fresh            in one terminal, until the demonstration is told
//   node docs/pictures/take.js       in another; another address as its argument
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../test/browser/chromium.js';

const [url = 'http://127.0.0.1:8470'] = process.argv.slice(2);
const browser = await launchChromium();
const context = await browser.newContext({
  baseURL: url,
  viewport: { width: 1280, height: 360 },
  deviceScaleFactor: 1.5,
  colorScheme: 'light',
  locale: 'en-GB',
  timezoneId: 'Europe/Copenhagen',
  reducedMotion: 'reduce',
});
const page = await context.newPage();

await page.goto('/');
await page.getByText('Live', { exact: true }).waitFor();
const worst = page.getByRole('row').nth(1).getByRole('link');
await worst.waitFor();
await take('dashboard');

await page.setViewportSize({ width: 1280, height: 1000 });
await worst.click();
await page.getByRole('heading', { level: 2, name: 'What was signed' }).waitFor();
await page.getByText('✓').first().waitFor();
await take('chain');
await browser.close();

/** @param {string} name */
async function take(name) {
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, import.meta.url)) });
  console.log(`docs/pictures/${name}.png`);
}
