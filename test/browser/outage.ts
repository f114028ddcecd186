import { formatShipmentId } from '@unbroken/tokens';
import { misdelivered } from '../e2e/cast/stories.js';
import type { BrowserHouse } from './browser-house.js';
import { tell } from './told.js';

export function outageTests(house: BrowserHouse): void {
  it('services stopped and started under the open page → told, kept, and caught up by itself', async () => {
    const page = await house.page();
    await page.goto('/');
    await page.getByText('Live', { exact: true }).waitFor();
    const { parcel } = await misdelivered(house.cast);
    const row = page.getByRole('row').filter({ hasText: formatShipmentId(parcel.sub) });
    await tell(house.url, parcel.tokens.slice(0, -1));
    await page.goto(`/?q=${parcel.sub}`);
    await row.getByText('Offered', { exact: true }).waitFor();

    await house.stop();
    await page.getByText(/Connection lost, trying again (in \d s|now)\. What you see is from \d\d:\d\d\./).waitFor();
    await page.getByText('Not live', { exact: true }).waitFor();
    expect(await row.getByText('Offered', { exact: true }).isVisible()).toBe(true);

    await house.start();
    await page.getByText('Back. Catching up.').first().waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByText('Connection lost').count()).toBe(0);
    await tell(house.url, parcel.tokens.slice(-1));
    await row.getByText('In wrong hands').waitFor();
  }, 60_000);

  it('the hub is away when the page is asked for data → says so, and fills itself when it is back', async () => {
    const page = await house.page();
    let away = true;
    await page.route('**/dashboard/v1/**', (route) => (away ? route.abort() : route.continue()));
    await page.goto('/alerts');
    await page.getByText(/The hub does not answer, trying again/).waitFor();
    await page.getByRole('link', { name: 'Open chains', exact: true }).first().click();
    await page.getByRole('heading', { name: 'The hub does not answer.' }).waitFor();
    away = false;
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByRole('row').nth(1).getByRole('link').waitFor();
  });

  it('no JavaScript → says so, and what still works', async () => {
    const page = await house.page({ javaScriptEnabled: false });
    await page.goto('/alerts');
    await page.getByRole('heading', { name: 'This page needs JavaScript' }).waitFor();
    expect(await page.locator('noscript code').allTextContents()).toContain('npx unbroken alerts');
  });
}
