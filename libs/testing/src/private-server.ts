// A server of its own for a test that breaks it. Its keeper starts it again on the same port with the same data, as
// `npm run up` does.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { SetUpError, identify, keepServer, signalKept, stopKept, testRunFolder } from '@unbroken/local';

type KeptServer = Awaited<ReturnType<typeof keepServer>>;

export interface Breakable {
  /** kill -9; the process is gone when this resolves, and a new one comes by itself. */
  kill9(): Promise<void>;
  /** SIGSTOP: connections stay open and nobody answers. */
  pause(): Promise<void>;
  /** SIGCONT. */
  resume(): Promise<void>;
  /** Ends it for good, data included. */
  stop(): Promise<void>;
}

/** Starts one that ends with this process at the latest. */
export async function privateServer(kind: KeptServer['kind']): Promise<{ server: KeptServer; breakable: Breakable }> {
  const owner = identify(process.pid);
  if (owner === undefined) throw new SetUpError('part.not-ready', 'This process cannot be found in the process table.');
  const folder = join(testRunFolder(), `private-${kind}-${randomBytes(4).toString('hex')}`);
  const server = await keepServer(kind, folder, owner);
  const breakable: Breakable = {
    kill9: () => signalKept(kind, folder, 'SIGKILL'),
    pause: () => signalKept(kind, folder, 'SIGSTOP'),
    resume: () => signalKept(kind, folder, 'SIGCONT'),
    stop: () => stopKept(folder),
  };
  return { server, breakable };
}
