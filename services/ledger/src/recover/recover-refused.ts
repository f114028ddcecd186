// Why the log is not refilled, and the cure. Nothing was written.

import type { LogName } from '../logs.js';

export class RecoverRefused extends Error {
  override readonly name = 'RecoverRefused';

  constructor(
    readonly code:
      | 'recover.at-work'
      | 'recover.no-key'
      | 'recover.no-checkpoint'
      | 'recover.lacking'
      | 'recover.other-root'
      | 'recover.unreadable'
      | 'recover.whole'
      | 'recover.registry'
      | 'recover.declined'
      | 'recover.reason',
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}

export const atWork = (): RecoverRefused =>
  new RecoverRefused(
    'recover.at-work',
    'A ledger is at work, and nothing may write beside it.',
    'Stop every ledger first; what arrives meanwhile waits in Kafka',
  );

export const noKey = (path: string): RecoverRefused =>
  new RecoverRefused(
    'recover.no-key',
    `${path} is missing, the key that the log has signed with.`,
    'Put the state folder back: its keys and its checkpoints say what the log was',
  );

export const noCheckpoint = (log: LogName, folder: string): RecoverRefused =>
  new RecoverRefused(
    'recover.no-checkpoint',
    `Entries of ${log} were found, but no checkpoint in ${folder}: nothing says which of them were signed.`,
    'Put the state folder back: its keys and its checkpoints say what the log was',
  );

/** `ranges`: from, and up to and including. */
export const lacking = (log: LogName, ranges: readonly (readonly [number, number])[], signed: number): RecoverRefused =>
  new RecoverRefused(
    'recover.lacking',
    `${log} has signed ${signed} entries, and nobody here holds ${told(ranges)}.`,
    'Bring more parties’ own copies with --copy, or an older database: put it back and recover into it',
  );

export const otherRoot = (log: LogName, signed: number, where: string, disputed: readonly number[]): RecoverRefused =>
  new RecoverRefused(
    'recover.other-root',
    `What was found of ${log} does not lead to the root that was signed of ${signed} entries (${where})` +
      `${disputed.length === 0 ? '' : `; more than one entry is held at ${disputed.join(', ')}`}.`,
    'Look with `unbroken audit` which source was changed; leave that one out, and bring another with --copy',
  );

export const unreadable = (log: LogName, index: number, why: string): RecoverRefused =>
  new RecoverRefused(
    'recover.unreadable',
    `Entry ${index} of ${log} cannot be stored: ${why}.`,
    'Bring it from Kafka, or from a copy that names its "sub"',
  );

/** Of a custody log there is one way more, for a person to take. */
export const withWayOn = ({ code, message, cure }: RecoverRefused): RecoverRefused =>
  new RecoverRefused(
    code,
    message,
    `${cure}. When nobody has more: \`unbroken recover --successor --reason TEXT\` says what would be lost, and ends this log so that another can go on`,
  );

export const nothingLost = (log: LogName): RecoverRefused =>
  new RecoverRefused(
    'recover.whole',
    `${log} can be refilled whole, so that no other log may succeed it.`,
    'Run `unbroken recover` without --successor',
  );

/** Every custody entry names how much of the registry log counted for it: without that log none can be judged. */
export const registryLost = ({ message }: RecoverRefused): RecoverRefused =>
  new RecoverRefused(
    'recover.registry',
    `${message} The registry log cannot have a successor: its indices say which keys counted for every entry of every log.`,
    'Its topic is kept for ever, every party’s agent copies its own chain, and every evidence bundle holds those of its ' +
      'parties: bring them with --copy. Where it is gone, the parties establish themselves anew in a deployment of another name',
  );

export const noReason = (): RecoverRefused =>
  new RecoverRefused(
    'recover.reason',
    'The reason is not one line of 1 to 200 printable characters.',
    'Everybody who checks evidence will read it: say in few words what was lost and how, and name nobody',
  );

export const declined = (log: LogName): RecoverRefused =>
  new RecoverRefused(
    'recover.declined',
    `${log} was not ended.`,
    'Run it again and type the origin of the log that is to end, or give --yes',
  );

function told(ranges: readonly (readonly [number, number])[]): string {
  const shown = ranges.slice(0, 20).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  return `entries ${shown.join(', ')}${ranges.length > shown.length ? ' and others' : ''}`;
}
