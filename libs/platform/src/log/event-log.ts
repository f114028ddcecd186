// The one writer of logs in a process: structured lines on standard output, of events from closed lists only.

import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { EventList, FieldKind, FieldsOf } from './event-definitions.js';
import { platformEvents } from './events.js';
import { toldError } from './told-error.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Until a service says otherwise only errors are told: libraries used by themselves stay quiet. */
let writer: Logger = pino({ level: 'error' });

export interface LogOptions {
  readonly level: LogLevel;
  /** Stands in every line as `process`; several services may share one. */
  readonly service: string;
  /** Where the lines go instead of standard output. */
  readonly destination?: DestinationStream;
}

/** Sets level and destination for the whole process; called once, at start. */
export function configureLog({ level, service, destination }: LogOptions): void {
  const options = { level, base: { process: service }, messageKey: 'event', timestamp: pino.stdTimeFunctions.isoTime };
  writer = destination === undefined ? pino(options) : pino(options, destination);
}

type Write<Events extends EventList> = <Name extends keyof Events & string>(
  event: Name,
  fields: FieldsOf<Events[Name]>,
  error?: unknown,
) => void;

export interface EventLog<Events extends EventList> {
  readonly debug: Write<Events>;
  readonly info: Write<Events>;
  readonly warn: Write<Events>;
  readonly error: Write<Events>;
}

/** A log of the listed events. Fields the list does not name are not written, even if a cast let them through. */
export function eventLog<Events extends EventList>(events: Events): EventLog<Events> {
  const at =
    (level: LogLevel): Write<Events> =>
    (event, fields, error) => {
      if (!writer.isLevelEnabled(level)) return;
      const told = listedFields(events[event] ?? {}, fields);
      writer[level](error === undefined ? told : { ...told, error: toldError(error) }, event);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function listedFields(listed: Readonly<Record<string, FieldKind>>, fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => Object.hasOwn(listed, name)));
}

/** The platform's own events. */
export const log = eventLog(platformEvents);
