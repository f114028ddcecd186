// The system as anybody meets it: HTTP under one address, and nothing else (section 8).

/**
 * What it answered. A body is checked, never trusted, hence without a type.
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} type media type, without parameters
 * @property {any} body what the JSON says; for other media types the text
 *
 * @typedef {'registry' | 'sender' | 'courier' | 'receiver'} Door
 */

const PATIENCE_MS = 10_000;

export class System {
  /** @param {string} url */
  constructor(url) {
    this.url = url.replace(/\/$/, '');
  }

  /**
   * @param {string} path
   * @returns {Promise<Answer>}
   */
  get(path) {
    return this.#ask(path, { method: 'GET' });
  }

  /**
   * Posts one token.
   * @param {Door} door
   * @param {string} jws
   * @param {Record<string, string>} [headers]
   */
  post(door, jws, headers) {
    return this.send(door, 'application/jwt', jws, headers);
  }

  /**
   * Posts several tokens in one request.
   * @param {Door} door
   * @param {string[]} tokens
   */
  batch(door, tokens) {
    return this.send(door, 'application/json', JSON.stringify({ tokens }));
  }

  /**
   * Posts any bytes to an intake.
   * @param {Door} door
   * @param {string} type
   * @param {string} body
   * @param {Record<string, string>} [headers]
   */
  send(door, type, body, headers = {}) {
    return this.#ask(`/${door}/v1/tokens`, { method: 'POST', headers: { ...headers, 'content-type': type }, body });
  }

  /** @param {string} tid */
  async token(tid) {
    return (await this.get(`/ledger/v1/tokens/${tid}`)).body;
  }

  /** @param {string} sub */
  async chain(sub) {
    return (await this.get(`/ledger/v1/chains/${sub}`)).body;
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   * @returns {Promise<Answer>}
   */
  async #ask(path, request) {
    const response = await fetch(this.url + path, { ...request, signal: AbortSignal.timeout(PATIENCE_MS) });
    const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
    const text = await response.text();
    return { status: response.status, type, body: type.endsWith('json') ? JSON.parse(text) : text };
  }
}
