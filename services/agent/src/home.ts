// What an agent keeps and where, below its state folder, which nobody else may read. All of it is the party's to back up:
// the keys and the record of what was cosigned are never to be lost.

import { join } from 'node:path';

export interface Home {
  readonly keys: string;
  /** The trust policy that was pinned at first contact. */
  readonly trust: string;
  /** Statements that one log succeeds another, which were checked and are gone by. */
  readonly successions: string;
  /** What the witness last cosigned, a folder for each log. */
  readonly cosigned: string;
  /** The newest checkpoint of each log that was seen and checked. */
  readonly seen: string;
  readonly findings: string;
  /** The party's own copy of its chains. */
  readonly copy: string;
  /** What the gateway has taken and signed. */
  readonly gateway: string;
}

export const homeIn = (root: string): Home => ({
  keys: join(root, 'keys'),
  trust: join(root, 'trust.json'),
  successions: join(root, 'successions'),
  cosigned: join(root, 'cosigned'),
  seen: join(root, 'seen'),
  findings: join(root, 'findings'),
  copy: join(root, 'copy'),
  gateway: join(root, 'gateway'),
});

/** A log's origin as the name of a file: letters, digits and dots stay, so that people find it. */
export const fileNameOf = (origin: string): string => encodeURIComponent(origin).replaceAll('%2F', '-');

/** The file of a log's entries: DEPLOYMENT/custody/0 is in custody-0.ndjson. */
export const logFileName = (origin: string): string => `${origin.split('/').slice(1).join('-') || 'log'}.ndjson`;
