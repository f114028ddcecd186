// The notification to the authority as it stands: every item of GDPR Art. 33(3), in a person's words, else as it is computed
// from the chains, else unknown. Pure.

import type { Incident, NotificationDraft, NotificationItem } from '@unbroken/contracts';
import { notificationItems } from '@unbroken/contracts';
import type { ExposureReport } from '@unbroken/custody';
import { copiedSentence, exposureSentence, findingSentence, statusWords } from '@unbroken/words';
import type { NameOf } from '@unbroken/words';
import type { Act, Phase, Said } from './incident-state.js';
import { stateOf } from './incident-state.js';

/** So many exposures are told one by one. */
const TOLD = 5;

/** What is known without anybody's words; an item that is not in it is unknown. */
export function computedItems(
  incident: Incident,
  exposures: readonly ExposureReport[],
  file: readonly Act[],
  name: NameOf,
): Said {
  const windows = exposures.flatMap((report) => report.windows);
  const copied = [...new Set(exposures.filter(({ windows: some }) => some.length > 0).map(copiedSentence))];
  const { shipmentCount } = incident;
  const parcels = shipmentCount === 1 ? 'One parcel' : `${shipmentCount} parcels`;
  const code = incident.code === null ? [] : [findingSentence(incident.code)];
  const more = windows.length > TOLD ? [`And ${windows.length - TOLD} more; see the exposure reports.`] : [];
  const beyond = shipmentCount > exposures.length ? [`Computed of ${exposures.length} of them.`] : [];
  return {
    nature: [
      `${parcels}.`,
      ...code,
      ...beyond,
      ...windows.slice(0, TOLD).map((window) => exposureSentence(window, name)),
      ...more,
    ].join('\n'),
    ...(copied.length === 0 ? {} : { consequences: copied.join('\n') }),
    measures: [...standing(exposures), ...done(file)].join('\n'),
  };
}

/** A report kept by a later version may have one that is not known here. */
const inWords = (status: string): string => (statusWords as Readonly<Record<string, string>>)[status] ?? status;

/** Where the parcels are by now. */
function standing(exposures: readonly ExposureReport[]): string[] {
  const counts = new Map<string, number>();
  for (const { status } of exposures) counts.set(status, (counts.get(status) ?? 0) + 1);
  const said = [...counts].map(([status, count]) => `${count} ${inWords(status)}`);
  const [only] = exposures;
  if (exposures.length === 1 && only !== undefined) return [`The parcel is, as recorded, ${inWords(only.status)}.`];
  return said.length === 0 ? [] : [`Of the parcels are, as recorded: ${said.join('; ')}.`];
}

const acts: Readonly<Partial<Record<Act['act'], string>>> = {
  acknowledge: 'The alerts were acknowledged',
  clock: 'Awareness was stated',
  hold: 'The records were put under legal hold',
  'people-told': 'The people concerned were told',
};

const done = (file: readonly Act[]): string[] =>
  file.flatMap(({ act, at }) => {
    const words = acts[act];
    return words === undefined ? [] : [`${words}, ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC.`];
  });

export function draftOf(incident: Incident, file: readonly Act[], computed: Said): NotificationDraft {
  const { phases } = stateOf(file);
  const said = phases.at(-1)?.said ?? {};
  const all = <T>(of: (item: NotificationItem) => T) =>
    Object.fromEntries(notificationItems.map((item) => [item, of(item)])) as Record<NotificationItem, T>;
  return {
    incident,
    controller: incident.owner,
    items: all((item) => ({ said: said[item] ?? null, computed: computed[item] ?? null })),
    phases: phases.map(({ no, at, reason, items }, place) => ({
      no,
      at: at.toISOString(),
      reason,
      items: all((item) => items[item] ?? null),
      changed: changedSince(phases[place - 1], items),
    })),
  };
}

const changedSince = (before: Phase | undefined, items: Said): NotificationItem[] =>
  notificationItems.filter((item) => (before?.items[item] ?? null) !== (items[item] ?? null));
