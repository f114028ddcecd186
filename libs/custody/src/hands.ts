// Whose hands may sign which token, given where the line stands (docs/protocol, sections 3 and 5).

import type { ShipmentEvent } from './events/catalogue.js';
import type { Line } from './chain-state.js';
import type { FindingCode } from './finding.js';
import { isMalformed } from './recorded.js';
import type { Recorded, RecordedToken } from './recorded.js';
import { guest } from './registry/party-name.js';
import { actsFor, routeAt } from './route.js';
import { releaseNamed } from './release-named.js';

type WrongHands = Extract<FindingCode, 'custody.not-holder' | 'custody.not-consignee' | 'custody.role'>;

type HandsRule = (line: Line, token: RecordedToken, about?: Recorded) => WrongHands | null;

const holder: HandsRule = (line, { claims }) => (claims.iss === line.holder ? null : 'custody.not-holder');

const consignee: HandsRule = (line, { claims, standing }) => {
  const { consignee } = routeAt(line, claims.iat);
  // Anybody may enrol a key of their own for this use; whom the operator granted a desk speaks for strangers.
  const speaksForGuest = consignee === guest && standing.use === 'code-desk' && standing.roles.includes('finder-desk');
  return claims.iss === consignee || speaksForGuest ? null : 'custody.not-consignee';
};

const sender: HandsRule = (line, { claims }) => (claims.iss === line.sender ? null : 'custody.role');

const responsible: HandsRule = (line, { claims }) => (claims.iss === line.responsible ? null : 'custody.role');

/** Who signed what cannot be read is not known, so that nobody can be said to correct another's word. */
const issuerOfTheOther: HandsRule = (_line, { claims }, about) =>
  about === undefined || isMalformed(about) || about.claims.iss === claims.iss ? null : 'custody.role';

const anybody: HandsRule = () => null;

const rules: Record<ShipmentEvent, HandsRule> = {
  registered: anybody,
  sealed: holder,
  released: holder,
  withdrawn: (line, token) => {
    const releaser = line.offer?.from ?? line.holder;
    return token.claims.iss === releaser ? null : 'custody.not-holder';
  },
  accepted: anybody,
  refused: (line, token) => {
    const release = releaseNamed(line, token);
    return release !== null && actsFor(token, token.claims.iss, release.to) ? null : 'custody.role';
  },
  confirmed: consignee,
  opened: consignee,
  destroyed: holder,
  voided: (line, token) => sender(line, token) ?? (line.left ? 'custody.not-holder' : null),
  approved: sender,
  extracted: sender,
  inspected: holder,
  attempted: holder,
  held: holder,
  redirected: sender,
  reported: (line, { claims }) => (line.parties.includes(claims.iss) ? null : 'custody.role'),
  imported: (_line, { standing }) => (standing.use === 'gateway' ? null : 'custody.role'),
  found: anybody,
  witnessed: anybody,
  corrected: issuerOfTheOther,
  settled: responsible,
  'key-released': sender,
};

/**
 * Null when the right hands signed; otherwise what is wrong. Such a token moves nothing (section 4, rule 1). `about` is
 * the token that it names by `of`.
 */
export const wrongHands = (line: Line, token: RecordedToken, about?: Recorded): WrongHands | null =>
  rules[token.claims.evt](line, token, about);
