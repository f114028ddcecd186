// What a browser keeps for its device: the stores of @unbroken/sdk/browser in its own IndexedDB. Each is asked through the
// page; the page loaded again is the device after its process has died.

import { fileURLToPath } from 'node:url';
import { parseToken } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import type { OutboxStore } from '@unbroken/sdk';
import { someHead, someShipment } from '@unbroken/words/fixture';
import type { Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { keepsTokens } from '../../libs/sdk/src/fixture/keeps-tokens.js';
import { someToken } from '../../libs/sdk/src/fixture/some-outbox-token.js';
import type { BrowserHouse } from './browser-house.js';

const SOURCE = fileURLToPath(import.meta.resolve('@unbroken/sdk/browser'));

/** The library as one script: what it exports are the members of `device`. */
async function bundled(): Promise<string> {
  const bundle = await rolldown({
    input: SOURCE,
    resolve: { conditionNames: ['@unbroken/source', 'import'], extensionAlias: { '.js': ['.ts', '.js'] } },
  });
  // Its default for the last is a regular expression, which a Jest sandbox gives it as one of another realm.
  const { output } = await bundle.generate({ format: 'iife', name: 'device', sourcemapIgnoreList: false });
  await bundle.close();
  return output[0].code;
}

export function deviceTests(house: BrowserHouse): void {
  let script: string;
  let page: Page | undefined;

  beforeAll(async () => (script = await bundled()), 60_000);
  afterEach(() => (page = undefined));

  /** An empty page, under the rules of the hub's own. */
  async function ruled(): Promise<Page> {
    const empty = await house.page();
    const headers = { 'content-security-policy': `default-src 'none'; script-src 'self'` };
    const body = '<!doctype html><script src="/device.js"></script>';
    await empty.route('/device', (route) => route.fulfill({ contentType: 'text/html', headers, body }));
    await empty.route('/device.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
    return empty;
  }

  /** The page of this test, loaded again. */
  async function loaded(): Promise<void> {
    page ??= await ruled();
    await page.goto('/device');
  }

  /** Asks a method of a store in the page. */
  const asked =
    (store: 'IndexedOutbox' | 'IndexedPlaces' | 'IndexedKeptTokens', method: string) =>
    async (...given: unknown[]): Promise<unknown> => {
      if (page === undefined) throw new Error('no page is loaded');
      const database = 'await device.openDeviceDatabase()';
      // Undefined has no JSON; null is none of what is kept.
      const answer: unknown = await page.evaluate(
        `(async () => await new device.${store}(${database}).${method}(...${JSON.stringify(given)}) ?? null)()`,
      );
      return answer ?? undefined;
    };

  keepsTokens(async () => {
    await loaded();
    const of = (method: string) => asked('IndexedOutbox', method);
    return {
      add: of('add') as OutboxStore['add'],
      list: of('list') as OutboxStore['list'],
      replace: of('replace') as OutboxStore['replace'],
      remove: of('remove') as OutboxStore['remove'],
    };
  });

  it('a place → there when the page is loaded again', async () => {
    const place = { format: 'unbroken-place/1', sub: someShipment, prev: someHead as TokenId, seq: 4 } as const;
    await loaded();
    await asked('IndexedPlaces', 'keep')(place);
    await loaded();
    expect(await asked('IndexedPlaces', 'of')(someShipment)).toEqual(place);
  });

  it('a promise after the receipt → the receipt stays', async () => {
    const token = await someToken();
    const kept = { format: 'unbroken-kept/1', token } as const;
    await loaded();
    for (const more of [{ promise: 'p' }, { receipt: 'r' }, { promise: 'q' }]) {
      await asked('IndexedKeptTokens', 'keep')({ ...kept, ...more });
    }
    await loaded();
    expect(await asked('IndexedKeptTokens', 'of')(parseToken(token).tid)).toMatchObject({ receipt: 'r' });
  });
}
