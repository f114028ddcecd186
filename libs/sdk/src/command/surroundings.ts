// What the command is given by the machine it runs on, so that it can be run in a test as it is run by a person.

import type { Fetch } from '../client/hub-http.js';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home directory. */
  readonly userHome: string;
  readonly out: Output;
  readonly err: Output;
  readonly fetch?: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Pauses for so many milliseconds; rejects when the person ends the command. */
  readonly pause: (ms: number) => Promise<void>;
  /** Runs one of the operator's commands and answers its exit code; what it says goes where this process says it. */
  readonly operate: (args: readonly string[]) => Promise<number>;
}

export interface Output {
  readonly isTerminal: boolean;
  write(text: string): void;
}
