// Parties establish themselves, enrol a device, are admitted by the operator, and the receiver names its place.
import { signedBy, thumbprint } from '../keys.js';
import { fateOf } from '../looks.js';
import { claimsOf, headerIn } from '../token.js';

/** @typedef {import('../cast.js').Cast} Cast @typedef {import('../party.js').Party} Party */

/** @param {Cast} cast */
export async function checkParties(cast) {
  const { report, system, operator, sender, courier, receiver } = cast;
  const [opening] = (await system.chain(operator.party)).tokens;
  const { jwk } = claimsOf(opening.token);
  report.check('trust policy → the key that the operator established itself with', operator.kid, thumbprint(jwk));
  await Promise.all([sender, courier, receiver].map((party) => checkParty(cast, party, jwk)));

  const sited = receiver.sited();
  await system.post('registry', sited.jws);
  await report.eventually('sited → recorded', fateOf(cast, sited.tid), 'recorded');
  await report.eventually(
    'sited → the registry shows the site',
    async () =>
      JSON.stringify((await system.get(`/registry/v1/parties/${receiver.id}`)).body.sites).includes('front-desk'),
    true,
  );
}

/** @param {Cast} cast @param {Party} party @param {any} root the operator's public key */
async function checkParty(cast, party, root) {
  const { report, system, deployment, operator } = cast;
  const established = party.established(deployment);
  const enrolled = party.enrolled(party.device);

  const { status, body } = await system.batch('registry', [established.jws, enrolled.jws]);
  const tids = body.tokens.map((/** @type {any} */ { tid }) => tid);
  report.check(`${party.role} posted → 202 with our token ids`, [status, tids], [202, [established.tid, enrolled.tid]]);

  const admission = async () => {
    const { tokens } = await system.chain(party.id);
    const { token } = tokens.find((/** @type {any} */ { token }) => claimsOf(token).evt === 'admitted');
    const { iss, prev, roles } = claimsOf(token);
    return { iss, prev, roles, kid: headerIn(token).kid, signed: signedBy(root, token) };
  };
  await report.eventually(`${party.role} established → admitted by the operator's root key`, admission, {
    iss: operator.party,
    prev: established.tid,
    roles: [party.role],
    kid: thumbprint(root),
    signed: true,
  });
  await report.eventually(`${party.role}'s device enrolled → recorded`, fateOf(cast, enrolled.tid), 'recorded');
  await report.eventually(
    `${party.role}'s jwks.json → the device under its thumbprint`,
    async () => {
      const { keys } = (await system.get(`/registry/v1/parties/${party.id}/jwks.json`)).body;
      const device = keys.find((/** @type {any} */ { kid }) => kid === party.device.kid);
      return thumbprint(device);
    },
    party.device.kid,
  );
  await report.eventually(
    `${party.role} → the registry shows its roles`,
    async () => (await system.get(`/registry/v1/parties/${party.id}`)).body.roles,
    [party.role],
  );
}
