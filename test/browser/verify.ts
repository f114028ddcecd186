// The page that checks evidence: in the browser alone, whatever becomes of the hub meanwhile.

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvidenceBundle } from '@unbroken/evidence';
import { evidencePdf } from '@unbroken/evidence-pdf';
import type { FileChooser, Page } from 'playwright-core';
import { faultsOf, looks } from './accessible.js';
import type { BrowserHouse } from './browser-house.js';
import { misdeliveredIn } from './told.js';

const MIB = 1024 * 1024;

export function verifyTests(house: BrowserHouse): void {
  const folder = mkdtempSync(join(tmpdir(), 'unbroken-verify-'));
  const file = (name: string) => join(folder, name);
  let sub: string;

  beforeAll(async () => {
    ({ sub } = await misdeliveredIn(house));
    const bundle = await house.client.evidence(sub);
    const write = (name: string, value: unknown) => writeFileSync(file(name), JSON.stringify(value));
    write('evidence.json', bundle);
    write('trust.json', await house.client.trust());
    write('cut.json', { ...bundle, tokens: bundle.tokens.slice(0, -1) } satisfies EvidenceBundle);
    writeFileSync(file('evidence.pdf'), await evidencePdf(bundle, Math.floor(Date.now() / 1000)));
    writeFileSync(file('half.json'), JSON.stringify(bundle).slice(0, 2_000));
    writeFileSync(file('letter.txt'), 'Dear Sir or Madam, …');
    writeFileSync(file('paper.pdf'), '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');
    writeFileSync(file('empty.json'), '');
    writeFileSync(file('huge.json'), '{');
    truncateSync(file('huge.json'), 65 * MIB);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const opened = async (options = {}): Promise<Page> => {
    const page = await house.page(options);
    await page.goto('/verify', { waitUntil: 'networkidle' });
    await page.getByLabel('The evidence').waitFor({ state: 'attached' });
    return page;
  };
  const choose = (page: Page, place: 'The evidence' | 'Your trust policy', name: string) =>
    page.getByLabel(place).setInputFiles(file(name));
  const verdict = (page: Page, name: string) => page.getByRole('heading', { level: 2, name }).waitFor();

  it('services stopped once the page is loaded → checked all the same, and no request leaves', async () => {
    const page = await opened();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('websocket', (socket) => asked.push(socket.url()));
    await house.stop();
    try {
      await choose(page, 'The evidence', 'evidence.json');
      await verdict(page, 'It fits together. Against the hub, that proves nothing.');
      await choose(page, 'Your trust policy', 'trust.json');
      await verdict(page, 'It holds.');
      await choose(page, 'The evidence', 'cut.json');
      await verdict(page, 'It does not hold.');
      expect(asked).toEqual([]);
    } finally {
      await house.start();
    }
  }, 90_000);

  it('a page that would send something → the browser does not let it', async () => {
    const page = await opened();
    const sent = page.evaluate<string>(`fetch('/readyz').then(() => 'sent', () => 'held back')`);
    expect(await sent).toBe('held back');
  });

  it('a misdelivery by the verifier’s own policy → what was signed, what follows, and what cannot be known, apart', async () => {
    const page = await opened();
    await choose(page, 'Your trust policy', 'trust.json');
    await choose(page, 'The evidence', 'evidence.json');
    await verdict(page, 'It holds.');
    const section = (name: string) => page.locator('section').filter({ has: page.getByRole('heading', { name }) });
    const signed = section('What was signed');
    expect(await signed.getByText(/^Signed by visa-centre with a device key, at .* by its clock/).count()).toBe(1);
    expect(await signed.getByText('!').count()).toBe(0);
    await section('What follows from it').getByText('! Accepted by another party than it was offered to.').waitFor();
    await section('What cannot be known').getByText('What was in the parcel').waitFor();
  });

  it('the PDF → read from within, and its pages are not believed', async () => {
    const page = await opened();
    await choose(page, 'The evidence', 'evidence.pdf');
    await page.getByText('Its pages were not compared').waitFor();
  });

  it.each([
    ['letter.txt', 'it is not JSON', 'carried over whole'],
    ['half.json', 'it is not JSON', 'carried over whole'],
    ['paper.pdf', 'This PDF holds no evidence', 'ask for the PDF as it was made'],
    ['empty.json', 'The file is empty', 'Ask for it again'],
    ['huge.json', 'has 65 MB', 'Check that it is the right file'],
    ['trust.json', 'This is a trust policy and no evidence', 'Take it as the trust policy'],
  ])('%s as the evidence → says so, and the cure', async (name, what, cure) => {
    const page = await opened();
    await choose(page, 'The evidence', name);
    await verdict(page, 'Nothing could be checked');
    await page.getByText(what).waitFor();
    await page.getByText(cure).waitFor();
  });

  it('evidence as the trust policy → refused, and nothing is said to hold', async () => {
    const page = await opened();
    await choose(page, 'The evidence', 'evidence.json');
    await choose(page, 'Your trust policy', 'evidence.json');
    await verdict(page, 'The trust policy cannot be used');
    expect(await page.getByText('What holds').count()).toBe(0);
  });

  it('with the keyboard alone → a file is chosen, and the focus goes to the verdict', async () => {
    const page = await opened();
    await page.bringToFront();
    await page.locator('input[type=file]').first().waitFor({ state: 'attached' });
    const isThere = () => page.evaluate<boolean>('document.activeElement?.type === "file"');
    for (let presses = 0; presses < 12 && !(await isThere()); presses += 1) await page.keyboard.press('Tab');
    // The browser opens it for a press that it takes for a person's: on a busy machine the first has been seen to pass for none.
    let chooser: FileChooser | undefined;
    for (let presses = 0; presses < 5 && chooser === undefined; presses += 1) {
      expect(await isThere()).toBe(true);
      const opens = page.waitForEvent('filechooser', { timeout: 5_000 }).catch(() => undefined);
      await page.keyboard.press('Enter');
      chooser = await opens;
    }
    await chooser?.setFiles(file('evidence.json'));
    await verdict(page, 'It fits together. Against the hub, that proves nothing.');
    const focused = await page.evaluate<string>('document.activeElement?.textContent ?? ""');
    expect(focused).toMatch(/^It fits together/);
  });

  it('from the chain’s screen → the files, under names that say which parcel, and the page', async () => {
    const page = await house.page();
    await page.goto(`/chains/${sub}`);
    const link = page.getByRole('link', { name: 'PDF, for people' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/^evidence-[0-9A-Z-]{21}\.pdf$/);
    await download.saveAs(file('downloaded.pdf'));
    await page.getByRole('link', { name: 'Check evidence' }).click();
    await choose(page, 'The evidence', 'downloaded.pdf');
    await page.getByText('Its pages were not compared').waitFor();
  });

  it.each(looks)('$look → axe finds nothing, and nothing is wider than the screen', async ({ options }) => {
    const page = await opened(options);
    const found = await faultsOf(page, 'before');
    await choose(page, 'The evidence', 'letter.txt');
    await verdict(page, 'Nothing could be checked');
    found.push(...(await faultsOf(page, 'refused')));
    await choose(page, 'The evidence', 'cut.json');
    await verdict(page, 'It does not hold.');
    found.push(...(await faultsOf(page, 'fails')));
    await choose(page, 'Your trust policy', 'trust.json');
    await choose(page, 'The evidence', 'evidence.json');
    await verdict(page, 'It holds.');
    found.push(...(await faultsOf(page, 'holds')));
    expect(found).toEqual([]);
  });
}
