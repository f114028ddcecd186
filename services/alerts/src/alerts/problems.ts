// What can be wrong with a request about an alert.

import { Problem } from '@unbroken/platform';
import type { Alert } from './alert.js';

export const unknownAlert = (id: string): Problem =>
  new Problem({
    status: 404,
    code: 'alert.unknown',
    title: 'There is no such alert',
    detail: `No alert is called ${id.slice(0, 40)}`,
    pointer: '/id',
    cure: 'Take the id from GET /alerts/v1/alerts',
  });

export const alreadyDecided = ({ state, acknowledged, resolved }: Alert): Problem =>
  new Problem({
    status: 409,
    code: 'alert.state',
    title: 'The alert is not in a state in which that can be done',
    detail: `The alert is ${state} already${decidedBy(resolved ?? acknowledged)}`,
    cure:
      state === 'resolved'
        ? 'Nothing is left to do; if the matter is not settled, have it reported on the chain'
        : 'Resolve it when the matter is settled; it needs no second acknowledgement',
  });

const decidedBy = (decision: Alert['resolved']): string => (decision?.by == null ? '' : `, by ${decision.by}`);
