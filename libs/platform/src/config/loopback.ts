// Addresses of this machine: what goes there leaves by no network.

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** "host" or "host:port", as settings and URLs write them. */
export const isLoopback = (hostPort: string): boolean => LOOPBACK.test(hostPort.replace(/:\d+$/, ''));
