// A party in a test of the whole system: it settles over HTTP as anybody does, and its device signs.

import type { Role } from '@unbroken/custody';
import { RootHand } from '@unbroken/sdk';
import type { Door, UnbrokenClient } from '@unbroken/sdk';
import { waitFor } from '@unbroken/testing';
import { generateSigner } from '@unbroken/tokens';
import type { PartyId, Signer } from '@unbroken/tokens';

/** A role whose service takes tokens. */
export type PartyRole = Extract<Role, Door>;

const ADMISSION_MS = 30_000;

export class SigningParty {
  private constructor(
    private readonly client: UnbrokenClient,
    readonly id: PartyId,
    readonly door: PartyRole,
    readonly device: Signer,
    private readonly root: RootHand,
  ) {}

  /** Established, so that the operator has it to admit. Its device exists and is not enrolled. */
  static async introduce(client: UnbrokenClient, name: string, role: PartyRole): Promise<SigningParty> {
    const id = name as PartyId;
    const [{ signer: rootKey }, { signer: next }, { signer: device }] = await Promise.all([
      generateSigner('ES256'),
      generateSigner('ES256'),
      generateSigner('ES256'),
    ]);
    const root = new RootHand({ client, party: id, signer: rootKey, now: Date.now });
    await root.establish({ name: `The ${name}`, roles: [role], next: next.kid });
    return new SigningParty(client, id, role, device, root);
  }

  /** Established, admitted, and with an enrolled device: its tokens count. */
  static async settle(client: UnbrokenClient, name: string, role: PartyRole): Promise<SigningParty> {
    const party = await SigningParty.introduce(client, name, role);
    await party.admission();
    await party.enrol();
    return party;
  }

  /** Resolves when the operator has admitted it. */
  async admission(): Promise<void> {
    const admitted = async () => (await this.client.party(this.id)).admitted;
    await waitFor(admitted, { what: `the operator to admit ${this.id}`, timeoutMs: ADMISSION_MS });
  }

  /** Enrols the device; resolves when that is recorded. */
  async enrol(): Promise<void> {
    await this.root.enrol(this.device, { use: 'device', roles: [this.door] });
  }
}
