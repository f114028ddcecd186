import { formatManifest, piecesOf, signManifest } from '@unbroken/manifests';
import { base64url, generateSigner, newJti, shipmentId } from '@unbroken/tokens';
import type { PartyId, TokenId } from '@unbroken/tokens';
import { looksLikeManifest, readHandoverManifest } from './manifest-code.js';

async function someManifest() {
  const { signer } = await generateSigner('ES256');
  const items = Array.from({ length: 3 }, (_, at) => ({
    sub: shipmentId('health-agency' as PartyId, newJti()),
    prev: base64url.encode(new Uint8Array(32).fill(at)) as TokenId,
    seq: 2,
  }));
  const gesture = { iss: 'danish-post' as PartyId, evt: 'accepted', iat: 1_793_577_600, said: { cond: 'ok' } } as const;
  return signManifest(gesture, items, signer);
}

it('a manifest as it was shown, also with another system’s line ends → an answer for each parcel, with its piece', async () => {
  const manifest = await someManifest();
  const text = formatManifest(manifest);
  for (const copied of [text, `\n${text.replaceAll('\n', '\r\n')}\r\n`]) {
    expect(looksLikeManifest(copied)).toBe(true);
    const read = await readHandoverManifest(copied);
    expect(read).toMatchObject({ kind: 'answer', manifest });
    expect(read.parcels.map(({ token }) => token)).toEqual(await piecesOf(manifest));
    expect(read.parcels.map(({ sub }) => sub)).toEqual(read.parcels.map(({ envelope }) => envelope.claims.sub));
  }
  expect(looksLikeManifest(manifest.token)).toBe(false);
});

it.each([
  ['cut short', (text: string) => text.slice(0, text.lastIndexOf('\n')), 'It is no manifest (/items)'],
  ['with an item changed', (text: string) => text.replace('"seq":2', '"seq":3'), 'It is no manifest (/items)'],
  ['with an item that is none', (text: string) => text.replace('{"sub"', '{"sup"'), 'It is no manifest (/items/0)'],
])('%s → refused, and where it is wrong is said', async (_, spoil, said) => {
  const text = spoil(formatManifest(await someManifest()));
  await expect(readHandoverManifest(text)).rejects.toMatchObject({
    code: 'code.form',
    message: expect.stringContaining(said) as string,
  });
});
