import { formatShipmentId } from '@unbroken/tokens';
import { misdelivered } from '../e2e/cast/stories.js';
import type { BrowserHouse } from './browser-house.js';
import { tell } from './told.js';

/** From the moment the token is sent until a person can see it. */
const MOST_MS = 1000;

export function misdeliveryTests(house: BrowserHouse): void {
  it('the wrong party signs → the open page says so within a second, without being loaded again', async () => {
    const page = await house.page();
    await page.goto('/');
    await page.evaluate('window.notLoadedAgain = true');
    await page.getByText('Live', { exact: true }).waitFor();
    const took: number[] = [];
    for (let time = 0; time < 3; time++) {
      const { parcel } = await misdelivered(house.cast);
      const row = page.getByRole('row').filter({ hasText: formatShipmentId(parcel.sub) });
      await tell(house.url, parcel.tokens.slice(0, -1));
      await row.getByText('Offered', { exact: true }).waitFor();
      const sent = performance.now();
      await tell(house.url, parcel.tokens.slice(-1));
      await row.getByText('In wrong hands').waitFor();
      took.push(performance.now() - sent);
      await row.getByText('The post is responsible').waitFor();
      await row.getByText('The visa-centre accepted the parcel').waitFor();
    }
    expect(took.sort((one, other) => one - other)[1]).toBeLessThan(MOST_MS);
    expect(await page.evaluate('window.notLoadedAgain')).toBe(true);
    expect(await page.getByRole('row').nth(1).textContent()).toContain('In wrong hands');
    expect(await page.title()).toContain('3 in wrong hands');
  });

  it('the line on top → filters, and the address keeps it', async () => {
    const page = await house.page();
    await page.goto('/');
    const wrong = page.getByRole('button', { name: '3 in wrong hands' });
    await wrong.click();
    expect(await wrong.getAttribute('aria-pressed')).toBe('true');
    expect(page.url()).toContain('group=wrong-hands');
    await page.reload();
    await page.getByRole('button', { name: '3 in wrong hands', pressed: true }).waitFor();
    await page.getByRole('row').nth(3).waitFor();
    expect(await page.getByRole('row').count()).toBe(4);
  });

  it('a search from within a group → finds it whatever its group; a group chosen then → all of that group', async () => {
    const page = await house.page();
    await page.goto('/?group=wrong-hands');
    const worst = page.getByRole('row').nth(1).getByRole('link');
    const sub = (await worst.textContent()) ?? '';
    for (const path of ['/?group=closed', `/?group=closed&q=${sub}`]) {
      await page.goto(path);
      await page.getByRole('button', { name: '3 in wrong hands' }).waitFor();
      await page.getByRole('searchbox').fill(sub);
      await page.getByText('Only what matches').waitFor();
      await page.getByRole('row').filter({ hasText: sub }).waitFor();
      expect(await page.getByRole('button', { pressed: true }).count()).toBe(0);
    }
    // The numbers are of all chains, and what a press of one shows is as many.
    await page.getByRole('button', { name: '3 in wrong hands' }).click();
    await page.getByRole('row').nth(3).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  it('keys alone → find, go down, open', async () => {
    const page = await house.page();
    await page.goto('/');
    await page.getByRole('row').nth(3).getByRole('link').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = page.getByRole('row').nth(2).getByRole('link');
    const sub = await second.textContent();
    expect(await page.evaluate('document.activeElement.textContent')).toBe(sub);
    await page.keyboard.press('/');
    await page.keyboard.type((sub ?? '').slice(0, 9));
    await page.getByText('Only what matches').waitFor();
    await page
      .getByRole('row')
      .filter({ hasText: sub ?? '' })
      .getByRole('link')
      .press('Enter');
    await page.getByRole('heading', { level: 1, name: /In the wrong hands/ }).waitFor();
    expect(page.url()).toContain('/chains/');
  });
}
