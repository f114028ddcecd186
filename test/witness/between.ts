// What stands between agent and hub, and may hand over something else than the hub does.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `instead`: by the path with its query. `target` is asked at each request, for a hub may come back at another place. */
export async function between(target: () => string) {
  const instead = new Map<string, { readonly status: number; readonly body: string }>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const other = instead.get(path);
    if (other !== undefined)
      return response.writeHead(other.status, { 'content-type': 'application/json' }).end(other.body);
    return void fetch(target() + path)
      .then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
        response.end(Buffer.from(await answer.arrayBuffer()));
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url, instead, close };
}
