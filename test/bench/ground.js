// A Kafka and a Postgres for one benchmark, empty at its start, and the services on them, to be started and stopped as
// the benchmark likes.
import { join } from 'node:path';
import {
  Supervisor,
  allServices,
  defaultState,
  emptyStateFolder,
  freePort,
  oneService,
  prepareStateFolder,
  startKafka,
  startPostgres,
  stateFolder,
  superuserUrl,
  urlOf,
  withClient,
} from '@unbroken/local';
import { endLeftovers } from '../../deploy/local/supervise/run-records.js';

/**
 * @typedef {object} Ground
 * @property {string} brokers
 * @property {(text: string, values?: unknown[]) => Promise<Record<string, string>[]>} query as superuser
 * @property {(...services: string[]) => Promise<Record<string, string>>} start a process each, `services` for all in one;
 *   their addresses by name
 * @property {() => Promise<void>} stopServices
 * @property {() => Promise<void>} stop
 * @property {string} adminUrl
 * @property {ReturnType<typeof stateFolder>} state
 * @property {import('../../deploy/local/machine/services.js').ServiceSettings} settings of every service
 */

/**
 * @param {{ profiles?: string | undefined, folder?: string | undefined }} options profiles: a folder for a CPU profile of
 *   each service process; folder: where everything is kept, emptied first
 * @returns {Promise<Ground>}
 */
export async function ground({ profiles, folder = join(defaultState, 'bench') } = {}) {
  const state = stateFolder(folder);
  prepareStateFolder(state);
  await endLeftovers(state.run);
  emptyStateFolder(state);
  const tell = (/** @type {object} */ event) => console.error(JSON.stringify(event));
  const backing = new Supervisor(state, tell);
  const [kafka, kafkaController, postgres] = [await freePort(), await freePort(), await freePort()];
  const brokers = await startKafka(backing, state, { kafka, kafkaController });
  const database = await startPostgres(backing, state, postgres);
  let services = new Supervisor(state, tell);
  const stop = async () => {
    await services.stop();
    await backing.stop();
  };
  endWhenTold(async () => {
    await stop();
    await endLeftovers(state.run);
  });
  const adminUrl = urlOf(superuserUrl({ folder: state.postgres, port: postgres }), 'unbroken');
  const settings = {
    brokers,
    postgresUrl: database.url,
    passwordsFolder: database.passwordsFolder,
    stateFolder: state.root,
  };
  return {
    brokers,
    adminUrl,
    state,
    settings,
    query: (text, values = []) => withClient(adminUrl, async (client) => (await client.query(text, values)).rows),
    start: async (...names) => {
      /** @type {Record<string, string>} */
      const urls = {};
      for (const name of names) {
        const port = await freePort();
        const part = name === 'services' ? allServices(settings, port) : oneService(settings, name, port);
        await services.start(profiles === undefined ? part : profiled(part, profiles));
        urls[name] = `http://127.0.0.1:${port}`;
      }
      return urls;
    },
    stopServices: async () => {
      await services.stop();
      services = new Supervisor(state, tell);
    },
    stop,
  };
}

/** @param {ReturnType<typeof oneService>} part @param {string} folder @returns {ReturnType<typeof oneService>} */
function profiled(part, folder) {
  return {
    ...part,
    launch: () => {
      const launch = part.launch();
      const name = `${part.name}-${Date.now()}.cpuprofile`;
      return { ...launch, args: ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}`, ...launch.args] };
    },
  };
}

/** Ctrl-C ends everything that was started, too: first whoever would start it again. @param {() => Promise<unknown>} end */
function endWhenTold(end) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.once(signal, () => void end().then(() => process.exit(1)));
}
