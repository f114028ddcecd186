import type { KeyId, PartyId } from '@unbroken/tokens';
import { MemoryKeyStore } from './memory-key-store.js';

it('a key made in memory → signs, and is listed by what it is for', async () => {
  const store = new MemoryKeyStore();
  const created = '2026-03-02T08:00:00.000Z';
  const key = await store.create({ party: 'danish-post' as PartyId, use: 'gateway', created });
  expect(await store.list()).toEqual([key]);
  expect((await (await store.signer(key.kid)).sign(new Uint8Array([1]))).length).toBe(64);
});

it('a key that is not there → key.missing', async () => {
  await expect(new MemoryKeyStore().signer('A'.repeat(43) as KeyId)).rejects.toMatchObject({ code: 'key.missing' });
});
