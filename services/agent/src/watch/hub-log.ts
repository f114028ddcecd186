// A log as the hub serves it (https://c2sp.org/tlog-tiles). Nothing that is read here is believed before it is checked.

import { custodyNumber } from '@unbroken/contracts';
import { HubUnreachable, unreached } from '@unbroken/sdk';
import { nodesFromTiles, tilePath } from '@unbroken/tlog';
import type { ReadNodes } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { Hub } from '../hub.js';

const PATIENCE_MS = 10_000;
const HASH_BYTES = 32;

/** Where the hub serves a log of this origin: `…/registry`, `…/custody/0`, or one that succeeds it. */
export function servedAs(origin: string): string {
  if (origin.endsWith('/registry')) return 'registry';
  const number = custodyNumber(origin);
  return number === 0 ? 'custody' : `custody-${number}`;
}

/** The hub does not serve a part of a tree that it has signed. */
export class TileMissing extends Error {
  override readonly name = 'TileMissing';
}

export class HubLog {
  readonly #base: string;

  constructor(
    private readonly hub: Hub,
    readonly origin: string,
  ) {
    this.#base = `${hub.url}/ledger/log/${servedAs(origin)}`;
  }

  /** The newest checkpoint; undefined before the first. @throws HubUnreachable */
  async checkpoint(): Promise<string | undefined> {
    const answer = await this.#get('checkpoint');
    return answer && answer.text();
  }

  /** The nodes of its tree at a size. For what belongs together: it keeps what it has read. */
  nodesAt(size: number): ReadNodes {
    const read = async (level: number, index: number, width: number): Promise<Uint8Array> => {
      const answer = await this.#get(tilePath({ level, index, width }));
      if (answer === undefined) throw new TileMissing(`the hub serves no tile ${level}/${index} of ${this.origin}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return bytes.subarray(0, width * HASH_BYTES);
    };
    return nodesFromTiles(read, size, nodeSha256);
  }

  /** Undefined where it is not there. */
  async #get(path: string): Promise<Response | undefined> {
    const answer = await this.#asked(`${this.#base}/${path}`);
    if (answer.ok) return answer;
    await answer.body?.cancel();
    if (answer.status === 404) return undefined;
    throw new HubUnreachable(`The hub answers ${answer.status} for ${path} of ${this.origin}.`, 'It is asked again.');
  }

  async #asked(url: string): Promise<Response> {
    try {
      return await this.hub.fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' });
    } catch (cause) {
      throw unreached(url, cause, 'It is asked again.');
    }
  }
}
