// What becomes of what is recorded, and of what is refused: the alerts of each kind, by the whole service.

import { afterAll, beforeAll, describe } from '@jest/globals';
import { PeopledHouse } from '../fixture/peopled-house.js';
import { dispatchTests } from './dispatch.part.test.js';
import { findersTests } from './finders.part.test.js';
import { forksTests } from './forks.part.test.js';
import { keysTests } from './keys.part.test.js';
import { misdeliveryTests } from './misdelivery.part.test.js';
import { refusalsTests } from './refusals.part.test.js';
import { statementsTests } from './statements.part.test.js';

let built: PeopledHouse;
const at = () => built;

beforeAll(async () => {
  built = await PeopledHouse.build();
}, 60_000);

afterAll(() => built.house.tearDown(), 30_000);

describe('misdelivery', () => misdeliveryTests(at));
describe('what a token says', () => statementsTests(at));
describe('dispatch', () => dispatchTests(at));
describe('forks', () => forksTests(at));
describe('keys', () => keysTests(at));
describe('finders', () => findersTests(at));
describe('refusals', () => refusalsTests(at));
