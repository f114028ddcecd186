// Whom to tell. Names and addresses are personal data: they are here, in memory, and in the file of contacts; tables and
// logs know a contact by its party and id alone.

import type { Severity } from '@unbroken/contracts';
import type { PartyId } from '@unbroken/tokens';
import type { QuietHours } from './quiet-hours.js';

/** How a contact is reached: a contact is one mailbox or one receiver of webhooks. */
export type Way =
  | { readonly kind: 'email'; readonly address: string }
  /** `secret` as Standard Webhooks writes it, `whsec_…`. */
  | { readonly kind: 'webhook'; readonly url: URL; readonly secret: string };

export interface Contact {
  readonly party: PartyId;
  /** Unique within the party. */
  readonly id: string;
  readonly way: Way;
  /** Alerts of these severities alone. */
  readonly severities: readonly Severity[];
  /** Alerts of these codes alone: a code, or what codes begin with and `*`. */
  readonly codes: readonly string[];
  readonly quiet: QuietHours | null;
  /** Whom to tell when nobody has acknowledged so many minutes after this one was due to be told: ids of the same party. */
  readonly escalate: { readonly after: number; readonly to: readonly string[] } | null;
  /** Is told of nothing but what others escalate or assign to it. */
  readonly escalatedOnly: boolean;
}

/** Nest's injection token. */
export const CONTACTS = Symbol('CONTACTS');

export class Contacts {
  constructor(private readonly all: readonly Contact[]) {}

  get isEmpty(): boolean {
    return this.all.length === 0;
  }

  /** Whether anybody is told by e-mail. */
  get hasEmail(): boolean {
    return this.all.some(({ way }) => way.kind === 'email');
  }

  of(party: PartyId): readonly Contact[] {
    return this.all.filter((contact) => contact.party === party);
  }

  find(party: PartyId, id: string): Contact | undefined {
    return this.of(party).find((contact) => contact.id === id);
  }
}
