// One request and its answer: read by its schema, or told as an error that somebody can act on.

import { tokenProblem } from '@unbroken/contracts';
import { z } from 'zod';
import { HubProblem, HubUnreachable, unreached } from './hub-errors.js';

/** The `fetch` of browsers and of Node, as far as it is used here. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export interface HubHttpParts {
  /** Origin of the hub, for example http://127.0.0.1:8470. */
  readonly url: string;
  readonly fetch?: Fetch;
}

interface Sent {
  readonly body: string;
  /** Media type of the body. */
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const problems = z.object({ errors: z.array(tokenProblem).min(1) });

export class HubHttp {
  readonly url: string;
  readonly #fetch: Fetch;

  constructor({ url, fetch: given }: HubHttpParts) {
    this.url = url.replace(/\/+$/, '');
    this.#fetch = given ?? ((address, init) => fetch(address, init));
  }

  /**
   * `GET path?query`; members of the query that are undefined are left out.
   * @throws HubProblem, HubUnreachable
   */
  get<S extends z.ZodType>(
    path: string,
    schema: S,
    query: Readonly<Record<string, string | number | undefined>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<z.output<S>> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
    return this.#answer(search.size === 0 ? path : `${path}?${search.toString()}`, schema, { headers });
  }

  /**
   * `GET path` of what is no JSON.
   * @throws HubProblem, HubUnreachable
   */
  async text(path: string): Promise<string> {
    const response = await this.#send(path);
    if (!response.ok) throw this.#problem(response.status, await this.#read(response));
    return response.text();
  }

  /**
   * `POST path`.
   * @throws HubProblem, HubUnreachable
   */
  post<S extends z.ZodType>(path: string, schema: S, { body, type, headers }: Sent): Promise<z.output<S>> {
    return this.#answer(path, schema, { method: 'POST', body, headers: { ...headers, 'content-type': type } });
  }

  postJson<S extends z.ZodType>(
    path: string,
    schema: S,
    body: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<z.output<S>> {
    return this.post(path, schema, { body: JSON.stringify(body), type: 'application/json', headers });
  }

  async #answer<S extends z.ZodType>(path: string, schema: S, init?: RequestInit): Promise<z.output<S>> {
    const response = await this.#send(path, init);
    const answer = await this.#read(response);
    if (!response.ok) throw this.#problem(response.status, answer);
    const read = schema.safeParse(answer);
    if (!read.success) throw this.#foreign(`its answer to ${path} is not of the form: ${z.prettifyError(read.error)}`);
    return read.data;
  }

  async #send(path: string, init?: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(`${this.url}${path}`, init);
    } catch (error) {
      const cure = 'Is it running? Start it with `npm run up`, or name another address with --hub or UNBROKEN_HUB.';
      throw unreached(this.url, error, cure);
    }
  }

  async #read(response: Response): Promise<unknown> {
    try {
      return await response.json();
    } catch {
      throw this.#foreign(`its answer with status ${response.status} is not JSON`);
    }
  }

  #problem(status: number, answer: unknown): HubProblem | HubUnreachable {
    const read = tokenProblem.safeParse(answer);
    if (!read.success) return this.#foreign(`its answer with status ${status} says no reason`);
    const errors = problems.safeParse(answer).data?.errors ?? [];
    // A batch of one was refused: the reason is that token's own, not that of the batch.
    const [only] = errors;
    return new HubProblem(errors.length === 1 && only !== undefined ? only : read.data, errors);
  }

  #foreign(why: string): HubUnreachable {
    return new HubUnreachable(
      `What answers at ${this.url} is not a hub of this version: ${why}.`,
      'Check the address, and that hub and command are of the same version.',
    );
  }
}
