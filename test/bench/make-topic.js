// A topic of a benchmark's own, with as many partitions as those that carry shipments.
import kafkajs from 'kafkajs';

const PARTITIONS = 8;

/** @param {string} brokers @param {string} topic */
export async function makeTopic(brokers, topic) {
  const admin = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.ERROR }).admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: PARTITIONS }] });
  await admin.disconnect();
}
