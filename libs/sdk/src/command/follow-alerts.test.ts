// alerts --follow against a hub that goes away and comes back.

import type { Alert } from '@unbroken/contracts';
import type { TokenId } from '@unbroken/tokens';
import type { Answer } from '../fixture/answering-hub.js';
import { AnsweringHub, problem } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';
import { someHead, someShipment } from '@unbroken/words/fixture';

const alertOf = (number: number): Alert => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  code: 'parcel.opened',
  severity: 'critical',
  sub: someShipment,
  tid: someHead as TokenId,
  raisedAt: '2026-03-02T07:59:02.500Z',
  state: 'raised',
  parties: [],
  responsible: null,
  sentence: `Parcel ${number} had been opened.`,
  next: [],
});
const page = (...alerts: Alert[]): Answer => ({ status: 200, body: { alerts, cursor: null } });
const away = problem(503, 'registry.behind', 'Not ready.');

/** The person ends it. */
class Ended extends Error {}

let person: AtTerminal;
let pauses: number[];

beforeEach(async () => {
  person = await AtTerminal.sitDown();
  pauses = [];
});
afterEach(() => person.leave());

/** Answers in this order, a look each, until the person ends it. */
async function follow(answers: readonly Answer[], ...more: string[]): Promise<void> {
  let looks = 0;
  const hub = new AnsweringHub({ 'GET /alerts/v1/alerts?state=open&limit=200': () => answers[looks++] ?? page() });
  const pause = (ms: number): Promise<void> => {
    pauses.push(ms);
    return looks < answers.length ? Promise.resolve() : Promise.reject(new Ended());
  };
  const ended = person.types(['alerts', '--follow', ...more], await hub.listen(), pause);
  await expect(ended).rejects.toBeInstanceOf(Ended);
  await hub.close();
}

it('the hub restarts → said once, asked less and less often, and no alert is told twice', async () => {
  await follow([page(alertOf(1)), away, away, page(alertOf(2), alertOf(1))]);
  expect(person.out.match(/Parcel \d/g)).toEqual(['Parcel 1', 'Parcel 2']);
  expect(person.err).toMatch(/^Watching.*\n.* UTC: no hub answers.*\n.*answers again\.\n$/);
  expect(pauses).toEqual([1000, 2000, 4000, 1000]);
});

it('--json → one alert a line, and nothing about the connection', async () => {
  await follow([page(alertOf(1)), away, page(alertOf(2), alertOf(1))], '--json');
  const told = person.out.trim().split('\n');
  expect(told.map((line) => (JSON.parse(line) as Alert).id)).toEqual([alertOf(1).id, alertOf(2).id]);
  expect(person.err).toBe('');
});

it('no hub answers at the beginning → exit code 3, nobody waits', async () => {
  expect(await person.types(['alerts', '--follow'])).toBe(3);
});
