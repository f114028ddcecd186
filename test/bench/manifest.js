// What a parcel's half of a hand-off costs: a token of its own, or a piece of a manifest whose signature is checked once.
// Checked, on one core, with the keys and the digest that a server uses, reading, strictness and ids included; then the same
// hand-offs recorded by the ledger alone, from Kafka until they are committed, once as tokens and once as pieces.
import { CheckedSignatures, PieceReader, piecesOf, signManifest } from '@unbroken/manifests';
import { nodeSha256 } from '@unbroken/tlog/node';
import { base64url, generateSigner, mintToken, newJti, shipmentId } from '@unbroken/tokens';
import { importKey, parseTokenSync, verifyTokenSync } from '@unbroken/tokens/node';
import { HANDOFFS_PER_CHAIN } from './backlog.js';
import { drained, prepared } from './drain.js';
import { ground } from './ground.js';

const ROUNDS = 5;

/** @typedef {import('@unbroken/tokens').PartyId} PartyId */

/** @param {{ tokens?: string, chains?: string }} options how many parcels a manifest, up to 1,000; how many parcels are recorded */
export async function run({ tokens = '1000', chains = '2000' }) {
  const checking = await checked(Number(tokens));
  const recording = {
    'tokens of their own': await recorded(Number(chains), (backlog, open) => backlog.handOffs(open)),
    'pieces of manifests': await recorded(Number(chains), (backlog, open) => backlog.manifests(open, Number(tokens))),
  };
  console.table(recording);
  return { ...checking, recording };
}

/**
 * What the ledger takes for one statement, in microseconds of the processor by part, and how many it records a second.
 * @param {number} chains @param {Parameters<typeof prepared>[3]} signed
 */
async function recorded(chains, signed) {
  const house = await ground();
  try {
    const { tokens, recordedBefore } = await prepared(house, chains, [], signed);
    const { cpu, measured, recordedAfter } = await drained(house, [], recordedBefore, tokens.length);
    const parts = Object.entries(cpu).map(([part, us]) => [part, Math.round(us / measured)]);
    const bytes = Math.round(tokens.reduce((sum, { token }) => sum + token.length, 0) / tokens.length);
    const handOffs = HANDOFFS_PER_CHAIN * chains;
    return { handOffs, 'entries/s': Math.round(measured / recordedAfter), bytes, ...Object.fromEntries(parts) };
  } finally {
    await house.stop();
  }
}

/** @param {number} count */
async function checked(count) {
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
