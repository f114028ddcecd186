// A line for what is not there: the half that is waited for, or a statement nobody has sent yet.

import { Name } from '../../../who/name.js';
import css from './statement.module.css';
import type { TimelineLine } from './lay-timeline.js';

const ways = { meet: 'to be handed over face to face', collect: 'to be collected', drop: 'left at the door' } as const;

export function LineBeside({ line: { awaits } }: { readonly line: TimelineLine }) {
  if (awaits === undefined) {
    return (
      <div className={css['statement']} data-tone="late">
        <p className={css['absent']}>A statement is missing here.</p>
        <p className={css['beneath']}>What comes next refers to it, and nobody has sent it yet.</p>
      </div>
    );
  }
  return (
    <div className={css['statement']} data-tone="late">
      <p className={css['absent']}>
        <Name of={awaits.to} /> has not signed yet.
      </p>
      <p className={css['beneath']}>It is offered, {ways[awaits.mode]}. Until then the giver stays responsible.</p>
    </div>
  );
}
