// Two services on one Kafka, each with a consumer of its own, and what tests send them.

import { Controller, Module } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { freshTopicPrefix, testKafka } from '@unbroken/testing';
import type { Kafka } from 'kafkajs';
import { topics } from '@unbroken/contracts';
import type { DeadTopic, Topic } from '@unbroken/contracts';
import { createHttpApp } from '../http/http-app.js';
import { startService } from '../http/run-service.js';
import { configureLog } from '../log/event-log.js';
import { BatchContext } from './batch-context.js';
import { BatchTransport } from './batch-transport.js';
import { createKafka } from './client.js';
import { FollowReader } from './follow-reader.js';
import type { RawMessage } from './raw-message.js';
import { RawProducer } from './raw-producer.js';
import { ensureTopics } from './topics.js';

const BAKERY = Symbol('bakery');
const DAIRY = Symbol('dairy');
export const TOPIC = 'custody.tokens.v1';
export const DEAD = `${TOPIC}.dead.v1`;

type Handler = (messages: readonly RawMessage[], context: BatchContext) => void | Promise<void>;

/** What the two services of the test do with a batch; each test sets its own. */
const handlers: { bakery: Handler; dairy: Handler } = { bakery: () => undefined, dairy: () => undefined };

@Controller()
class BakeryConsumer {
  @EventPattern<Topic>(TOPIC, BAKERY)
  async onTokens(@Payload() messages: readonly RawMessage[], @Ctx() context: BatchContext): Promise<void> {
    await handlers.bakery(messages, context);
  }
}

@Controller()
class DairyConsumer {
  @EventPattern<Topic>(TOPIC, DAIRY)
  async onTokens(@Payload() messages: readonly RawMessage[], @Ctx() context: BatchContext): Promise<void> {
    await handlers.dairy(messages, context);
  }
}

@Module({ controllers: [BakeryConsumer, DairyConsumer] })
class ShopModule {}

const settings = {
  UNBROKEN_HTTP_HOST: '127.0.0.1',
  UNBROKEN_HTTP_PORT: 0,
  UNBROKEN_LOG_LEVEL: 'error',
  UNBROKEN_SERVICE: 'shop',
} as const;

/** A Kafka topic of two partitions and the two services at work on it. */
export class Shop {
  readonly handlers = handlers;

  private constructor(
    readonly kafka: Kafka,
    readonly prefix: string,
    readonly producer: RawProducer,
    public app: NestFastifyApplication,
  ) {}

  static async open(): Promise<Shop> {
    const kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: (await testKafka()).brokers }, 'batch-transport-test');
    const prefix = freshTopicPrefix();
    await ensureTopics(kafka, { [TOPIC]: { ...topics[TOPIC], partitions: 2 }, [DEAD]: topics[DEAD] }, prefix);
    const producer = new RawProducer({ kafka, prefix });
    return new Shop(kafka, prefix, producer, await startedApp(kafka, prefix, producer));
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.producer.close();
  }

  /** Again, after `app` was closed. */
  async start(): Promise<void> {
    this.app = await startedApp(this.kafka, this.prefix, this.producer);
  }

  /** All under one key. */
  send(texts: readonly string[]): Promise<void> {
    return this.producer.send(
      TOPIC,
      texts.map((value) => ({ key: 'one-key', value, headers: { 'received-at': '2026-11-21T00:00:00.000Z' } })),
    );
  }

  async everythingIn(topic: Topic | DeadTopic): Promise<RawMessage[]> {
    const seen: RawMessage[] = [];
    const { kafka, prefix } = this;
    const reader = new FollowReader({ kafka, prefix, topic, onBatch: (messages) => void seen.push(...messages) });
    reader.start();
    await reader.caughtUp;
    await reader.stop();
    return seen;
  }
}

async function startedApp(kafka: Kafka, prefix: string, dead: RawProducer): Promise<NestFastifyApplication> {
  const app = await createHttpApp(ShopModule, settings);
  configureLog({ level: 'error', service: 'test', destination: { write: () => undefined } });
  const transport = (transportId: symbol, groupId: string) =>
    new BatchTransport({ kafka, groupId, transportId, prefix, dead, fromBeginning: true });
  await startService({ app, transports: [transport(BAKERY, 'bakery'), transport(DAIRY, 'dairy')] });
  return app;
}

export const texts = (messages: readonly RawMessage[]): string[] => messages.map(({ value }) => String(value));
