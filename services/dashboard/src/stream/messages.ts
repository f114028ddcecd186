// Server-sent events as they go over the line (HTML Living Standard, section 9.2).

import type { ChainRow, GroupCounts, StreamRows } from '@unbroken/contracts';

/** How long a page waits before it connects again, in milliseconds. */
export const RETRY = 'retry: 1000\n\n';

/** A comment: the line is alive. */
export const ALIVE = ': alive\n\n';

/** Sets the page's last event id without an event, so that it resumes here also when it has heard nothing yet. */
export const beginningAt = (change: number): string => `id: ${change}\n\n`;

export function rowsMessage(rows: readonly ChainRow[], counts: GroupCounts, change: number): string {
  const data: StreamRows = { rows: [...rows], counts };
  return `id: ${change}\nevent: rows\ndata: ${JSON.stringify(data)}\n\n`;
}

export const resetMessage = (change: number): string => `id: ${change}\nevent: reset\ndata: {"change":${change}}\n\n`;
