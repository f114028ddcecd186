// Where the checkout is. Programs (the copied Kafka) live in its .unbroken whatever folder the state is kept in.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of this checkout. */
export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The folder that holds state unless `--data` names another one. */
export const defaultState = join(repository, '.unbroken');
