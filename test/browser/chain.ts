import type { ChainAnswer } from '@unbroken/contracts';
import type { Page } from 'playwright-core';
import { Parcel } from '../e2e/cast/parcel.js';
import type { SigningParty } from '../e2e/cast/signing-party.js';
import type { BrowserHouse } from './browser-house.js';
import { misdeliveredIn, tell } from './told.js';

/** What is drawn beside the statements, from the first to the last. */
const MARKS = `[...document.querySelectorAll('svg[data-mark]')].map((mark) => mark.dataset.mark)`;

export function chainTests(house: BrowserHouse): void {
  let parcel: Parcel;

  beforeAll(async () => {
    parcel = await misdeliveredIn(house);
  }, 60_000);

  const opened = async (): Promise<Page> => {
    const page = await house.page();
    await page.goto(`/chains/${parcel.sub}`);
    await page.getByRole('heading', { level: 2, name: 'What was signed' }).waitFor();
    return page;
  };
  const statement = (page: Page, said: RegExp) => page.getByRole('listitem').filter({ hasText: said }).first();

  it('misdelivered → the sentence, the next step, and the halves that do not meet', async () => {
    const page = await opened();
    await page.getByRole('heading', { level: 1, name: /In the wrong hands/ }).waitFor();
    await page
      .getByRole('region', { name: 'What to do now' })
      .getByText(/^Call the party that holds it now/)
      .waitFor();
    const marks = await page.evaluate<string[]>(MARKS);
    expect(marks).toEqual(['begins', 'gives', 'takes', 'gives', 'takes-astray']);
  });

  it('as recorded → this browser checks every signature and says what it did not check', async () => {
    const page = await opened();
    await page.getByText('✓ Checked in this browser: 5 of 5.').waitFor();
    await page.getByRole('button', { name: /visa-centre accepted it/ }).click();
    const checked = page.getByRole('region', { name: 'Checked in this browser' });
    expect(await checked.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^token ✓/),
      expect.stringMatching(/^statement ✓/),
      expect.stringMatching(/^key enrolled ✓/),
      expect.stringMatching(/^signature ✓/),
    ]);
    await checked.getByText('Not checked here').waitFor();
  });

  it('one byte of one signature changed on the way → that one does not check, the others do', async () => {
    const page = await house.page();
    // Found by its bytes: each door sends on by itself, so the last one signed need not be the last one recorded.
    const accepted = parcel.tokens.at(-1)?.token;
    await page.route('**/ledger/v1/chains/*', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as ChainAnswer;
      for (const told of answer.tokens)
        if (told.token !== undefined && told.token === accepted) told.token = withOtherSignature(told.token);
      await route.fulfill({ response, json: answer });
    });
    await page.goto(`/chains/${parcel.sub}`);
    await page.getByText('✗ 1 of 5 do not check.').waitFor();
    await statement(page, /visa-centre accepted it/)
      .getByText('✗ does not check')
      .waitFor();
    await page.getByRole('button', { name: /visa-centre accepted it/ }).click();
    await page.getByText('The signature was not made by that key over these bytes.').waitFor();
    expect(await page.getByText('✓ checked', { exact: true }).count()).toBe(4);
  });

  it('a further token → appears in the open chain, and is checked', async () => {
    const page = await opened();
    const { stranger, consignee } = house.cast;
    await tell(house.url, [await parcel.says(stranger, 'released', { to: consignee.id, mode: 'meet' })]);
    await page.getByText('The statistics has not signed yet.').waitFor();
    await page.getByText('✓ Checked in this browser: 6 of 6.').waitFor();
  });

  it('a chain of 1,000 tokens → all of it shown and checked', async () => {
    const { sender, courier } = house.cast;
    const long = await Parcel.register(house.cast);
    while (long.tokens.length < 1000) {
      const isOffered = long.tokens.length % 2 === 0;
      await (isOffered ? long.says(sender, 'withdrawn', {}) : offer(long, sender, courier));
    }
    // One upload takes 500; they wait for each other where they come out of turn.
    for (const at of [0, 500]) {
      const tokens = long.tokens.slice(at, at + 500).map(({ token }) => token);
      expect(await house.client.postTokens('sender', tokens)).toHaveLength(500);
    }
    const page = await house.page();
    await page.goto(`/chains/${long.sub}`);
    await page.getByText('✓ Checked in this browser: 1,000 of 1,000.').waitFor({ timeout: 60_000 });
    expect(await page.getByRole('listitem').filter({ hasText: 'took the offer back' }).count()).toBe(499);
  }, 90_000);

  it.each([
    ['/chains/7K2M9QX4T1B8ZC3V2', 'Nothing is recorded under 7K2M-9QX4-T1B8-ZC3V-2.'],
    ['/chains/7K2M9QX4T1B8ZC3V9', '“7K2M9QX4T1B8ZC3V9” is not a parcel’s id.'],
    ['/nowhere', 'There is nothing at this address.'],
  ])('%s → %s', async (path, says) => {
    const page = await house.page();
    await page.goto(path);
    await page.getByRole('heading', { name: says }).waitFor();
    await page.getByRole('search').waitFor();
  });
}

const offer = (parcel: Parcel, from: SigningParty, { id: to }: SigningParty) =>
  parcel.says(from, 'released', { to, mode: 'meet' });

/** The same token with one character of its signature changed, still base64url. */
function withOtherSignature(token: string): string {
  const at = token.lastIndexOf('.') + 7;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}
