// A private Apache Kafka: one KRaft node that is broker and controller, on 127.0.0.1 only. It is Kafka's own program
// with ordinary settings; what differs from Kafka's defaults is what one node needs and what makes a broker that was
// killed come back within seconds.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import kafkajs from 'kafkajs';

import { mustRun } from '../set-up/command.js';
import { kafkaLibrary } from '../set-up/kafka-program.js';
import { javaProgram } from '../set-up/prerequisites.js';
import { takenAmong } from './ports.js';

const MIB = 1024 * 1024;
/** Of a program that ends within a second: what runs beside it to make it faster costs more than it does. */
const shortLived = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
const loggingConfig = fileURLToPath(new URL('../../kafka/log4j2.xml', import.meta.url));

/** @typedef {{ folder: string, port: number, controllerPort: number }} KafkaPlace */

/**
 * Writes the settings, and formats the data folder the first time.
 * @param {KafkaPlace} place
 */
export async function prepareKafka(place) {
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(settingsFile(place), settings(place));
  // Kafka writes meta.properties last: a format that was cut short is done again.
  if (existsSync(join(place.folder, 'data', 'meta.properties'))) return;
  // With a dash in front, which the first bit keeps away, it would be taken for an option.
  const bytes = randomBytes(16);
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  const clusterId = bytes.toString('base64url');
  const format = ['format', '--cluster-id', clusterId, '--config', settingsFile(place), '--ignore-formatted'];
  await mustRun(javaProgram(process.env), [...shortLived, '-cp', classPath, 'kafka.tools.StorageTool', ...format]);
}

/**
 * With the first compiler alone: the second takes more time than all else the broker does here, at the start and for
 * minutes of full load after it (docs/performance).
 * @param {KafkaPlace} place prepared
 * @returns {import('../supervise/supervised.js').Part}
 */
export function kafkaPart(place) {
  const heap = ['-Xms256m', '-Xmx512m', '-XX:+ExitOnOutOfMemoryError'];
  const logging = [`-Dlog4j2.configurationFile=${loggingConfig}`];
  return {
    name: 'kafka',
    launch: () => ({
      command: javaProgram(process.env),
      args: ['-XX:TieredStopAtLevel=1', ...heap, ...logging, '-cp', classPath, 'kafka.Kafka', settingsFile(place)],
      env: process.env,
    }),
    // Whoever was quicker to take the port is a Kafka too, as like as not: ours is known by its cluster id.
    ready: () => kafkaAnswers([`127.0.0.1:${place.port}`], clusterIdOf(place)),
    readyWithinMs: 90_000,
    evicted: () => takenAmong('Kafka', [place.port, place.controllerPort]),
    stopSignal: 'SIGTERM',
    stopWithinMs: 30_000,
  };
}

/** @param {KafkaPlace} place formatted @returns {string} as Kafka itself wrote it down */
function clusterIdOf({ folder }) {
  const written = readFileSync(join(folder, 'data', 'meta.properties'), 'utf8');
  return /^cluster\.id=(.+)$/m.exec(written)?.[1] ?? '';
}

/**
 * @param {string[]} brokers host:port
 * @param {string} [clusterId] the one that is meant; left out: any
 * @returns {Promise<boolean>} true when that cluster names at least one broker that takes requests
 * @throws when nobody answers there
 */
export async function kafkaAnswers(brokers, clusterId) {
  const { Kafka, logLevel } = kafkajs;
  const client = new Kafka({
    clientId: 'unbroken-local',
    brokers,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 2000,
    retry: { retries: 0 },
  });
  const admin = client.admin();
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    return cluster.brokers.length > 0 && (clusterId ?? cluster.clusterId) === cluster.clusterId;
  } finally {
    await admin.disconnect();
  }
}

const classPath = join(kafkaLibrary, '*');

/** @param {KafkaPlace} place */
function settingsFile({ folder }) {
  return join(folder, 'server.properties');
}

/** @param {KafkaPlace} place */
function settings({ folder, port, controllerPort }) {
  const lines = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'log.dirs': join(folder, 'data'),
    // Topics are made from libs/contracts; a mistyped name is an error.
    'auto.create.topics.enable': false,
    // One node: every copy is the only one.
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    // Consumers join at once, and a broker that was killed is missed and taken back in seconds.
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 250,
    // A quarter of the default: the compacted topics of one machine are small, and so is the heap.
    'log.cleaner.dedupe.buffer.size': 32 * MIB,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
