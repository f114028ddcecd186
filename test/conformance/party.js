// A party and its chain: it establishes itself, enrols devices and names its places (section 3).
import { newKey } from './keys.js';
import { mint } from './token.js';

/** @typedef {import('./keys.js').Alg} Alg @typedef {import('./keys.js').Key} Key */

export class Party {
  /** The newest line token of its chain and the next place in it. */
  #head = /** @type {string | undefined} */ (undefined);
  #seq = 0;

  /**
   * @param {string} id
   * @param {string} role the one it plays
   * @param {{ root: Alg, device: Alg }} algs
   */
  constructor(id, role, algs) {
    this.id = id;
    this.role = role;
    this.root = newKey(algs.root);
    this.device = newKey(algs.device);
  }

  /** @param {string} deployment */
  established(deployment) {
    const next = newKey(this.root.alg).kid;
    const { jwk } = this.root;
    return this.#line({ evt: 'established', aud: deployment, name: this.id, roles: [this.role], jwk, next });
  }

  /** @param {Key} key */
  enrolled(key) {
    const pop = key.sign(`${this.id}.${this.root.kid}`).toString('base64url');
    return this.#line({ evt: 'enrolled', jwk: key.jwk, pop, use: 'device', roles: [this.role] });
  }

  /** Its one place, on Kongens Nytorv in Copenhagen. */
  sited() {
    return this.#line({ evt: 'sited', site: this.site, geo: [556805, 125867], radius: 50 });
  }

  /** The id of that place. */
  get site() {
    return `${this.id}/front-desk`;
  }

  /** @param {Record<string, unknown>} claims */
  #line(claims) {
    const token = mint(this.root, {
      iss: this.id,
      sub: this.id,
      ...(this.#head === undefined ? {} : { prev: this.#head }),
      seq: this.#seq,
      ...claims,
    });
    this.#head = token.tid;
    this.#seq += 1;
    return token;
  }
}
