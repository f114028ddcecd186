// What tests use of one machine: real servers under a keeper, and databases set up as `npm run up` does it.
export { SetUpError } from './set-up/set-up-error.js';
export { startKafka, startPostgres } from './machine/backing.js';
export { postgresAnswers, superuserUrl } from './machine/postgres.js';
export { allServices, oneService } from './machine/services.js';
export { emptyStateFolder, prepareStateFolder, stateFolder } from './machine/state-folder.js';
export { Supervisor } from './supervise/supervisor.js';
export { kafkaAnswers } from './machine/kafka.js';
export { freePort } from './machine/ports.js';
export { provision, roleOf, serviceUrl, servicesWithSchema, urlOf, withClient } from './machine/provision.js';
export { identify } from './supervise/process-identity.js';
export { until } from './supervise/wait.js';
export { keepServer, signalKept, stopKept } from './test-run/kept-server.js';
export { testRunFolder, testRunOwner } from './test-run/test-run.js';
export { defaultState } from './set-up/repository.js';
