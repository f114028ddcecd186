import { expect, it, jest } from '@jest/globals';
import { testKafka } from '@unbroken/testing';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { createKafka } from './client.js';

const REQUESTS = 50;

it('a connection on which nothing waits → pending requests are looked for after an answer, and not in between', async () => {
  const { brokers } = await testKafka();
  const looks = jest.spyOn(RequestQueue.prototype, 'checkPendingRequests');
  const kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: brokers }, 'quiet');
  const admin = kafka.admin();
  let answers = 0;
  admin.on(admin.events.REQUEST, () => (answers += 1));
  await admin.connect();
  for (let no = 0; no < REQUESTS; no += 1) await admin.listTopics();
  await admin.disconnect();

  expect(answers).toBeGreaterThan(REQUESTS);
  expect(looks).toHaveBeenCalledTimes(answers);
}, 30_000);
