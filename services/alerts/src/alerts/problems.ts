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
    cure: 'Choose one from the list of alerts',
  });

export const unknownDecider = (by: string): Problem =>
  new Problem({
    status: 422,
    code: 'party.unknown',
    title: 'Nobody here goes by that name',
    detail: `No party is registered as ${by}`,
    pointer: '/by',
    cure: 'Name the registered party in whose name you decide',
  });

export const unknownAssignee = (to: string): Problem =>
  new Problem({
    status: 422,
    code: 'party.unknown',
    title: 'Nobody here goes by that name',
    detail: `No party is registered as ${to}`,
    pointer: '/to',
    cure: 'Name the registered party whose task it is to be',
  });

export const unknownContact = (to: string, contact: string): Problem =>
  new Problem({
    status: 422,
    code: 'contact.unknown',
    title: 'The party has no such contact',
    detail: `${to} has no contact ${contact}`,
    pointer: '/contact',
    cure: 'Name a contact of the party as in the file of contacts of the operator, or leave it out',
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
