import { formatShipmentId } from '@unbroken/tokens';
import type { Page } from 'playwright-core';
import type { Parcel } from '../e2e/cast/parcel.js';
import type { BrowserHouse } from './browser-house.js';
import { misdeliveredIn } from './told.js';

export function alertsTests(house: BrowserHouse): void {
  let parcel: Parcel;

  beforeEach(async () => {
    parcel = await misdeliveredIn(house);
  }, 60_000);

  const inbox = async (): Promise<Page> => {
    const page = await house.page();
    await page.goto(`/alerts?sub=${parcel.sub}`);
    await page.getByRole('heading', { name: formatShipmentId(parcel.sub) }).waitFor();
    return page;
  };
  const states = async () => (await house.client.alerts({ sub: parcel.sub, state: 'all' })).alerts;

  it('one key → acknowledged in the name that was chosen once, and on to the next', async () => {
    const page = await inbox();
    await page.keyboard.press('a');
    await page.getByRole('radio', { name: 'The institute' }).check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('The institute is on it').first().waitFor();
    await page.keyboard.press('a');
    await page.getByText('The institute is on it').nth(1).waitFor();
    expect(await states()).toMatchObject([
      { state: 'acknowledged', acknowledged: { by: 'institute' } },
      { state: 'acknowledged', acknowledged: { by: 'institute' } },
    ]);
    await page.reload();
    await page.getByText('for The institute').waitFor();
  });

  it('resolved by whoever said who they are, with a reason → gone from the open ones, kept with its reason', async () => {
    const page = await inbox();
    await page.keyboard.press('r');
    await page.getByRole('radio', { name: 'The post' }).check();
    expect(await page.getByLabel('Why is it over?').count()).toBe(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.locator(':focus[required]').waitFor();
    await page.keyboard.type('Brought back to us, seals whole');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Resolved:' }).waitFor();
    expect(
      await page
        .getByRole('listitem')
        .filter({ has: page.locator('button[aria-expanded]') })
        .count(),
    ).toBe(1);
    expect((await states()).find(({ state }) => state === 'resolved')?.resolved).toMatchObject({
      by: 'post',
      reason: 'Brought back to us, seals whole',
    });
    await page.getByText('Resolved', { exact: true }).first().click();
    await page.getByText(/Brought back to us, seals whole/).waitFor();
  });

  it('the first one acknowledged → behind the one that nobody is on, under a heading that says so', async () => {
    const page = await inbox();
    const said = () => page.locator('button[aria-controls^="details-"]').allTextContents();
    const [first = '', second = ''] = await said();
    await page.keyboard.press('a');
    await page.getByRole('radio', { name: 'The post' }).check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('The post is on it').waitFor();
    const sentence = (text: string) => text.split('.')[0] ?? '';
    expect((await said()).map(sentence)).toEqual([second, first].map(sentence));
    const turn = (name: string) =>
      page.getByRole('region', { name }).locator('button[aria-expanded]').allTextContents();
    expect((await turn('Nobody is on these yet 1')).map(sentence)).toEqual([second].map(sentence));
    expect((await turn('Somebody is on these 1')).map(sentence)).toEqual([first].map(sentence));
    expect(await page.title()).toBe('1 alert nobody is on · Unbroken');
  });

  it('made the task of somebody whom nobody has answered for yet → says whose it is, without being opened', async () => {
    const { sender, courier } = house.cast;
    const id = (await states())[0]?.id ?? '';
    await house.client.assign(id, { by: sender.id, to: courier.id, reason: 'Their round' });
    const page = await inbox();
    await page.locator(`#alert-${id}`).getByText('task of The post').waitFor();
  });

  it('the hub does not take it → says that nothing was saved, and the alert stays open', async () => {
    const page = await inbox();
    await page.route('**/acknowledge', (route) => route.abort());
    await page.keyboard.press('a');
    await page.getByRole('radio', { name: 'The post' }).check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('alert').filter({ hasText: 'That was not saved' }).waitFor();
    expect(await states()).toMatchObject([{ state: 'raised' }, { state: 'raised' }]);
  });
}
