// Handles a batch until it is done. An outage is waited out for ever; a message that cannot be handled is found, put
// away and passed, so that one bad message never blocks a partition.

import { isPostgresFailure } from '../database/postgres-failure.js';
import { backoffMs } from '../time/backoff.js';
import { isBrokerFailure } from './broker-failure.js';
import { PoisonMessage } from './poison-message.js';
import type { RawMessage } from './raw-message.js';
import { isError } from '../log/is-error.js';

/** After so many failures of one kind in a row a batch is taken apart. */
export const FAILURES_BEFORE_ISOLATION = 5;

/** What a consumer lends for the handling of one batch. */
export interface BatchWork {
  handle(messages: readonly RawMessage[]): Promise<void>;
  /** Puts the message into the dead topic; resolves when it is there. */
  bury(message: RawMessage, reason: string, attempt: number): Promise<void>;
  /** Waits; throws when the consumer must give the batch back (it stops, or its group rebalances). */
  rest(ms: number): Promise<void>;
  failed(error: unknown, messages: readonly RawMessage[], attempt: number): void;
  isolating(messages: readonly RawMessage[]): void;
}

/** Resolves when every message was handled or buried; throws only what `rest` throws. Handlers see a message again. */
export async function handleUntilDone(batch: readonly RawMessage[], work: BatchWork): Promise<void> {
  await new BatchHandling(work).handle(batch, FAILURES_BEFORE_ISOLATION);
}

class BatchHandling {
  readonly #work: BatchWork;
  #attempt = 0;

  constructor(work: BatchWork) {
    this.#work = work;
  }

  async handle(batch: readonly RawMessage[], patience: number): Promise<void> {
    let messages = batch;
    let kind = '';
    let failures = 0;
    while (messages.length > 0) {
      try {
        await this.#work.handle(messages);
        return;
      } catch (error) {
        const poison = poisonOf(error, messages);
        if (poison !== undefined) {
          await this.#bury(poison.message, poison.reason);
          messages = messages.filter((message) => message !== poison.message);
          continue;
        }
        this.#attempt += 1;
        this.#work.failed(error, messages, this.#attempt);
        if (!isError(error) || isOutage(error)) {
          // Whatever is no Error tells nothing about the message, so it never buries one.
          kind = '';
        } else {
          failures = kindOf(error) === kind ? failures + 1 : 1;
          kind = kindOf(error);
          if (failures >= patience) {
            await this.#isolate(messages, error);
            return;
          }
        }
        await this.#work.rest(backoffMs(this.#attempt));
      }
    }
  }

  /** Halves the batch, in order, until the message that fails by itself is found. */
  async #isolate(messages: readonly RawMessage[], error: Error): Promise<void> {
    const [only] = messages;
    if (only !== undefined && messages.length === 1) {
      await this.#bury(only, `${error.name}: ${error.message}`);
      return;
    }
    this.#work.isolating(messages);
    const middle = Math.ceil(messages.length / 2);
    await this.handle(messages.slice(0, middle), 1);
    await this.handle(messages.slice(middle), 1);
  }

  async #bury(message: RawMessage, reason: string): Promise<void> {
    for (;;) {
      try {
        // A crash after this write and before the commit buries the message a second time; its source offset is in
        // the headers, so the two are known to be one.
        await this.#work.bury(message, reason, this.#attempt + 1);
        return;
      } catch (error) {
        this.#attempt += 1;
        this.#work.failed(error, [message], this.#attempt);
        await this.#work.rest(backoffMs(this.#attempt));
      }
    }
  }
}

const isOutage = (error: Error): boolean => isBrokerFailure(error) || isPostgresFailure(error);

const kindOf = (error: Error): string => `${error.name} ${'code' in error ? String(error.code) : ''}`;

function poisonOf(
  error: unknown,
  messages: readonly RawMessage[],
): { message: RawMessage; reason: string } | undefined {
  if (!(error instanceof PoisonMessage)) return undefined;
  const message = messages.find(({ offset }) => offset === error.offset);
  return message && { message, reason: error.reason };
}
