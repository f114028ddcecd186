import { chmod, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintToken, newJti, parseToken, verifyToken } from '@unbroken/tokens';
import type { KeyId, PartyId } from '@unbroken/tokens';
import { DirectoryKeyStore } from './directory-key-store.js';

const post = 'danish-post' as PartyId;
const made = { party: post, use: 'device', created: '2026-03-02T08:00:00.000Z' } as const;

let home: string;
let store: DirectoryKeyStore;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'unbroken-keys-'));
  store = new DirectoryKeyStore(join(home, 'keys'));
});

afterEach(async () => rm(home, { recursive: true }));

describe('keys in a directory', () => {
  it('a new key → one file that its owner alone may read, in a directory likewise', async () => {
    const { kid } = await store.create(made);
    expect((await stat(store.pathOf(kid))).mode & 0o777).toBe(0o600);
    expect((await stat(store.directory)).mode & 0o777).toBe(0o700);
    expect(await readdir(store.directory)).toEqual([`${kid}.json`]);
  });

  it('a kept key → signs what verifies under its public half', async () => {
    const { kid } = await store.create(made);
    const signer = await new DirectoryKeyStore(store.directory).signer(kid);
    const token = await mintToken({ iss: post, sub: post, jti: newJti(), iat: 1, evt: 'witnessed' }, signer);
    await expect(verifyToken(parseToken(token), { party: post, kid, jwk: signer.jwk })).resolves.toBeUndefined();
  });

  it('several keys → listed oldest first, without their secrets', async () => {
    const later = await store.create({ ...made, created: '2026-03-03T08:00:00.000Z' });
    const first = await store.create(made);
    expect(await store.list()).toEqual([first, later]);
  });

  it('no directory yet → no keys', async () => expect(await store.list()).toEqual([]));

  it.each(['640', '604', '620', '666'])('a key file of mode %s → refused, says how to close it', async (mode) => {
    const { kid } = await store.create(made);
    await chmod(store.pathOf(kid), parseInt(mode, 8));
    const refusal = { code: 'key.readable-by-others', cure: expect.stringContaining('chmod 600') as string };
    await expect(store.signer(kid)).rejects.toMatchObject(refusal);
    await expect(store.list()).rejects.toMatchObject(refusal);
  });

  it('a key that is not there → key.missing', async () => {
    await expect(store.signer('A'.repeat(43) as KeyId)).rejects.toMatchObject({ code: 'key.missing' });
  });

  it('a file under another key’s name → refused', async () => {
    const [one, other] = [await store.create(made), await store.create(made)];
    await rename(store.pathOf(one.kid), store.pathOf(other.kid));
    await expect(store.signer(other.kid)).rejects.toMatchObject({ code: 'key.file' });
    await expect(store.list()).rejects.toMatchObject({ code: 'key.file' });
  });

  it('a file that names one key and holds another → refused', async () => {
    const [one, other] = [await store.create(made), await store.create(made)];
    const foreign = (await readFile(store.pathOf(one.kid), 'utf8')).replace(one.kid, other.kid);
    await writeFile(store.pathOf(other.kid), foreign);
    await expect(store.signer(other.kid)).rejects.toMatchObject({ code: 'key.file' });
  });

  it.each(['', '{', '{}', '[]', 'null'])('a file that says %j → refused as no key file', async (text) => {
    const { kid } = await store.create(made);
    await writeFile(store.pathOf(kid), text);
    await expect(store.signer(kid)).rejects.toMatchObject({ code: 'key.file' });
  });
});
