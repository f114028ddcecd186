// Who may ask about exposures and incidents: a party, shown by an access token of an enrolled key with the scope `incidents`.

import { WhoAsks } from '@unbroken/chains';
import type { RegistryView } from '@unbroken/chains';
import type { Clock } from '@unbroken/platform';

export const INCIDENT_DOOR = Symbol('who asks about incidents');
export type IncidentDoor = Pick<WhoAsks, 'shown'>;

export const incidentDoor = (view: RegistryView, clock: Clock): IncidentDoor =>
  new WhoAsks(view, clock, {
    scope: 'incidents',
    title: 'Incidents are for the parties concerned',
    missing: {
      detail: 'What was exposed, and what is said and done about it, is not public, and nothing shows who asks.',
      cure: 'Send Authorization: Bearer … with what `unbroken access --scope incidents` writes.',
    },
  });
