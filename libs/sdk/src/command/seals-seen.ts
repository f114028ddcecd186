// The option of everybody who looks at the seals.

import type { Command } from 'commander';
import { sealArgument } from './arguments.js';

type SealState = 'intact' | 'broken' | 'missing' | 'other' | 'unobserved';

export interface SealsSeen {
  readonly seal?: Readonly<Record<string, SealState>>;
}

const states: readonly SealState[] = ['intact', 'broken', 'missing', 'other', 'unobserved'];

export const withSealsSeen = (command: Command): Command =>
  command.option(
    '--seal <id=state>',
    `how a seal was seen: ${states.join(', ')}; may be repeated`,
    sealArgument('ID=STATE', states),
  );
