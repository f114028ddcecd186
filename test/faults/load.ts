// Tokens posted all the time while something breaks, and what each post was answered.

import { setTimeout as pause } from 'node:timers/promises';
import type { Cast } from '../e2e/cast/cast.js';
import { post } from '../e2e/cast/door.js';
import type { SignedToken } from '../e2e/cast/parcel.js';
import { delivered, misdelivered } from '../e2e/cast/stories.js';
import type { Story } from '../e2e/cast/stories.js';

/** So many parcels travel at the same time. */
const AT_ONCE = 3;
const AGAIN_AFTER_MS = 100;
/** A device's moment between two posts: what is to be seen is the fault and not how much the machine can take. */
const MOMENT_MS = 50;

export interface LoadOptions {
  readonly url: string;
  readonly cast: Cast;
  /**
   * What a device does that was not answered 202: nothing, so that the answer shows in `statuses`; or post the same
   * bytes until it is, as docs/protocol has it.
   */
  readonly whenRefused: 'go on' | 'post again';
}

export class Load {
  /** All that was begun, each told to its end. */
  readonly stories: Story[] = [];
  /** What posts were answered. */
  readonly statuses = new Set<number>();
  #posted = 0;
  #stopping = false;
  readonly #running: Promise<unknown>;

  constructor(private readonly options: LoadOptions) {
    this.#running = Promise.all(Array.from({ length: AT_ONCE }, () => this.#run()));
  }

  /** How many tokens were posted and answered. */
  get posted(): number {
    return this.#posted;
  }

  /** Resolves when the stories begun are told to their end; rejects where a post got no answer at all. */
  async stop(): Promise<readonly Story[]> {
    this.#stopping = true;
    await this.#running;
    return this.stories;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const tell = this.stories.length % 2 === 0 ? misdelivered : delivered;
      const story = await tell(this.options.cast);
      this.stories.push(story);
      for (const token of story.parcel.tokens) await this.#post(token);
    }
  }

  async #post(token: SignedToken): Promise<void> {
    const { url, whenRefused } = this.options;
    if (whenRefused === 'go on') this.statuses.add(await post(url, token));
    else while ((await post(url, token).catch(() => 0)) !== 202) await pause(AGAIN_AFTER_MS);
    this.#posted += 1;
    await pause(MOMENT_MS);
  }
}
