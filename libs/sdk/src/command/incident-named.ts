// The incident a person means: by its whole id, or by a beginning of it that no other of theirs has.

import { InvalidArgumentError } from 'commander';
import type { IncidentsClient } from '../client/incidents-client.js';
import { CannotBeDone } from './told-failure.js';

const WHOLE = 36;

/** Whether it may be an incident's id, or a beginning of one, in small letters. */
export const readsAsIncident = (id: string): boolean => /^[0-9a-f]{8}[0-9a-f-]{0,28}$/.test(id);

export function incidentArgument(typed: string): string {
  const id = typed.toLowerCase();
  if (readsAsIncident(id)) return id;
  throw new InvalidArgumentError(
    'Write at least the first 8 characters of its id, as `unbroken incident list` shows them.',
  );
}

/**
 * A whole id is the hub's to know.
 * @throws CannotBeDone where no incident of the party begins so, or several do
 */
export async function incidentNamed(incidents: IncidentsClient, id: string): Promise<string> {
  if (id.length === WHOLE) return id;
  const [only, another] = (await incidents.list()).filter((incident) => incident.id.startsWith(id));
  if (only !== undefined && another === undefined) return only.id;
  throw new CannotBeDone(
    'incident.unknown',
    `${only === undefined ? 'No incident' : 'More than one incident'} of your party has an id that begins with ${id}.`,
    'See `unbroken incident list`.',
  );
}
