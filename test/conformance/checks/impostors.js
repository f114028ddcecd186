// Keys that somebody claims without having them, and names that are taken: refused by the registry log (section 2).
import { newKey } from '../keys.js';
import { fateOf } from '../looks.js';
import { Party } from '../party.js';

/** @param {import('../cast.js').Cast} cast */
export async function checkImpostors(cast) {
  const { report, system, deployment, courier } = cast;
  const impostor = new Party(courier.id, 'courier', { root: 'ES256', device: 'ES256' });
  const again = impostor.established(deployment);
  await system.post('registry', again.jws);
  const taken = 'refused token.party-taken';
  await report.eventually(
    `established by another root for a party that is there → ${taken}`,
    fateOf(cast, again.tid),
    taken,
  );

  const thief = new Party(`thief-of-${courier.id}`, 'courier', { root: 'Ed25519', device: 'Ed25519' });
  const established = thief.established(deployment);
  const notItsOwn = thief.enrolled({ ...newKey('Ed25519'), sign: thief.root.sign });
  await system.batch('registry', [established.jws, notItsOwn.jws]);
  const unproven = 'refused key.possession';
  await report.eventually(
    `enrolled without the key's own signature → ${unproven}`,
    fateOf(cast, notItsOwn.tid),
    unproven,
  );

  const elsewhere = new Party(`elsewhere-${courier.id}`, 'courier', { root: 'Ed25519', device: 'Ed25519' });
  const replayed = elsewhere.established(`not-${deployment}`);
  await system.post('registry', replayed.jws);
  await report.eventually('established for another deployment → malformed', fateOf(cast, replayed.tid), 'malformed');
}
