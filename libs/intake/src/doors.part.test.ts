// The doors of two services as their users meet them: over HTTP, with a real Kafka behind them and a real Postgres. One of
// them has a gate.

import { Problem } from '@unbroken/platform';
import * as ground from '@unbroken/testing';
import { waitFor } from '@unbroken/testing';
import { generateSigner, mintToken, newJti, shipmentId } from '@unbroken/tokens';
import type { PartyId, Signer } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import type { EntityManager } from 'typeorm';
import type { WellFormed } from './check-form.js';
import type { Heard, TopicEar } from './fixture/index.js';
import { ServiceHouse } from './fixture/index.js';
import type { IntakeGate } from './gate.js';
import type { MakeService } from './process/compose.js';
import { roleService } from './role/role-service.js';

export const POST = '/courier/v1/tokens';
export const GATED = '/receiver/v1/tokens';
export const iss = 'bring' as PartyId;
export const aText: unknown = expect.any(String);
export const aNumber: unknown = expect.any(Number);

/** Once closed it holds back everything. */
export class Turnstile implements IntakeGate {
  static closed = false;
  static readonly passed: string[] = [];

  refusals(tokens: readonly WellFormed[]): Promise<ReadonlyMap<WellFormed, Problem>> {
    const why = { status: 422, code: 'gate.closed', title: 'Closed', detail: 'Closed.', cure: 'Come later.' };
    return Promise.resolve(new Map(Turnstile.closed ? tokens.map((one) => [one, new Problem(why)]) : []));
  }

  kept(_: EntityManager, tokens: readonly WellFormed[]): Promise<void> {
    Turnstile.passed.push(...tokens.map(({ envelope }) => envelope.raw));
    return Promise.resolve();
  }

  forget(): Promise<void> {
    return Promise.resolve();
  }
}

const courier: MakeService = (settings, parts) => roleService({ name: 'courier', controllers: [] }, settings, parts);

const receiver: MakeService = (settings, parts) =>
  roleService(
    { name: 'receiver', controllers: [], gate: { token: Turnstile, providers: [Turnstile] } },
    settings,
    parts,
  );

export class Doors {
  private constructor(
    readonly house: ServiceHouse,
    readonly signer: Signer,
    readonly custody: TopicEar,
    readonly registry: TopicEar,
    readonly refused: TopicEar,
  ) {}

  static async open(): Promise<Doors> {
    const { signer } = await generateSigner('Ed25519');
    const house = await ServiceHouse.open({ ground, services: [courier, receiver] });
    const custody = await house.listen('custody.tokens.v1');
    const registry = await house.listen('registry.tokens.v1');
    return new Doors(house, signer, custody, registry, await house.listen('custody.refused.v1'));
  }

  readonly token = (sub: string = shipment()): Promise<string> =>
    mintToken({ iss, sub, jti: newJti(), iat: 1_772_000_000, evt: 'sealed' }, this.signer);
}

export const shipment = () => shipmentId(iss, newJti());
export const tidOf = (text: string) => parseTokenSync(text).tid;
export const heardBy = (ear: TopicEar, text: string): Promise<Heard> =>
  waitFor(() => ear.heard.find((heard) => heard.text === text), { what: 'the token on its topic' });
