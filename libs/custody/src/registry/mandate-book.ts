// Who may accept in whose name. Asked by the party that acts, told by the party that mandates.

import type { PartyId } from '@unbroken/tokens';
import type { Mandate } from '../recorded.js';
import { History } from './history.js';

export class MandateBook {
  readonly #to = new Map<PartyId, Map<string, History<Mandate>>>();
  readonly #by = new Map<PartyId, History<Mandate>[]>();

  get isEmpty(): boolean {
    return this.#to.size === 0;
  }

  /** A mandate for a party and site replaces the earlier one from the same party: so one ends it, by `until`. */
  add(at: number, mandate: Mandate): void {
    let given = this.#to.get(mandate.to);
    if (!given) this.#to.set(mandate.to, (given = new Map<string, History<Mandate>>()));
    const subject = `${mandate.by} ${mandate.site ?? ''}`;
    let history = given.get(subject);
    if (!history) {
      given.set(subject, (history = new History()));
      this.#by.set(mandate.by, [...this.#of(mandate.by), history]);
    }
    history.add(at, mandate);
  }

  /** What was given to the party, as of a log of `size` entries. */
  givenTo(party: PartyId, size: number): readonly Mandate[] {
    const given = this.#to.get(party);
    return given === undefined ? NONE : standing(given.values(), size);
  }

  /** What the party gave to others. */
  givenBy(party: PartyId, size: number): Mandate[] {
    return standing(this.#of(party), size);
  }

  #of(party: PartyId): readonly History<Mandate>[] {
    return this.#by.get(party) ?? [];
  }
}

const NONE: readonly Mandate[] = [];

const standing = (histories: Iterable<History<Mandate>>, size: number): Mandate[] =>
  [...histories].flatMap((history) => history.asOf(size) ?? []);
