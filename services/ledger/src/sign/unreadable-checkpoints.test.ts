// What the log has signed is kept outside the database too. Where that cannot be read the ledger does not begin without
// it: it would not notice that the database is an older one.

import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@unbroken/testing';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { establish, settle } from '../fixture/signers.js';

let house: LedgerHouse;
let checkpoints: string;

/** Recorded and signed, then stopped. */
beforeEach(async () => {
  house = await LedgerHouse.build();
  await house.start();
  checkpoints = join(house.settings.UNBROKEN_STATE_DIR, 'checkpoints', 'registry');
  const { tokens } = await settle('danish-post');
  await house.hand('registry.tokens.v1', tokens);
  await waitFor(async () => (await newest()).endsWith('4'), { what: 'a checkpoint of 4 entries' });
  await house.stop();
}, 60_000);

afterEach(() => house.tearDown(), 30_000);

async function newest(): Promise<string> {
  const names = await readdir(checkpoints);
  return join(checkpoints, names.sort().at(-1) ?? '');
}

const readiness = async (): Promise<{ readonly status: number; readonly text: string }> => {
  const answer = await house.getRoot('readyz');
  return { status: answer.status, text: await answer.text() };
};

async function aFileInItsPlace(path: string): Promise<void> {
  await rename(path, `${path}.away`);
  await writeFile(path, 'no folder');
}

async function aFolderInItsPlace(path: string): Promise<void> {
  await rename(path, `${path}.away`);
  await mkdir(path);
}

async function otherText(path: string): Promise<void> {
  await writeFile(`${path}.away`, await readFile(path));
  await writeFile(path, 'not a note\n');
}

it.each([
  ['the folder of its checkpoints is a file', () => Promise.resolve(checkpoints), aFileInItsPlace, 'ENOTDIR'],
  ['its last checkpoint is a folder', newest, aFolderInItsPlace, 'EISDIR'],
  ['its last checkpoint is no note', newest, otherText, 'has not signed it'],
])(
  '%s → nothing is written, said which and the cure; put back → it goes on',
  async (_, which, damage, why) => {
    const path = await which();
    await damage(path);
    await house.start();
    const refused = await waitFor(
      async () => {
        const { status, text } = await readiness();
        return text.includes(why) ? { status, text } : undefined;
      },
      { what: 'the refusal' },
    );
    expect(refused.status).toBe(503);
    expect(refused.text).toContain(`${path} cannot be read`);
    expect(refused.text).toMatch(/Put it (?:and the key )?back/);
    const { established } = await establish('royal-mail');
    await house.hand('registry.tokens.v1', [established]);
    expect(house.writer.state).toBe('starting');
    expect(await house.entries('registry')).toHaveLength(4);

    await rm(path, { recursive: true });
    await rename(`${path}.away`, path);
    await house.until(established, 'recorded');
    await waitFor(async () => (await newest()).endsWith('5'), { what: 'it to be signed' });
    expect((await readiness()).status).toBe(200);
    expect(house.heard.filter(({ topic }) => topic.includes('dead'))).toEqual([]);
  },
  60_000,
);
