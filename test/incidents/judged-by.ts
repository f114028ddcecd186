// How a test knows that alerts has judged all of a chain: a stranger says something of it, and that raises its alert last.

import { Hand, MemoryKeyStore, RootHand } from '@unbroken/sdk';
import type { UnbrokenClient } from '@unbroken/sdk';
import { waitFor } from '@unbroken/testing';
import type { TestClock } from '@unbroken/testing';
import { newJti, sha256Hash } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';

/** Answers once every token recorded of the chain before this call has raised what it raises. */
export async function judgedBy(client: UnbrokenClient, clock: TestClock, sub: string): Promise<void> {
  const hand = await stranger(client, clock);
  const { tid } = await hand.report(sub as ShipmentId, { what: 'other' });
  const raised = async () => (await client.alerts({ sub, state: 'all' })).alerts.some((alert) => alert.tid === tid);
  await waitFor(raised, { what: 'the alert about a stranger' });
}

async function stranger(client: UnbrokenClient, clock: TestClock): Promise<Hand> {
  const party = `stranger-${newJti()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')}` as PartyId;
  const keys = new MemoryKeyStore();
  const created = new Date(clock.now()).toISOString();
  const root = await keys.signer((await keys.create({ party, use: 'root', created })).kid);
  const device = await keys.signer((await keys.create({ party, use: 'device', created })).kid);
  const now = () => clock.now();
  const rootHand = new RootHand({ client, party, signer: root, now });
  const next = sha256Hash(new TextEncoder().encode(party));
  await rootHand.establish({ name: 'A stranger', roles: ['receiver'], next });
  await rootHand.enrol(device, { use: 'device', roles: ['receiver'] });
  await waitFor(async () => (await client.party(party)).admitted, { what: 'the stranger to be admitted' });
  return new Hand({ client, party, signer: device, door: 'courier', now });
}
