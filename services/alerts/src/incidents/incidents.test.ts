// Incidents as a party keeps them: opened or by a storm, with the clock, drafts in phases, holds and the file of it all.

import { afterAll, beforeAll, describe } from '@jest/globals';
import { authorityDraftTests } from './authority-draft.part.test.js';
import { chainExposureTests } from './chain-exposure.part.test.js';
import { openedTests } from './opened.part.test.js';
import { seventyTwoHoursTests } from './seventy-two-hours.part.test.js';
import { stormTests } from './storm.part.test.js';
import { whoHasSeenTests } from './who-has-seen.part.test.js';
import { wordsTests } from './words.part.test.js';
import { IncidentHouse } from './fixture/incident-house.js';

let built: IncidentHouse;
const at = () => built;

beforeAll(async () => {
  built = await IncidentHouse.build();
}, 60_000);

afterAll(() => built.tearDown(), 30_000);

describe('the exposure of a chain', () => chainExposureTests(at));
describe('an incident that a person opens', () => openedTests(at));
describe('the 72 hours', () => seventyTwoHoursTests(at));
describe('the draft to the authority', () => authorityDraftTests(at));
describe('what is written in a file', () => wordsTests(at));
describe('who has seen it', () => whoHasSeenTests(at));
describe('a storm', () => stormTests(at));
