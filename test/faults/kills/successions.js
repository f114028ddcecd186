// `unbroken recover --successor`, killed between the statement that a log has ended and the end of its transaction
// (services/ledger/src/succeed): where nothing was committed ledgers refuse to start until it is run again; where it was, the
// next start is right at once. Either way one log goes on, and nothing is contradicted.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { inCommit, killedIn, onInsert } from './killed-in.js';
import { PeopleHouse, until } from './people/house.js';
import { Operating, audited, ended } from './people/operate.js';

const BESIDE = ['recover', '--successor', '--reason', 'killed on purpose', '--yes'];

/** The transaction begins with the row of the log that goes on. */
const steps = [
  { what: 'said, nothing committed', write: onInsert('ledger.logs'), becomes: /** @type {const} */ ('undone') },
  { what: 'said, committed unheard', write: inCommit('ledger.logs'), becomes: /** @type {const} */ ('done') },
];

/** @param {string | undefined} data @returns {Promise<{ steps: number, faults: string[] }>} */
export async function successionsCutOff(data) {
  const house = await PeopleHouse.open(data);
  const faults = [];
  try {
    for (const [at, step] of steps.entries()) {
      await house.parcel();
      await house.parcel();
      await signedAll(house, at);
      await house.services.stop();
      await lost(house, at);
      const recovering = new Operating(house, BESIDE);
      await killedIn(house.ground.adminUrl, recovering, { ...step, starting: true }, () => undefined);
      if (!existsSync(join(house.ground.state.root, 'successions', `custody-${at + 1}`)))
        faults.push(`${step.what}: nothing says that the log has ended`);
      house.services.spawn();
      if (step.becomes === 'undone') {
        await until('the ledger to refuse', async () => (await readiness(house)).includes('unbroken recover'));
        await ended(house, ['recover']);
      }
      await house.services.ready();
      const { sub } = await house.parcel();
      const there = 'SELECT count(*) FROM ledger.entries WHERE sub = $1 AND log = $2';
      if ((await house.count(there, [sub, `custody/${at + 1}`])) === 0)
        faults.push(`${step.what}: another log goes on`);
      faults.push(...(await audited(house)).map((fault) => `${step.what}: ${fault}`));
      console.log(`killed: a succession: ${step.what}`);
    }
    return { steps: steps.length, faults };
  } finally {
    await house.close();
  }
}

/** @param {PeopleHouse} house @param {number} log its number */
const signedAll = (house, log) =>
  until(
    'a checkpoint over everything',
    async () =>
      (await house.count(
        `SELECT count(*) FROM ledger.logs JOIN ledger.checkpoints ON log = name
         WHERE name = $1 AND logs.size = checkpoints.size AND logs.size > 1`,
        [`custody/${log}`],
      )) > 0,
  );

/** The last entry of the log, in the database and on Kafka. @param {PeopleHouse} house @param {number} log */
async function lost(house, log) {
  await house.ground.query(
    `DELETE FROM ledger.entries WHERE log = $1 AND index = (SELECT max(index) FROM ledger.entries WHERE log = $1)`,
    [`custody/${log}`],
  );
  const brokers = house.ground.brokers.split(',');
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const topic = 'custody.recorded.v1';
    const partitions = (await admin.fetchTopicOffsets(topic)).filter(({ low, high }) => low !== high);
    await admin.deleteTopicRecords({
      topic,
      partitions: partitions.map(({ partition, high }) => ({ partition, offset: high })),
    });
  } finally {
    await admin.disconnect();
  }
}

/** @param {PeopleHouse} house @returns {Promise<string>} */
const readiness = (house) =>
  fetch(`${house.services.url}/readyz`).then(
    (answer) => answer.text(),
    () => '',
  );
