// What checking costs a parcel: a token of its own, or a piece of a manifest whose signature is checked once. On one core,
// with the keys and the digest that a server uses; reading, strictness and ids included.
import { CheckedSignatures, PieceReader, piecesOf, signManifest } from '@unbroken/manifests';
import { nodeSha256 } from '@unbroken/tlog/node';
import { base64url, generateSigner, mintToken, newJti, shipmentId } from '@unbroken/tokens';
import { importKey, parseTokenSync, verifyTokenSync } from '@unbroken/tokens/node';

const ROUNDS = 5;

/** @typedef {import('@unbroken/tokens').PartyId} PartyId */

/** @param {{ tokens?: string }} options how many parcels, up to 1,000 */
export async function run({ tokens = '1000' }) {
  const count = Number(tokens);
  const { signer } = await generateSigner('ES256');
  const iss = /** @type {PartyId} */ ('danish-post');
  const imported = { ...importKey(signer.jwk), party: iss };
  const items = Array.from({ length: count }, (_, at) => ({
    sub: shipmentId(/** @type {PartyId} */ ('health-agency'), newJti()),
    prev: /** @type {import('@unbroken/tokens').TokenId} */ (
      base64url.encode(nodeSha256(new Uint8Array([at & 255, at >> 8])))
    ),
    seq: 3,
  }));
  const iat = 1_793_577_600;
  const said = { to: 'statistics-denmark', mode: 'meet' };
  const singles = await Promise.all(
    items.map((item) => mintToken({ iss, jti: newJti(), iat, evt: 'released', ...said, ...item }, signer)),
  );
  const pieces = await piecesOf(await signManifest({ iss, evt: 'released', iat, said }, items, signer), nodeSha256);
  const microseconds = {
    'a token of its own': await timed(count, () => {
      for (const token of singles) verifyTokenSync(parseTokenSync(Buffer.from(token)), imported);
    }),
    'a piece of a manifest': await timed(count, () => {
      const [reader, checked] = [new PieceReader(nodeSha256), new CheckedSignatures(verifyTokenSync)];
      for (const piece of pieces) checked.verify(reader.read(piece), imported);
    }),
  };
  const bytes = { token: singles[0]?.length ?? 0, piece: Math.max(...pieces.map((piece) => piece.length)) };
  console.table(microseconds);
  return { parcels: count, rounds: ROUNDS, microseconds, bytes };
}

/**
 * The processor's time for one parcel, in microseconds: the median of the rounds.
 * @param {number} count
 * @param {() => Promise<void> | void} check
 */
async function timed(count, check) {
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = process.cpuUsage();
    await check();
    const { user, system } = process.cpuUsage(before);
    // The first warms up.
    if (round > 0) rounds.push((user + system) / count);
  }
  return Math.round((rounds.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0) * 10) / 10;
}
