// A hand-off to the consignee away from the consignee's place: the release to it, and the acceptance naming that.

import { wants } from '../policy/policy.js';
import { releaseNamed } from '../release-named.js';
import { routeAt } from '../route.js';
import { inContext, when } from './judged.js';
import type { Judge } from './judged.js';

export const judgePlace: Judge = (judged) => {
  const { token, line, context } = judged;
  const { claims } = token;
  if (!inContext(judged)) return [];
  const to =
    claims.evt === 'released' ? claims.to : claims.evt === 'accepted' ? releaseNamed(line, token)?.to : undefined;
  const { consignee } = routeAt(line, claims.iat);
  if (to === undefined || to !== consignee || line.opening === null) return [];
  const elsewhere = claims.at !== undefined && !claims.at.startsWith(`${consignee}/`);
  const { position } = context.policyOf(line);
  return when({
    'misdelivery.wrong-place': elsewhere || (claims.off ?? 0) > 0,
    'place.unknown': claims.off === undefined && wants(position, line.opening.class),
  });
};
