// What a party has said about itself and the operator about it, each with the log index from which it counts.

import type { Hash, KeyId, PartyId, SiteId } from '@unbroken/tokens';
import type { PartyClaims } from '../events/catalogue.js';
import type { Role } from '../events/forms.js';
import { History } from './history.js';

/** One of a party's places. `geo` in ten-thousandths of a degree, `radius` in metres. */
export type PartySite = { readonly site: SiteId } & Readonly<Pick<PartyClaims<'sited'>, 'geo' | 'radius' | 'hours'>>;

export class PartyRecord {
  readonly admissions = new History<readonly Role[]>();
  readonly policies = new History<Hash>();
  readonly #sites = new Map<SiteId, History<PartySite>>();

  constructor(
    readonly id: PartyId,
    readonly name: string,
    /** What the party calls itself; what counts is what it was granted. */
    readonly roles: readonly Role[],
    readonly rootKid: KeyId,
    /** Thumbprint of the next root key. */
    readonly next: Hash,
    readonly establishedAt: number,
  ) {}

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
