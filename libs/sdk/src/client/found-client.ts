// What finders told, as a program of a finder desk sees it: each call shows who asks, by an access token with the scope
// `found.reports` (docs/protocol, section 8, "Access").

import { foundReport, foundReports } from '@unbroken/contracts';
import type { FoundReport, FoundReports } from '@unbroken/contracts';
import { HubHttp } from './hub-http.js';
import type { HubHttpParts } from './hub-http.js';

const PATH = '/receiver/v1/found';

/** Every method rejects with HubProblem where the hub says no, with HubUnreachable where no hub answers. */
export class FoundClient {
  readonly #http: HubHttp;

  /** `access` answers a token that holds now. */
  constructor(
    parts: HubHttpParts,
    private readonly access: () => Promise<string>,
  ) {
    this.#http = new HubHttp(parts);
  }

  /** A page. */
  async list(page: { readonly state?: 'waiting' | 'all'; readonly cursor?: string } = {}): Promise<FoundReports> {
    return this.#http.get(PATH, foundReports, { ...page }, await this.#shown());
  }

  async get(callback: string): Promise<FoundReport> {
    return this.#http.get(pathOf(callback), foundReport, {}, await this.#shown());
  }

  /** A person has called the finder back, and stands for the report by this `witnessed` token. */
  async calledBack(callback: string, witnessed: string): Promise<FoundReport> {
    return this.#http.postJson(`${pathOf(callback)}/called-back`, foundReport, { witnessed }, await this.#shown());
  }

  /** How that finder can be called back is gone for good. */
  async erase(callback: string): Promise<FoundReport> {
    return this.#http.postJson(`${pathOf(callback)}/erase`, foundReport, {}, await this.#shown());
  }

  async #shown(): Promise<{ authorization: string }> {
    return { authorization: `Bearer ${await this.access()}` };
  }
}

const pathOf = (callback: string): string => `${PATH}/${encodeURIComponent(callback)}`;
