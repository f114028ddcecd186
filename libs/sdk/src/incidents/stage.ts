// Where a story is played: against which hub, by which clock, and who listens.

import type { UnbrokenClient } from '../client/unbroken-client.js';
import type { Mark } from '@unbroken/words';
import type { Alarm } from './raised-alarm.js';

/** `live`: deadlines of seconds, told while one watches; `true`: the intervals as they were, on a clock that is played. */
export type Tempo = 'live' | 'true';

export interface Stage {
  readonly client: UnbrokenClient;
  readonly tempo: Tempo;
  /** Milliseconds since 1970, on the clock of story and services. */
  readonly now: () => number;
  /** Lets so many milliseconds pass on that clock. Asked in the `true` tempo only. */
  readonly pass: (ms: number) => Promise<void>;
  /** Waits a moment of real time before something is looked at again. */
  readonly pause: (ms: number) => Promise<void>;
  readonly say: (line: StoryLine) => void;
}

/** What the story tells, for a terminal or a screen to show. */
export type StoryLine =
  | { readonly kind: 'title'; readonly text: string }
  /** What a person does, with the true date in the margin. */
  | { readonly kind: 'told'; readonly at: string; readonly text: string }
  | { readonly kind: 'blocked'; readonly code: string; readonly what: string; readonly cure: string }
  /** The chain's state in a sentence, and how far its newest hand-off is. */
  | { readonly kind: 'state'; readonly mark: Mark; readonly text: string }
  | { readonly kind: 'seen'; readonly who: string; readonly text: string }
  | { readonly kind: 'alarm'; readonly alarm: Alarm }
  | { readonly kind: 'end'; readonly text: string };

/** The hub did not do what the story says it does. */
export class StoryFailed extends Error {
  override readonly name = 'StoryFailed';

  constructor(
    readonly code:
      'story.alarm-missing' | 'story.alarm-unexpected' | 'story.not-blocked' | 'story.not-seen' | 'story.not-admitted',
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}
