// A site has one name, `party/site`, however its party wrote it.

import { isSiteId } from '@unbroken/tokens';
import type { PartyId, SiteId } from '@unbroken/tokens';

/** The whole name of a site; a local name is the issuer's own. */
export function siteOf(issuer: PartyId, written: string): SiteId {
  return isSiteId(written) ? written : (`${issuer}/${written}` as SiteId);
}

/** Whether the site is a place of this party. */
export const isSiteOf = (party: PartyId, site: SiteId): boolean => site.startsWith(`${party}/`);
