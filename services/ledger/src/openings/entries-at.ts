// How entries of a log that are fetched in a row are called, where it is kept who has seen them.

import { tileWidth } from '@unbroken/tlog';
import type { LogName } from '../logs.js';

/** The bundle `no` of the log's entries, as https://c2sp.org/tlog-tiles counts them. */
export const entriesAt = (log: LogName, no: number): string => `${log}/entries/${no}`;

/** The one that holds this entry. */
export const entriesAround = (log: LogName, index: number): string => entriesAt(log, Math.floor(index / tileWidth));
