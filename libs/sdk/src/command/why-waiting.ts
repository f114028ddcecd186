// Why something that was signed is not recorded yet, as far as the registry can tell.

import { parseStatement } from '@unbroken/manifests';
import type { Written } from '../signing/pen.js';
import { partyOrNone } from './known-party.js';
import type { Session } from './session.js';
import { KEPT } from './told-kept.js';

export async function whyWaiting(
  { client }: Session,
  { token, carried }: Pick<Written, 'token' | 'carried'>,
): Promise<string> {
  if (!carried) return KEPT;
  const { header, claims } = parseStatement(token);
  const party = await partyOrNone(client, claims.iss);
  if (party === undefined) {
    return (
      `This hub knows no party ${claims.iss}. Where it was emptied with --fresh, run \`unbroken party establish\` and ` +
      '`unbroken party enrol KEY` again; what was signed waits up to 72 hours for it.'
    );
  }
  if (!party.keys.some(({ kid }) => kid === header.kid)) {
    return `Its key is not enrolled: \`unbroken party enrol ${header.kid} --as ${claims.iss}\`. It waits up to 72 hours for that.`;
  }
  if (!party.admitted) return `${party.name} is not admitted by the operator yet; it waits up to 72 hours for that.`;
  return 'The hub is busy; it has it for good and records it as soon as it can.';
}
