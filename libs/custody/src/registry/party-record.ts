// What a party has said about itself and the operator about it, each with the log index from which it counts.

import type { Hash, KeyId, PartyId, SiteId } from '@unbroken/tokens';
import type { PartyClaims } from '../events/catalogue.js';
import type { Role } from '../events/forms.js';
import { History } from './history.js';

/** One of a party's places. `geo` in ten-thousandths of a degree, `radius` in metres. */
export type PartySite = { readonly site: SiteId } & Readonly<Pick<PartyClaims<'sited'>, 'geo' | 'radius' | 'hours'>>;

/** A root key and the thumbprint of the one that may take over from it. */
export interface Root {
  readonly kid: KeyId;
  readonly next: Hash;
}

export class PartyRecord {
  readonly roots = new History<Root>();
  readonly admissions = new History<readonly Role[]>();
  readonly policies = new History<Hash>();
  readonly #sites = new Map<SiteId, History<PartySite>>();

  constructor(
    readonly id: PartyId,
    readonly name: string,
    /** What the party calls itself; what counts is what it was granted. */
    readonly roles: readonly Role[],
    root: Root,
    readonly establishedAt: number,
  ) {
    this.roots.add(establishedAt, root);
  }

  /** The root key as of now, and the thumbprint of the next one. */
  get root(): Root {
    return known(this.roots.asOf(Infinity));
  }

  /** The root key it opened its chain with, by which operators are pinned. */
  get firstRootKid(): KeyId {
    return known(this.roots.first?.value).kid;
  }

  /** Index from which the party's tokens count; undefined before it is admitted. */
  get admittedAt(): number | undefined {
    return this.admissions.first?.at;
  }

  isAdmitted(size: number): boolean {
    return this.admissions.asOf(size) !== undefined;
  }

  /** The newest description of a place replaces the one before. */
  sited(at: number, site: PartySite): void {
    let history = this.#sites.get(site.site);
    if (!history) this.#sites.set(site.site, (history = new History<PartySite>()));
    history.add(at, site);
  }

  sites(size: number): PartySite[] {
    return [...this.#sites.values()].flatMap((history) => history.asOf(size) ?? []);
  }
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a party has been established with a root key');
  return value;
}
