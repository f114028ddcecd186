// The baseline: the same tokens through a service as most would write it (naive-service.js), until all are in its table.
// A part of the backlog is enough: it goes at the same pace from beginning to end.
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import kafkajs from 'kafkajs';
import { makeTopic } from '../make-topic.js';

const SAMPLE = 10_000;
const WARM_UP = 500;
const AT_ONCE = 500;
const TOPIC = 'naive.tokens';

/**
 * @param {import('../ground.js').Ground} ground
 * @param {readonly { sub: string, token: string }[]} tokens
 * @param {Map<string, import('node:crypto').KeyObject>} keys
 * @returns {Promise<number>} hand-offs per second
 */
export async function naive({ brokers, adminUrl, query }, tokens, keys) {
  const sample = tokens.slice(0, SAMPLE + WARM_UP);
  await makeTopic(brokers, TOPIC);
  await publish(brokers, sample);
  const jwks = JSON.stringify({
    keys: [...keys].map(([kid, key]) => ({ ...key.export({ format: 'jwk' }), kid, alg: 'ES256' })),
  });
  const program = fileURLToPath(new URL('naive-service.js', import.meta.url));
  const service = spawn(process.execPath, [program], {
    env: { ...process.env, BROKERS: brokers, POSTGRES_URL: adminUrl, TOPIC, JWKS: jwks },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const kept = async () =>
    Number((await query('SELECT count(*) AS kept FROM naive_token').catch(() => []))[0]?.['kept'] ?? 0);
  try {
    while ((await kept()) < WARM_UP) await pause(20);
    const before = await kept();
    const begun = performance.now();
    while ((await kept()) < sample.length) await pause(50);
    return (sample.length - before) / 2 / ((performance.now() - begun) / 1000);
  } finally {
    service.kill();
  }
}

/** @param {string} brokers @param {readonly { sub: string, token: string }[]} tokens */
async function publish(brokers, tokens) {
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.ERROR });
  const producer = kafka.producer();
  await producer.connect();
  for (let at = 0; at < tokens.length; at += AT_ONCE) {
    const messages = tokens.slice(at, at + AT_ONCE).map(({ sub, token }) => ({ key: sub, value: token }));
    await producer.send({ topic: TOPIC, messages });
  }
  await producer.disconnect();
}
