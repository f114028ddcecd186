// Parties establish themselves, enrol a device, are admitted by the operator, and the receiver names its place.
import { thumbprint } from '../keys.js';
import { fateOf } from '../looks.js';
import { claimsOf } from '../token.js';

/** @typedef {import('../cast.js').Cast} Cast @typedef {import('../party.js').Party} Party */

/** @param {Cast} cast */
export async function checkParties(cast) {
  await Promise.all([cast.sender, cast.courier, cast.receiver].map((party) => checkParty(cast, party)));

  const { report, system, receiver } = cast;
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

/** @param {Cast} cast @param {Party} party */
async function checkParty(cast, party) {
  const { report, system, deployment, operator } = cast;
  const established = party.established(deployment);
  const enrolled = party.enrolled(party.device);

  const { status, body } = await system.batch('registry', [established.jws, enrolled.jws]);
  const tids = body.tokens.map((/** @type {any} */ { tid }) => tid);
  report.check(`${party.role} posted → 202 with our token ids`, [status, tids], [202, [established.tid, enrolled.tid]]);

  const admission = async () => {
    const { tokens } = await system.chain(party.id);
    const admitted = tokens
      .map((/** @type {any} */ { token }) => ({ claims: claimsOf(token), header: kidOf(token) }))
      .find((/** @type {any} */ { claims }) => claims.evt === 'admitted');
    return [admitted.claims.iss, admitted.header, admitted.claims.prev, admitted.claims.roles];
  };
  const admittedBy = [operator.party, operator.kid, established.tid, [party.role]];
  await report.eventually(`${party.role} established → admitted by the operator`, admission, admittedBy);
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

/** @param {string} jws */
function kidOf(jws) {
  return JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString('utf8')).kid;
}
