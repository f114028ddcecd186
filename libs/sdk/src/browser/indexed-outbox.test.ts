// The same promises in IndexedDB, as an implementation of it for Node keeps them (its W3C tests pass); what a browser does
// itself is seen in a browser.

import 'fake-indexeddb/auto';
import { keepsTokens } from '../fixture/keeps-tokens.js';
import { someToken } from '../fixture/some-outbox-token.js';
import { openDeviceDatabase } from './device-database.js';
import type { DeviceDatabase } from './device-database.js';
import { IndexedKeptTokens } from './indexed-kept-tokens.js';
import { IndexedOutbox } from './indexed-outbox.js';
import { IndexedPlaces } from './indexed-places.js';
import { parseToken } from '@unbroken/tokens';
import { someHead, someShipment } from '@unbroken/words/fixture';
import type { TokenId } from '@unbroken/tokens';

let name = 0;
const opened: DeviceDatabase[] = [];

async function open(): Promise<DeviceDatabase> {
  const database = await openDeviceDatabase(`device-${name}`);
  opened.push(database);
  return database;
}

beforeEach(() => (name += 1));
afterEach(() => {
  for (const database of opened.splice(0)) database.close();
});

keepsTokens(async () => new IndexedOutbox(await open()));

it('a place → there when the page is loaded again', async () => {
  const place = { format: 'unbroken-place/1', sub: someShipment, prev: someHead as TokenId, seq: 4 } as const;
  await new IndexedPlaces(await open()).keep(place);
  expect(await new IndexedPlaces(await open()).of(someShipment)).toEqual(place);
});

it('a promise after the receipt → the receipt stays', async () => {
  const token = await someToken();
  const kept = { format: 'unbroken-kept/1', token } as const;
  const tokens = new IndexedKeptTokens(await open());
  await tokens.keep({ ...kept, promise: 'p' });
  await tokens.keep({ ...kept, receipt: 'r' });
  await tokens.keep({ ...kept, promise: 'q' });
  expect(await new IndexedKeptTokens(await open()).of(parseToken(token).tid)).toMatchObject({ receipt: 'r' });
});
