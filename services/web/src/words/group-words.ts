// What the groups of chains look like, beside what they are called: one word, one colour, one shape each.

import type { ChainGroup, ChainRow } from '@unbroken/contracts';
import { groupWords } from '@unbroken/words';
import type { Shape } from '../sign/shapes.js';

export type Tone = 'alarm' | 'late' | 'doubt' | 'look' | 'good' | 'calm' | 'quiet';

type GroupLook = (typeof groupWords)[ChainGroup] & { readonly tone: Tone; readonly shape: Shape };

/** Worst first. */
export const groups: Readonly<Record<ChainGroup, GroupLook>> = {
  'wrong-hands': { ...groupWords['wrong-hands'], tone: 'alarm', shape: 'astray' },
  lost: { ...groupWords.lost, tone: 'alarm', shape: 'lost' },
  breach: { ...groupWords.breach, tone: 'alarm', shape: 'opened' },
  disputed: { ...groupWords.disputed, tone: 'doubt', shape: 'disputed' },
  late: { ...groupWords.late, tone: 'late', shape: 'late' },
  'to-look-at': { ...groupWords['to-look-at'], tone: 'look', shape: 'look' },
  'on-the-way': { ...groupWords['on-the-way'], tone: 'calm', shape: 'whole' },
  closed: { ...groupWords.closed, tone: 'quiet', shape: 'closed' },
};

export const groupNames = Object.keys(groups) as ChainGroup[];

/** Status of a chain that nothing is wrong with (docs/protocol, section 4). */
const statuses: Readonly<Record<string, { word: string; shape: Shape }>> = {
  prepared: { word: 'Prepared', shape: 'prepared' },
  offered: { word: 'Offered', shape: 'offered' },
  'in-custody': { word: 'On its way', shape: 'whole' },
  arrived: { word: 'Arrived', shape: 'whole' },
  confirmed: { word: 'Confirmed', shape: 'closed' },
  void: { word: 'Void', shape: 'void' },
  destroyed: { word: 'Destroyed', shape: 'void' },
};

const ends = new Set(['confirmed', 'void', 'destroyed']);

/** The chain has ended; nothing of it can be late any more. */
export const isOver = ({ status }: Pick<ChainRow, 'status'>): boolean => ends.has(status);

export interface Look {
  readonly word: string;
  readonly tone: Tone;
  readonly shape: Shape;
}

/** How one chain is shown: by what is wrong with it, else by how far it has come. */
export function lookOf({ group, status }: Pick<ChainRow, 'group' | 'status'>): Look {
  const { word, tone, shape } = groups[group];
  const calm = group === 'on-the-way' || group === 'closed';
  // It is where it belongs again, or not there yet; that it went wrong is still open.
  if (group === 'wrong-hands' && status !== 'astray') return { word: 'Misdelivery', tone, shape };
  return { word, tone, shape, ...(calm ? statuses[status] : undefined) };
}
