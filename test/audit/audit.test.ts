// The audit of a log that somebody with the operator's rights has changed: it names what was changed, and nothing else.

import { AuditedHouse } from '../../services/ledger/src/fixture/audited-house.js';
import { entriesTests } from './entries.js';
import { heldTests } from './held.js';
import { treeTests } from './tree.js';
import { waitingTests } from './waiting.js';

let built: AuditedHouse;
const house = () => built;

beforeAll(async () => {
  built = await AuditedHouse.build();
}, 120_000);

afterEach(() => built.putBack());

afterAll(() => built.tearDown(), 30_000);

describe('entries and keys', () => entriesTests(house));
describe('tree, tiles, checkpoints and cursors', () => treeTests(house));
describe('what waits and what was refused', () => waitingTests(house));
/** Last: what is on a topic stays there. */
describe('what others hold', () => heldTests(house));
