// The statement by which one custody log goes on where another has ended, because entries that it had signed are lost
// (docs/protocol, section 6). It names the last checkpoint of the log that ended, whole, and is signed by both logs: who
// trusts the key of the first learns that of the second from it, and asks nobody.
//
// The text of a signed note (https://c2sp.org/signed-note). Its first line is no log's origin and its second no number, so
// it can never pass for a checkpoint. Every checkpoint of the successor names the same in its extension line.

import { custodyNumber } from '@unbroken/contracts';
import {
  TlogRefused,
  formatVkey,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseNote,
  parseVkey,
} from '@unbroken/tlog';
import type { Checkpoint, VerifierKey } from '@unbroken/tlog';

export interface Succession {
  /** Of the log that goes on. */
  readonly origin: string;
  readonly vkey: string;
  /** The last checkpoint that the log before it has signed: the whole note. */
  readonly predecessor: string;
  /** What is left of the entries under that checkpoint. */
  readonly kept: {
    readonly count: number;
    /** RFC 6962 root over a leaf for each of them, in their order: index LF entry; base64 of 32 bytes. */
    readonly root: string;
  };
  /** RFC 3339. */
  readonly at: string;
  /** The operator's words, one line. */
  readonly reason: string;
}

/** Printable, one line, at most 200 characters. */
export const isReason = (text: string): boolean => /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u.test(text) && text.trim() === text;

export const successionText = ({ origin, vkey, predecessor, kept, at, reason }: Succession): string =>
  [
    `${origin}/succession`,
    `vkey ${vkey}`,
    `predecessor ${base64Of(predecessor)}`,
    `kept ${kept.count} ${kept.root}`,
    `at ${at}`,
    `reason ${reason}`,
    '',
  ].join('\n');

const FORM = new RegExp(
  '^(.+)/succession\nvkey (.+)\npredecessor ([A-Za-z0-9+/]+={0,2})\nkept (0|[1-9]\\d{0,15}) ([A-Za-z0-9+/]{43}=)\n' +
    'at (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)\nreason (.+)\n$',
);

/** Undefined for anything `successionText` does not write. */
export function readSuccession(text: string): Succession | undefined {
  const [, origin, vkey, predecessor, count, root, at, reason] = FORM.exec(text) ?? [];
  if (origin === undefined || vkey === undefined || predecessor === undefined || root === undefined) return undefined;
  if (at === undefined || reason === undefined || !isReason(reason)) return undefined;
  const note = textOf(predecessor);
  if (note === undefined) return undefined;
  return { origin, vkey, predecessor: note, kept: { count: Number(count), root }, at, reason };
}

/** A statement that holds. */
export interface OpenedSuccession extends Succession {
  readonly key: VerifierKey;
  /** The last checkpoint of the predecessor. */
  readonly ended: Checkpoint;
}

/**
 * @param trusted the keys of the predecessor that are trusted
 * @throws TlogRefused, RangeError where it is no such statement, or not signed by both logs
 */
export async function openSuccession(
  statement: string,
  trusted: (origin: string) => readonly VerifierKey[],
): Promise<OpenedSuccession> {
  const note = parseNote(statement);
  const said = readSuccession(note.text);
  if (said === undefined) throw new RangeError('it is no statement of a succession');
  const key = parseVkey(said.vkey);
  const before = parseNote(said.predecessor);
  const { origin } = parseCheckpoint(before.text);
  if (key.name !== said.origin || key.type !== 'ed25519') throw new RangeError('it names another log’s key');
  if (!follows(said.origin, origin)) throw new RangeError(`${said.origin} cannot succeed ${origin}`);
  const keys = trusted(origin);
  const ended = await openCheckpoint(before, origin, keys);
  if (said.kept.count > ended.size) throw new RangeError('it says that more is left than there was');
  // Each of the two, and nobody beside them: what a third says of it would be taken for weight.
  await openNote(note, keys);
  await openNote(note, [key]);
  if (note.signatures.length !== 2) throw new RangeError('it bears other signatures than those of the two logs');
  return { ...said, key, ended };
}

/** The extension line in every checkpoint of a successor (https://c2sp.org/tlog-checkpoint). */
export const succeedsLine = ({ origin, size, root }: Pick<Checkpoint, 'origin' | 'size' | 'root'>): string =>
  `succeeds ${origin} ${size} ${btoa(String.fromCharCode(...root))}`;

/** The statements that hold, each under keys of the policy or of a statement before it; `refused` is told of the others. */
export async function openSuccessions(
  statements: readonly string[],
  logs: readonly { readonly origin: string; readonly key: VerifierKey }[],
  refused: (why: string) => void,
): Promise<readonly OpenedSuccession[]> {
  const opened: OpenedSuccession[] = [];
  const keysOf = (origin: string) => [
    ...logs.filter((log) => log.origin === origin).map(({ key }) => key),
    ...opened.filter((one) => one.origin === origin).map(({ key }) => key),
  ];
  for (const statement of statements) {
    try {
      const one = await openSuccession(statement, keysOf);
      checkOnly(one, opened, logs);
      opened.push(one);
    } catch (error) {
      if (!(error instanceof TlogRefused) && !(error instanceof RangeError)) throw error;
      refused(error.message);
    }
  }
  return opened;
}

/** A log ends once, and where the policy names a successor's key it is this one. */
function checkOnly(
  one: OpenedSuccession,
  others: readonly OpenedSuccession[],
  logs: readonly { readonly origin: string; readonly key: VerifierKey }[],
): void {
  const isTwice = ({ origin, ended }: OpenedSuccession) => origin === one.origin || ended.origin === one.ended.origin;
  if (others.some(isTwice)) throw new RangeError(`of ${one.ended.origin} and ${one.origin} more than one is said`);
  const named = logs.filter(({ origin }) => origin === one.origin);
  if (named.length > 0 && !named.some(({ key }) => formatVkey(key) === one.vkey))
    throw new RangeError(`the policy names another key of ${one.origin}`);
}

/** Custody logs of one deployment, the later number after the earlier. */
function follows(origin: string, before: string): boolean {
  const deployment = (of: string) => of.replace(/\/custody\/\d{1,3}$/, '');
  return (
    origin !== deployment(origin) &&
    before !== deployment(before) &&
    deployment(origin) === deployment(before) &&
    custodyNumber(origin) > custodyNumber(before)
  );
}

const base64Of = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Undefined for what `base64Of` does not write. */
function textOf(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return base64Of(text) === base64 ? text : undefined;
  } catch {
    return undefined;
  }
}
