// Where a story is played: against which hub, by which clock, and who listens.

import type { FindingCode } from '@unbroken/custody';
import type { UnbrokenClient } from '../client/unbroken-client.js';

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
  /** The chain's state in a sentence. */
  | { readonly kind: 'state'; readonly text: string }
  | { readonly kind: 'seen'; readonly who: string; readonly text: string }
  | {
      readonly kind: 'alarm';
      readonly code: FindingCode;
      readonly sentence: string;
      /** Milliseconds from the POST, or from when it fell due. */
      readonly afterMs: number;
      readonly since: 'post' | 'due';
      /** The first thing to do now. */
      readonly next: string | undefined;
    }
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
