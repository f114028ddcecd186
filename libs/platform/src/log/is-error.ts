// `instanceof Error` is false for an error of another realm: Node's own errors seen from a test runner's sandbox, or
// a worker's. Whether something is an outage must not depend on that.

import { types } from 'node:util';

export const isError = (thrown: unknown): thrown is Error => types.isNativeError(thrown) || thrown instanceof Error;
