// What no view can do without: the tokens that were recorded, each parsed, and how far it has come in one row a batch.
import kafkajs from 'kafkajs';
import pg from 'pg';

const { BROKERS = '', POSTGRES_URL = '', TO = '', READER = '' } = process.env;

const database = new pg.Client(POSTGRES_URL);
await database.connect();
const kafka = new kafkajs.Kafka({ brokers: BROKERS.split(','), logLevel: kafkajs.logLevel.ERROR });
const consumer = kafka.consumer({ groupId: READER });
await consumer.connect();
await consumer.subscribe({ topics: [TO], fromBeginning: true });
await consumer.run({
  eachBatch: async ({ batch }) => {
    let read = 0;
    for (const { value } of batch.messages) {
      for (const token of String(value).split('\n')) {
        const [, claims = ''] = token.split('.');
        JSON.parse(Buffer.from(claims, 'base64url').toString('latin1'));
        read += 1;
      }
    }
    await database.query({
      name: 'read',
      text: `INSERT INTO bare_read (reader, read) VALUES ($1, $2)
             ON CONFLICT (reader) DO UPDATE SET read = bare_read.read + excluded.read`,
      values: [READER, read],
    });
  },
});
