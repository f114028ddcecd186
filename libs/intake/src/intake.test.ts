// The door as its users meet it: over HTTP, with a real Kafka behind it and a real Postgres.

import { doorTests } from './door.part.test.js';
import { Doors } from './doors.part.test.js';
import { manifestTests } from './manifest.part.test.js';
import { promiseGivenTests } from './promise-given.part.test.js';
import { waitingTests } from './waiting.part.test.js';

let built: Doors;
const at = () => built;

beforeAll(async () => {
  built = await Doors.open();
}, 120_000);

afterAll(() => built.house.close(), 60_000);

doorTests(at);
describe('a manifest', () => manifestTests(at));
describe('the promise in the answer', () => promiseGivenTests(at));
waitingTests(at);
