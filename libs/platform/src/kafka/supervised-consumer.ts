// A consumer that comes back by itself. The client's consumers stop for good on some errors and have been seen to fall
// silent without any; both end in a new consumer here, so that no process has to be restarted by hand.

import type { Consumer, ConsumerRunConfig, Kafka } from 'kafkajs';
import { log } from '../log/event-log.js';
import { Sleeper, backoffMs } from '../time/backoff.js';
import { clientRetry } from './client.js';
import { HEARTBEAT_MS } from './heartbeats.js';

/** So long after its last heartbeat Kafka counts a consumer as a member of its group. */
export const SESSION_MS = 6_000;
const SILENCE_MS = 30_000;
const LONGEST_GOODBYE_MS = 5_000;

export interface SupervisedConsumerOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  /** Full names, prefix included. */
  readonly topics: readonly string[];
  readonly fromBeginning: boolean;
  readonly run: ConsumerRunConfig;
  /** Called with each new consumer once it runs. */
  readonly running?: (consumer: Consumer) => void;
  /** Milliseconds without fetch or heartbeat after which a consumer counts as dead. */
  readonly silenceMs?: number;
}

type End = { readonly reason: string; readonly error?: unknown };

export class SupervisedConsumer {
  readonly #options: SupervisedConsumerOptions;
  readonly #sleeper = new Sleeper();
  #joined = false;
  #stopping = false;
  #end: ((end: End) => void) | undefined;
  #lives: Promise<void> | undefined;
  #failures = 0;

  constructor(options: SupervisedConsumerOptions) {
    this.#options = options;
  }

  /** Whether it is a member of its group now. */
  get joined(): boolean {
    return this.#joined;
  }

  /** Returns at once; joins as soon as Kafka is there. */
  start(): void {
    this.#lives ??= this.#liveAgain();
  }

  /** Ends after the batch in hand. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#end?.({ reason: 'stopped' });
    this.#sleeper.wake();
    await this.#lives;
  }

  async #liveAgain(): Promise<void> {
    while (!this.#isStopping()) {
      const { reason, error } = await this.#live();
      this.#joined = false;
      if (this.#isStopping()) return;
      this.#failures += 1;
      log.warn('consumer.restarting', { group: this.#options.groupId, reason }, error);
      await this.#sleeper.sleep(backoffMs(this.#failures));
    }
  }

  #isStopping(): boolean {
    return this.#stopping;
  }

  /** One consumer, from its first connection to its end. */
  async #live(): Promise<End> {
    const consumer = this.#newConsumer();
    const ended = new Promise<End>((resolve) => (this.#end = resolve));
    const watchdog = this.#watch(consumer);
    try {
      const began = this.#begin(consumer, ended);
      return await Promise.race([ended, began.then(() => ended)]);
    } catch (error) {
      return { reason: 'connect', error };
    } finally {
      clearInterval(watchdog);
      await goodbye(consumer);
    }
  }

  /** Connecting can take long; a consumer that ended meanwhile must not begin after all. */
  async #begin(consumer: Consumer, ended: Promise<End>): Promise<void> {
    const life = { over: false };
    void ended.then(() => (life.over = true));
    const { topics, fromBeginning, run, running } = this.#options;
    const steps = [
      () => consumer.connect(),
      () => consumer.subscribe({ topics: [...topics], fromBeginning }),
      () => consumer.run(run),
      () => running?.(consumer),
    ];
    for (const step of steps) {
      await step();
      if (life.over) return consumer.disconnect();
    }
  }

  #newConsumer(): Consumer {
    return this.#options.kafka.consumer({
      groupId: this.#options.groupId,
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: 3_000,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: 500,
      allowAutoTopicCreation: false,
      // The client's own restart covers some errors only; every crash is ours to restart.
      retry: { ...clientRetry, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  #watch(consumer: Consumer): NodeJS.Timeout {
    const silenceMs = this.#options.silenceMs ?? SILENCE_MS;
    let lastSign = performance.now();
    const sign = () => (lastSign = performance.now());
    const { HEARTBEAT, FETCH, FETCH_START, GROUP_JOIN, CRASH, REBALANCING } = consumer.events;
    consumer.on(HEARTBEAT, sign);
    consumer.on(FETCH_START, sign);
    consumer.on(FETCH, sign);
    consumer.on(REBALANCING, () => {
      sign();
      this.#joined = false;
    });
    consumer.on(GROUP_JOIN, () => {
      sign();
      this.#joined = true;
      this.#failures = 0;
      log.info('consumer.joined', { group: this.#options.groupId });
    });
    consumer.on(CRASH, ({ payload }) => this.#end?.({ reason: 'crash', error: payload.error }));
    return setInterval(() => {
      if (performance.now() - lastSign > silenceMs) this.#end?.({ reason: 'silence' });
    }, silenceMs / 6);
  }
}

/** A consumer that hangs must not hold up its successor: the broker forgets it when its session ends. */
async function goodbye(consumer: Consumer): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, LONGEST_GOODBYE_MS)));
  await Promise.race([consumer.disconnect().catch(() => undefined), tooLong]);
  clearTimeout(timer);
}
