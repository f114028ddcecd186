// The demonstration: the story of the two CDs, told once into a database that was made just now, so that there is
// something to look at. Never into one that may hold anybody's records, and never twice: how far it is stands in a file.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { run } from '../set-up/command.js';
import { repository } from '../set-up/repository.js';

const command = join(repository, 'libs', 'sdk', 'bin', 'unbroken.js');

const tellings = [
  { letter: 'a', name: 'as it should go' },
  { letter: 'b', name: 'as it went' },
  { letter: 'c', name: 'with a post that has no devices' },
];

const REPEAT = 'It is not repeated; npx unbroken incident cd tells all of it.';

/**
 * due: the database is new; begun: it is being told, or was when the machine stopped; over: told, left out, or given up.
 * @typedef {{ state: 'due' | 'begun' | 'over', told: number }} Progress
 *
 * @typedef {import('./state-folder.js').StateFolder} StateFolder
 */

/**
 * Notes that there will be something to show. Before the database is made: a crash in between leaves a note that the next
 * start finds true.
 * @param {StateFolder} state
 */
export function expectDemonstration({ postgres, demonstration }) {
  if (existsSync(join(postgres, 'data')) || existsSync(demonstration)) return;
  write(demonstration, { state: 'due', told: 0 });
}

/**
 * Tells it where it is due, and that an earlier one was cut short where that is so; nothing else.
 * @param {StateFolder} state
 * @param {{ url: string, wanted: boolean, say: (text: string) => void, ending: () => boolean }} how wanted: not with
 *   --no-demo, which also keeps it from being told later; ending: whether the machine is being stopped
 */
export async function demonstrate({ demonstration: file }, { url, wanted, say, ending }) {
  const { state, told } = read(file);
  if (state === 'over') return;
  if (!wanted || state === 'begun') {
    if (state === 'begun')
      say(`\nThe demonstration was cut short after ${told} of ${tellings.length} tellings. ${REPEAT}`);
    return write(file, { state: 'over', told });
  }
  write(file, { state: 'begun', told: 0 });
  say('\nThe demonstration begins: the two CDs of 2015, signed for real.');
  for (const [place, telling] of tellings.entries()) {
    const outcome = await tell(telling.letter, url);
    if (ending()) return;
    const number = `${place + 1} of ${tellings.length}`;
    if ('failure' in outcome) {
      say(`  ${number}  ${telling.name}: ${outcome.failure} ${REPEAT}`);
      return write(file, { state: 'over', told: place });
    }
    say(`  ${number}  ${telling.name}: ${counted(outcome.alarms)}`);
    write(file, { state: 'begun', told: place + 1 });
  }
  write(file, { state: 'over', told: tellings.length });
  say(`  told    look at ${url}/, or npx unbroken alerts`);
}

/** @param {number} alarms */
function counted(alarms) {
  return alarms === 0 ? 'no alarm' : `${alarms} alarm${alarms === 1 ? '' : 's'}`;
}

/** @param {string} letter @param {string} url @returns {Promise<{ alarms: number } | { failure: string }>} */
async function tell(letter, url) {
  const args = [command, 'incident', 'cd', '--telling', letter, '--hub', url, '--json'];
  const { code, output } = await run(process.execPath, args);
  const answer = JSON.parse(output.split('\n').findLast((line) => line.startsWith('{')) ?? '{}');
  return code === 0 ? { alarms: answer.told[0].alarms.length } : { failure: answer.what ?? 'it could not be told.' };
}

/** @param {string} file @returns {Progress} */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { state: 'over', told: 0 };
}

/** @param {string} file @param {Progress} progress */
function write(file, progress) {
  writeFileSync(`${file}.part`, `${JSON.stringify(progress)}\n`);
  renameSync(`${file}.part`, file);
}
