// A count that only grows, and whoever waits until it is high enough.

import kafkajs from 'kafkajs';

interface Waiting {
  readonly goal: bigint;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

export class Milestone {
  #reached = 0n;
  #waiting: Waiting[] = [];
  #stopped = false;

  get reached(): bigint {
    return this.#reached;
  }

  /** Lets everybody go whose goal is at or below `reached`. */
  advance(reached: bigint): void {
    if (reached <= this.#reached) return;
    this.#reached = reached;
    const there = this.#waiting.filter(({ goal }) => goal <= reached);
    this.#waiting = this.#waiting.filter(({ goal }) => goal > reached);
    for (const { resolve } of there) resolve();
  }

  /** Resolves when the count is at least `goal`; rejects with an error of the Kafka client once `stop` was called. */
  until(goal: bigint): Promise<void> {
    if (goal <= this.#reached) return Promise.resolve();
    if (this.#stopped) return Promise.reject(stopped());
    return new Promise((resolve, reject) => this.#waiting.push({ goal, resolve, reject }));
  }

  /** Nothing will be reached any more. */
  stop(): void {
    this.#stopped = true;
    for (const { reject } of this.#waiting.splice(0)) reject(stopped());
  }
}

/** An error of the Kafka client, for that is what it is: the topic is no longer read. Batch handlers wait such out. */
const stopped = (): Error => new kafkajs.KafkaJSNonRetriableError('stopped following before it was reached');
