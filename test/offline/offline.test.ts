// Hand-offs between phones in a basement, and what the hub makes of them when they are carried in: by whom, in which order
// and under which clocks soever, it comes to the same.

import { Basement } from './basement.js';
import { commandTests } from './command.part.test.js';
import { dyingTests } from './dying.part.test.js';
import { manifestTests } from './manifest.part.test.js';
import { orderTests } from './order.part.test.js';

const START_MS = 240_000;

let built: Basement;
const at = () => built;

beforeAll(async () => {
  built = await Basement.open();
}, START_MS);

afterAll(() => built.close(), START_MS);

describe('carried in', () => orderTests(at));
describe('a phone that dies', () => dyingTests(at));
describe('by command', () => commandTests(at));
describe('many parcels by one signature', () => manifestTests(at));
