// The first screens in a real browser, on the real system: what people see, how fast, and what it says when the system
// is away.

import { existsSync } from 'node:fs';
import { accessibleTests } from './accessible.js';
import { alertsTests } from './alerts.js';
import { BrowserHouse } from './browser-house.js';
import { chainTests } from './chain.js';
import { deviceTests } from './device.js';
import { manyChainsTests } from './many-chains.js';
import { misdeliveryTests } from './misdelivery.js';
import { namesTests } from './names.js';
import { noAccountTests } from './no-account.js';
import { outageTests } from './outage.js';
import { verifyTests } from './verify.js';

const house = new BrowserHouse();

beforeAll(async () => {
  const built = new URL('../../services/web/dist/index.html', import.meta.url);
  if (!existsSync(built)) throw new Error('The web app is not built: run `npm run build` first.');
  await house.open();
}, 120_000);
afterEach(() => house.closePages());
afterAll(() => house.close(), 60_000);

describe('a misdelivery', () => misdeliveryTests(house));
describe('a chain', () => chainTests(house));
describe('alerts', () => alertsTests(house));
describe('everybody can use it', () => accessibleTests(house));
describe('names that parties give themselves', () => namesTests(house));
describe('evidence checked by whoever holds it', () => verifyTests(house));
describe('people without an account', () => noAccountTests(house));
describe('what a browser keeps for its device', () => deviceTests(house));
describe('an outage', () => outageTests(house));
describe('ten thousand open chains', () => manyChainsTests(house));
