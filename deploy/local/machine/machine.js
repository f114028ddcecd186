// Everything of Unbroken on one machine, started in the order in which it stands on each other.
import { say, step } from '../set-up/progress.js';
import { SetUpError } from '../set-up/set-up-error.js';
import { claim, release } from '../supervise/claim.js';
import { endLeftovers } from '../supervise/run-records.js';
import { Supervisor } from '../supervise/supervisor.js';
import { agentPart, agents, witnessFile } from './agents.js';
import { startKafka, startPostgres, useKafka, usePostgres } from './backing.js';
import { demonstrate, expectDemonstration } from './demonstration.js';
import { choosePorts, holdPort, leavePort, startWhereFree } from './ports.js';
import { startProxy } from './proxy.js';
import { rebuildView } from './rebuild.js';
import { allServices, oneService, serviceNames } from './services.js';
import { emptyStateFolder, prepareStateFolder, stateFolder } from './state-folder.js';

const usualKafkaPorts = { kafka: 8471, kafkaController: 8472 };
const usualPostgresPort = { postgres: 8473 };
const FIRST_SERVICE_PORT = 8474;
/** One loads its program while another waits for Kafka to let it join. */
const SERVICES_AT_ONCE = 3;
const usualAgentPorts = { 'agent-health-data': 8481, 'agent-statistics-denmark': 8482 };

/**
 * @typedef {import('../set-up/options.js').UpOptions} UpOptions
 * @typedef {import('./services.js').ServiceSettings} ServiceSettings
 * @typedef {import('../supervise/supervised.js').PartEvent} PartEvent
 */

export class Machine {
  #options;
  #env;
  #state;
  #supervisor;
  /** @type {Awaited<ReturnType<typeof startProxy>> | undefined} */
  #proxy;
  /** @type {Promise<unknown>} */
  #choosing = Promise.resolve();
  /** Ports held against other starts. @type {number[]} */
  #held = [];

  /**
   * @param {UpOptions} options
   * @param {NodeJS.ProcessEnv} env
   * @param {(event: PartEvent) => void} tell
   */
  constructor(options, env, tell) {
    this.#options = options;
    this.#env = env;
    this.#state = stateFolder(options.data);
    this.#supervisor = new Supervisor(this.#state, tell);
  }

  /**
   * Takes the state folder for this process and ends what an earlier one, killed, left running.
   * @throws {SetUpError} state.running, state.foreign, port.taken
   */
  async takeOver() {
    const { options, state } = { options: this.#options, state: this.#state };
    await step('State', state.root, async () => {
      prepareStateFolder(state);
      const holder = claim(state.upClaim);
      if (holder !== undefined) {
        throw new SetUpError(
          'state.running',
          `Unbroken already runs here as process ${holder.pid}: stop that one, or choose another folder with --data.`,
        );
      }
      const ended = await endLeftovers(state.run);
      if (options.fresh) emptyStateFolder(state);
      await holdPort(options.port);
      this.#held.push(options.port);
      const left = ended.length > 0 ? `, ended ${ended.join(', ')} left by an earlier run` : '';
      return { told: `${state.root}${options.fresh ? ', emptied' : ''}${left}`, result: undefined };
    });
  }

  /**
   * Starts Kafka and Postgres, and the services when both answer; in between a view is rebuilt where that is asked for,
   * because nobody may be reading into it then.
   */
  async start() {
    const witnesses = await this.#witnesses();
    // Beside Kafka: the ledger asks them before it signs, and nobody waits for them.
    const started = this.#agents(witnesses);
    const [brokers, database] = await Promise.all([this.#kafka(), this.#postgres()]);
    const { rebuild, port } = this.#options;
    const settings = {
      brokers,
      postgresUrl: database.url,
      passwordsFolder: database.passwordsFolder,
      stateFolder: this.#state.root,
      witnesses: witnesses.file,
    };
    if (rebuild !== undefined) {
      await step('Rebuild', `empties ${rebuild}, has it read everything again`, async () => {
        return { told: await rebuildView(settings, port, rebuild), result: undefined };
      });
    }
    await this.#services(settings);
    await started;
  }

  /**
   * Tells the demonstration where it is due.
   * @param {(text: string) => void} say
   * @param {() => boolean} ending whether the machine is being stopped
   */
  demonstrate(say, ending) {
    const { port, demo } = this.#options;
    return demonstrate(this.#state, { url: `http://127.0.0.1:${port}`, wanted: demo, say, ending });
  }

  /** Stops everything in reverse and gives the state folder back. */
  async stop() {
    await this.#proxy?.close();
    await this.#supervisor.stop();
    this.#held.forEach(leavePort);
    release(this.#state.upClaim);
  }

  /** Where the agents answer, and the file that tells the ledger. */
  async #witnesses() {
    const { agents: folder } = this.#state;
    const chosen = await this.#ports(usualAgentPorts);
    const ports = Object.fromEntries(Object.entries(chosen).map(([name, port]) => [name.replace('agent-', ''), port]));
    return { ports, file: await witnessFile(folder, ports, this.#options.port) };
  }

  /**
   * Never rejects: a hub without its witnesses works, and says in its proofs that nobody has cosigned.
   * @param {{ ports: Record<string, number> }} witnesses
   */
  async #agents({ ports }) {
    const { agents: folder } = this.#state;
    const starting = agents.map((agent) =>
      this.#supervisor.start(agentPart(agent, { folder, port: ports[agent.party] ?? 0, hub: this.#options.port })),
    );
    for (const outcome of await Promise.allSettled(starting)) {
      if (outcome.status === 'rejected')
        say(`\nAn agent did not start; the logs are not witnessed by it. ${outcome.reason.message}`);
    }
  }

  #kafka() {
    const named = this.#env['UNBROKEN_KAFKA_BROKERS'];
    if (named) {
      return step('Kafka', `asks ${named}`, async () => ({ told: `using ${named}`, result: await useKafka(named) }));
    }
    return step('Kafka', 'starts, waits until it answers', async () => {
      const brokers = await startWhereFree(
        () => this.#ports(usualKafkaPorts),
        (ports) => startKafka(this.#supervisor, this.#state, ports),
      );
      return { told: `answers at ${brokers}`, result: brokers };
    });
  }

  #postgres() {
    const named = this.#env['UNBROKEN_POSTGRES_URL'];
    if (named) {
      return step('PostgreSQL', 'asks the existing one', async () => {
        const result = await usePostgres({ ...this.#env, UNBROKEN_POSTGRES_URL: named }, this.#state);
        return { told: `using ${result.url}`, result };
      });
    }
    return step('PostgreSQL', 'starts, waits until it answers, sets up roles and schemas', async () => {
      expectDemonstration(this.#state);
      const result = await startWhereFree(
        () => this.#ports(usualPostgresPort),
        ({ postgres }) => startPostgres(this.#supervisor, this.#state, postgres),
      );
      return { told: `answers at ${new URL(result.url).host}, a role and a schema per service`, result };
    });
  }

  /**
   * One after the other: each reads what is written down, and writes it down with its own.
   * @template {string} Name @param {Record<Name, number>} usual
   */
  #ports(usual) {
    const chosen = this.#choosing.then(() => choosePorts(this.#state.ports, usual, [this.#options.port]));
    this.#choosing = chosen.then(
      (ports) => this.#held.push(.../** @type {number[]} */ (Object.values(ports))),
      () => undefined,
    );
    return chosen;
  }

  /** @param {ServiceSettings} settings */
  async #services(settings) {
    const { port, split } = this.#options;
    if (!split) {
      await step('Services', `start, wait for http://127.0.0.1:${port}/readyz`, async () => {
        await this.#supervisor.start(allServices(settings, port));
        return { told: 'ready', result: undefined };
      });
      return;
    }
    const routes = await step('Services', `start, a process each: ${serviceNames.join(', ')}`, async () => {
      const ports = await this.#split(settings);
      const told = serviceNames.map((name) => `${name} at ${ports[name]}`);
      return { told: `ready, a process each: ${told.join(', ')}`, result: ports };
    });
    this.#proxy = await startProxy(routes, port);
  }

  /**
   * Starts every service as a process, a few at a time.
   * @param {ServiceSettings} settings
   * @returns {Promise<Record<string, number>>} their ports by name
   */
  async #split(settings) {
    /** @type {Record<string, number>} */
    const ports = {};
    const waiting = [...serviceNames.entries()];
    const startNext = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [place, name] = next;
        ports[name] = await startWhereFree(
          () => this.#ports({ [name]: FIRST_SERVICE_PORT + place }),
          async ({ [name]: own = 0 }) => {
            await this.#supervisor.start(oneService(settings, name, own));
            return own;
          },
        );
      }
    };
    await Promise.all(Array.from({ length: SERVICES_AT_ONCE }, startNext));
    return ports;
  }
}
