// What can be wrong with a request about an incident.

import { Problem } from '@unbroken/platform';
import type { Objection } from './incident-state.js';

export const unknownIncident = (id: string): Problem =>
  new Problem({
    status: 404,
    code: 'incident.unknown',
    title: 'Your party has no such incident',
    detail: `No incident of yours is called ${id.slice(0, 40)}`,
    pointer: '/id',
    cure: 'Choose one from the list of your incidents; those of other parties are theirs alone',
  });

export const foreignAlerts = (ids: readonly string[]): Problem =>
  new Problem({
    status: 422,
    code: 'incident.alerts',
    title: 'Some of these alerts are none that your party is told of',
    detail: `${ids.length} of them, the first ${String(ids[0])}, are not there or concern others`,
    pointer: '/alerts',
    cure: 'Name alerts as the list of alerts shows them for your party',
  });

export const notToHold = (): Problem =>
  new Problem({
    status: 403,
    code: 'incident.not-to-hold',
    title: 'Your party cannot hold these records',
    detail: 'Some of its parcels do not name your party: what is recorded of them is for those they name to hold',
    pointer: '/act',
    cure: 'Ask the sender to hold them, or open another incident of the parcels that name your party',
  });

export const objected = ({ code, detail, cure }: Objection): Problem =>
  new Problem({ status: 409, code, title: 'That cannot be done to the incident now', detail, pointer: '/act', cure });
