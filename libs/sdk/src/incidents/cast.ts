// The parties of a story, made anew for each telling: established, admitted, with places, rules and devices that sign.

import type { KeyUse, Role } from '@unbroken/custody';
import { generateSigner, mintAccess, sha256Hash } from '@unbroken/tokens';
import type { Hash, PartyId, Signer } from '@unbroken/tokens';
import { IncidentsClient } from '../client/incidents-client.js';
import { HubProblem } from '../client/hub-errors.js';
import type { Door } from '../client/unbroken-client.js';
import { Hand } from '../signing/hand.js';
import { RootHand } from '../signing/root-hand.js';
import type { SaidOfParty } from '../signing/root-hand.js';
import { until } from './until.js';
import { StoryFailed } from './stage.js';
import type { Stage } from './stage.js';

/** A key of a party, and the door its tokens go through. */
export interface DeviceInStory {
  readonly use: KeyUse;
  readonly door: Door;
  /** Opaque reference of the person who holds it. */
  readonly person?: string;
}

export interface PartyInStory<Device extends string = string> {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly devices: Readonly<Record<Device, DeviceInStory>>;
  readonly site?: SaidOfParty<'sited'>;
  /** The policy document's text. */
  readonly policy?: string;
}

export interface Member {
  readonly id: PartyId;
  readonly name: string;
  readonly hands: Readonly<Record<string, Hand>>;
  /** Its incidents, and exposures, by its first device. */
  readonly incidents: IncidentsClient;
}

const ADMISSION_MS = 20_000;

/** Brings a party onto the stage and answers once its tokens count. */
export async function enter(party: PartyInStory, id: PartyId, stage: Stage): Promise<Member> {
  const { client, now } = stage;
  const [root, next] = await Promise.all([generateSigner('ES256'), generateSigner('ES256')]);
  const rootHand = new RootHand({ client, party: id, signer: root.signer, now });
  const roles = [...party.roles];
  await rootHand.establish({ name: party.name, roles, next: next.signer.kid });
  if (party.site !== undefined) await rootHand.site(party.site);
  if (party.policy !== undefined) await rootHand.police((await client.publishPolicy(party.policy)) as Hash);
  const hands: Record<string, Hand> = {};
  const signers: Signer[] = [];
  for (const [name, { use, door, person }] of Object.entries(party.devices)) {
    const { signer } = await generateSigner('ES256');
    await rootHand.enrol(signer, { use, roles, ...(person === undefined ? {} : { person, idp: 'admin' as const }) });
    signers.push(signer);
    hands[name] = new Hand({ client, party: id, signer, door, now });
  }
  await admission(id, stage);
  return { id, name: party.name, hands, incidents: incidentsOf(id, signers[0] ?? root.signer, stage) };
}

const ACCESS_S = 300;

function incidentsOf(iss: PartyId, signer: Signer, { client, now }: Stage): IncidentsClient {
  const access = async () => {
    const { deployment: aud } = await client.trust();
    const iat = Math.floor(now() / 1000);
    return mintAccess({ iss, aud, scope: 'incidents', iat, exp: iat + ACCESS_S }, signer);
  };
  return new IncidentsClient({ url: client.url }, access);
}

async function admission(id: PartyId, stage: Stage): Promise<void> {
  if (await until(ADMISSION_MS, stage, () => isAdmitted(id, stage))) return;
  throw new StoryFailed(
    'story.not-admitted',
    `The operator has not admitted ${id}, so what it signs does not count.`,
    'Tell the story to a development hub (`npm run up`), which admits by itself.',
  );
}

async function isAdmitted(id: PartyId, { client }: Stage): Promise<boolean> {
  try {
    return (await client.party(id)).admitted;
  } catch (error) {
    if (error instanceof HubProblem && error.status === 404) return false;
    throw error;
  }
}

/** Ends party ids, so that a story can be told again on the same hub. */
export function freshSuffix(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return sha256Hash(random)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 5);
}
