import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { topics } from '@unbroken/contracts';
import { freshTopicPrefix, testKafka } from '@unbroken/testing';
import type { Admin } from 'kafkajs';
import { createKafka } from './client.js';
import { groupHasMembers } from './group-members.js';
import { ensureTopics } from './topics.js';

let brokers: readonly string[];
let prefix: string;
let admin: Admin;
let member: ChildProcess | undefined;

beforeAll(async () => {
  ({ brokers } = await testKafka());
  prefix = freshTopicPrefix();
  const kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: brokers }, 'group-members-test');
  await ensureTopics(kafka, { 'log.keys.v1': topics['log.keys.v1'] }, prefix);
  admin = kafka.admin();
  await admin.connect();
}, 120_000);

afterEach(() => void member?.kill('SIGKILL'));

afterAll(() => admin.disconnect());

/** A process of its own that consumes in the group, as our services do. */
async function joined(groupId: string): Promise<ChildProcess> {
  const program = `
    import { Kafka, logLevel } from 'kafkajs';
    const kafka = new Kafka({ brokers: ${JSON.stringify(brokers)}, logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId: '${groupId}', sessionTimeout: 6000, heartbeatInterval: 500 });
    consumer.on(consumer.events.GROUP_JOIN, () => console.log('joined'));
    await consumer.connect();
    await consumer.subscribe({ topics: ['${prefix}log.keys.v1'] });
    await consumer.run({ eachMessage: () => Promise.resolve() });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  member = child;
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return child;
}

it('nobody was ever there → no', async () => {
  expect(await groupHasMembers(admin, `${prefix}nobody`)).toBe(false);
});

it('one that consumes and goes on → yes', async () => {
  await joined(`${prefix}alive`);
  expect(await groupHasMembers(admin, `${prefix}alive`)).toBe(true);
}, 60_000);

it('one that was killed, whom Kafka counts for a while → no, once it is forgotten', async () => {
  const child = await joined(`${prefix}killed`);
  child.kill('SIGKILL');
  const { groups } = await admin.describeGroups([`${prefix}killed`]);
  expect(groups).toMatchObject([{ state: 'Stable' }]);
  expect(await groupHasMembers(admin, `${prefix}killed`)).toBe(false);
}, 60_000);
