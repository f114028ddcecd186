// What an incident is, folded from its file; and what may be done about it now. Pure.

import type { IncidentAct, IncidentClock, NotificationItem } from '@unbroken/contracts';
import type { KeyId, PartyId } from '@unbroken/tokens';

/** One line of the file, as it is kept. */
export interface Act {
  readonly no: number;
  readonly at: Date;
  /** Null: this service, when a storm began. */
  readonly by: PartyId | null;
  readonly kid: KeyId | null;
  readonly person: string | null;
  readonly act: IncidentAct['act'] | 'open';
  readonly reason: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type Said = Readonly<Partial<Record<NotificationItem, string>>>;

/** A draft as it was fixed: `said` by people so far, `items` with what was computed then. */
export interface Phase {
  readonly no: number;
  readonly at: Date;
  readonly reason: string;
  readonly said: Said;
  readonly items: Said;
}

export interface IncidentState {
  readonly clock: IncidentClock;
  readonly held: boolean;
  readonly closed: boolean;
  readonly phases: readonly Phase[];
}

const fresh: IncidentState = {
  clock: { controllerAware: null, processorAware: null, due: null, stopped: null },
  held: false,
  closed: false,
  phases: [],
};

const LAW_MS = 72 * 3_600_000;

export const stateOf = (file: readonly Act[]): IncidentState => file.reduce(evolve, fresh);

function evolve(state: IncidentState, { act, at, reason, detail }: Act): IncidentState {
  const { clock, phases } = state;
  switch (act) {
    case 'clock': {
      const since = String(detail['at']);
      const due = new Date(Date.parse(since) + LAW_MS).toISOString();
      return {
        ...state,
        clock:
          detail['aware'] === 'controller'
            ? { ...clock, controllerAware: since, due }
            : { ...clock, processorAware: since },
      };
    }
    case 'phase': {
      // Of a phase that was erased nothing is left but that it was fixed.
      const { said: words = {}, items = {} } = detail as { said?: Said; items?: Said };
      const said = { ...phases.at(-1)?.said, ...words };
      return {
        ...state,
        phases: [...phases, { no: phases.length + 1, at, reason, said, items }],
      };
    }
    case 'notified':
    case 'not-notified': {
      const { authority, reference } = detail as { authority?: string; reference?: string };
      const named = {
        ...(authority === undefined ? {} : { authority }),
        ...(reference === undefined ? {} : { reference }),
      };
      return { ...state, clock: { ...clock, stopped: { how: act, at: at.toISOString(), reason, ...named } } };
    }
    case 'hold':
    case 'release-hold':
      return { ...state, held: act === 'hold' };
    case 'close':
      return { ...state, closed: true };
    default:
      return state;
  }
}

/** Why an act cannot be done now. */
export interface Objection {
  readonly code: string;
  readonly detail: string;
  readonly cure: string;
}

const objection = (code: string, detail: string, cure: string): Objection => ({
  code: `incident.${code}`,
  detail,
  cure,
});

/** What may still be done when it is closed: courts ask for files long after. */
const afterwards: ReadonlySet<IncidentAct['act']> = new Set(['note', 'hold', 'release-hold']);

/** `now` in milliseconds; undefined where nothing speaks against it. */
export function objectionTo(state: IncidentState, said: IncidentAct, now: number): Objection | undefined {
  const { clock, held, closed, phases } = state;
  if (closed && !afterwards.has(said.act)) {
    return objection('closed', 'The incident is closed.', 'Add a note, or open another incident.');
  }
  switch (said.act) {
    case 'clock':
      return objectionToClock(clock, said, now);
    case 'notified':
      if (clock.stopped?.how === 'notified')
        return objection('notified', 'It is said already.', 'Fix what is new as a further phase.');
      if (clock.controllerAware === null)
        return objection(
          'clock',
          'Nobody has said since when the controller is aware.',
          'Start the clock first, with --aware controller.',
        );
      return phases.length === 0
        ? objection('phase', 'Nothing is kept of what the authority was told.', 'Fix the draft as a phase first.')
        : undefined;
    case 'not-notified':
      return clock.stopped === null ? undefined : objection('notified', 'The clock is stopped already.', 'Add a note.');
    case 'hold':
      return held ? objection('held', 'Its chains are held already.', 'Nothing is left to do.') : undefined;
    case 'release-hold':
      return held ? undefined : objection('held', 'Its chains are not held.', 'Nothing is left to do.');
    case 'close':
      return runs(clock)
        ? objection('clock', 'Its clock runs.', 'Say that the authority is notified, or why it is not to be.')
        : undefined;
    default:
      return undefined;
  }
}

/** Somebody is aware, and nobody has said what comes of it. */
export const runs = ({ controllerAware, processorAware, stopped }: IncidentClock): boolean =>
  (controllerAware ?? processorAware) !== null && stopped === null;

function objectionToClock(
  clock: IncidentClock,
  { aware, at }: Extract<IncidentAct, { act: 'clock' }>,
  now: number,
): Objection | undefined {
  if (clock.stopped !== null)
    return objection('clock', 'The clock is stopped.', 'Open another incident for what is new.');
  if ((aware === 'controller' ? clock.controllerAware : clock.processorAware) !== null) {
    return objection('clock', `It is said already since when the ${aware} is aware.`, 'Correct it with a note.');
  }
  return at !== undefined && Date.parse(at) > now
    ? objection(
        'clock',
        'Nobody is aware from a time on that has not come.',
        'Leave the time out for now, or correct it.',
      )
    : undefined;
}
