// What an incident leaves behind when it is closed: asked before, because a closed one takes nothing but notes any more
// (docs/operations.md, "An incident").

import type { IncidentFile } from '@unbroken/contracts';
import type { Doubt } from './anyway.js';

/** Where the clock runs, or it is closed already, the hub closes nothing, whatever is meant, and says so itself. */
export function closingDoubts({ id, state, openAlerts, clock, file }: IncidentFile): readonly (Doubt | undefined)[] {
  const { controllerAware, processorAware, stopped } = clock;
  const runs = stopped === null && (controllerAware ?? processorAware) !== null;
  if (runs || state === 'closed') return [];
  return [
    openAlerts === 0
      ? undefined
      : {
          code: 'incident.alerts-open',
          what: `${openAlerts === 1 ? '1 alert of it is' : `${openAlerts} alerts of it are`} still open.`,
          cure: 'Resolve what is dealt with: `unbroken alerts --resolve`.',
        },
    stopped === null
      ? {
          code: 'incident.undecided',
          what: 'Nobody has said whether the authority is to be notified, and the register must say so (Art. 33(5)).',
          cure: `Say that it is not to be, and why, with \`unbroken incident not-notified ${id}\`; else start the clock.`,
        }
      : undefined,
    stopped?.how === 'notified' && !file.some(({ act }) => act === 'people-told')
      ? {
          code: 'incident.people-not-told',
          what: 'The authority was notified, and nobody has said that the people concerned are told (Art. 34).',
          cure: `Say how they were told with \`unbroken incident people-told ${id}\`, or in the reason why they are not to be.`,
        }
      : undefined,
  ];
}
