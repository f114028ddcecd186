// What no view can do without: the tokens that were recorded, each parsed, and how far it has come in one row a batch. Where
// it keeps (`KEEPS`, a schema), also what it needs to go on after a restart and to be asked: of each parcel a row that says how it
// stands, and a row a batch of what was said. It folds nothing, judges nothing and reads nothing back.
import kafkajs from 'kafkajs';
import pg from 'pg';

const { BROKERS = '', POSTGRES_URL = '', TO = '', READER = '', KEEPS = '' } = process.env;

const database = new pg.Client(POSTGRES_URL);
await database.connect();
if (KEEPS !== '') {
  await database.query(`
    CREATE SCHEMA ${KEEPS};
    CREATE TABLE ${KEEPS}.parcels (sub text COLLATE "C" PRIMARY KEY, stands text NOT NULL);
    CREATE TABLE ${KEEPS}.said (sub text COLLATE "C", first bigint, said text NOT NULL, PRIMARY KEY (sub, first));`);
}
const kafka = new kafkajs.Kafka({ brokers: BROKERS.split(','), logLevel: kafkajs.logLevel.ERROR });
const consumer = kafka.consumer({ groupId: READER });
await consumer.connect();
await consumer.subscribe({ topics: [TO], fromBeginning: true });
await consumer.run({
  eachBatch: async ({ batch }) => {
    let read = 0;
    /** @type {Map<string, string[]>} what was said, by parcel */
    const parcels = new Map();
    for (const { value } of batch.messages) {
      for (const token of String(value).split('\n')) {
        const [, claims = ''] = token.split('.');
        const text = Buffer.from(claims, 'base64url').toString('latin1');
        const { sub } = JSON.parse(text);
        const said = parcels.get(sub);
        if (said === undefined) parcels.set(sub, [text]);
        else said.push(text);
        read += 1;
      }
    }
    if (KEEPS !== '') await keep(parcels, batch.firstOffset());
    await database.query({
      name: 'read',
      text: `INSERT INTO bare_read (reader, read) VALUES ($1, $2)
             ON CONFLICT (reader) DO UPDATE SET read = bare_read.read + excluded.read`,
      values: [READER, read],
    });
  },
});

/** @param {Map<string, string[]>} parcels @param {string | null} first offset of the batch */
async function keep(parcels, first) {
  const subs = [...parcels.keys()].join('\n');
  await database.query({
    name: 'parcels',
    text: `INSERT INTO ${KEEPS}.parcels (sub, stands)
           SELECT * FROM unnest(string_to_array($1, E'\n'), string_to_array($2, E'\n'))
           ON CONFLICT (sub) DO UPDATE SET stands = excluded.stands`,
    values: [subs, [...parcels.values()].map((said) => said.at(-1)).join('\n')],
  });
  await database.query({
    name: 'said',
    text: `INSERT INTO ${KEEPS}.said (sub, first, said)
           SELECT sub, $3::bigint, said
           FROM unnest(string_to_array($1, E'\n'), string_to_array($2, E'\n')) AS given (sub, said)
           ON CONFLICT DO NOTHING`,
    values: [subs, [...parcels.values()].map((said) => said.join(' ')).join('\n'), first],
  });
}
