// What no service that records can do without, and nothing else: tokens off the topic, their signatures on a thread a core,
// a row each in one statement a batch, and on a topic again, a message a partition. Nothing is read of what a token says,
// nothing is proven, and whatever goes wrong ends it.
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import kafkajs from 'kafkajs';
import pg from 'pg';

const { BROKERS = '', POSTGRES_URL = '', FROM = '', TO = '', JWKS = '', GROUP = '' } = process.env;
const CHUNK = 128;

const database = new pg.Client(POSTGRES_URL);
await database.connect();
const kafka = new kafkajs.Kafka({ brokers: BROKERS.split(','), logLevel: kafkajs.logLevel.ERROR });
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
await producer.connect();

/** @type {Map<number, () => void>} */
const waiting = new Map();
const threads = Array.from({ length: availableParallelism() }, () => {
  const thread = new Worker(new URL('bare-thread.js', import.meta.url), { workerData: { jwks: JSON.parse(JWKS) } });
  thread.on('message', (chunk) => waiting.get(chunk)?.());
  return thread;
});
let chunks = 0;

/** @param {string[]} tokens */
async function verified(tokens) {
  const all = [];
  for (let at = 0; at < tokens.length; at += CHUNK) {
    const chunk = chunks++;
    all.push(new Promise((resolve) => waiting.set(chunk, () => resolve(waiting.delete(chunk)))));
    threads[chunk % threads.length]?.postMessage({ chunk, tokens: tokens.slice(at, at + CHUNK) });
  }
  await Promise.all(all);
}

const consumer = kafka.consumer({ groupId: GROUP });
await consumer.connect();
await consumer.subscribe({ topics: [FROM], fromBeginning: true });
await consumer.run({
  partitionsConsumedConcurrently: 3,
  eachBatch: async ({ batch }) => {
    const tokens = batch.messages.map(({ value }) => String(value));
    await verified(tokens);
    const tids = tokens.map((token) => createHash('sha256').update(token).digest('base64url'));
    await database.query({
      name: 'keep',
      text: `INSERT INTO bare_tokens (tid, token) SELECT * FROM unnest(string_to_array($1, E'\\n'), string_to_array($2, E'\\n'))
             ON CONFLICT DO NOTHING`,
      values: [tids.join('\n'), tokens.join('\n')],
    });
    await producer.send({
      topic: TO,
      acks: -1,
      messages: [{ partition: batch.partition, value: tokens.join('\n') }],
    });
  },
});
