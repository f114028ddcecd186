import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url, commitment } from '@unbroken/tokens';
import { SaltStore } from './salt-store.js';

let home: string;
beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'unbroken-salts-'))));
afterEach(async () => rm(home, { recursive: true }));

it('a commitment → its salt and text are kept for the owner alone and open it', async () => {
  const store = new SaltStore(join(home, 'salts'));
  const hash = await store.commit('contents', '2 CDs');
  const kept = JSON.parse(await readFile(store.pathOf(hash), 'utf8')) as { salt: string; text: string };
  expect(commitment(base64url.decodeStrict(kept.salt) ?? new Uint8Array(), kept.text)).toBe(hash);
  expect((await stat(store.pathOf(hash))).mode & 0o777).toBe(0o600);
});

it('the same text twice → two commitments, which nobody can tell to be equal', async () => {
  const store = new SaltStore(join(home, 'salts'));
  expect(await store.commit('note', 'same')).not.toBe(await store.commit('note', 'same'));
});
