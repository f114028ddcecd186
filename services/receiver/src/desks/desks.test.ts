// The desks for people without keys, through the running service: what a finder tells, and what the finder desk makes of it.

import { finderTests } from './finder.part.test.js';
import { finderDeskTests } from './finder-desk.part.test.js';
import { guestTests } from './guest.part.test.js';
import { guestStrangersTests } from './guest-strangers.part.test.js';
import { Desks } from './open-desks.part.test.js';

let built: Desks;
const at = () => built;

beforeAll(async () => {
  built = await Desks.open();
}, 120_000);

afterAll(() => built.close(), 60_000);

describe('a finder', () => finderTests(at));
describe('the finder desk', () => finderDeskTests(at));
describe('a guest', () => guestTests(at));
describe('strangers to a guest', () => guestStrangersTests(at));
