// The dispatch rules at the sender's door, over HTTP, with tokens that are really signed.

import type { TestParty } from '@unbroken/chains/fixture';
import type { TokensAnswer } from '@unbroken/contracts';
import { defaultPolicy, defaultPolicyHash } from '@unbroken/custody';
import { roleService } from '@unbroken/intake';
import type { MakeService } from '@unbroken/intake';
import { ServiceHouse } from '@unbroken/intake/fixture';
import type { TopicEar } from '@unbroken/intake/fixture';
import * as ground from '@unbroken/testing';
import { waitFor } from '@unbroken/testing';
import { generateSigner, mintToken, newJti, proofOfPossession, sha256Hash, shipmentId } from '@unbroken/tokens';
import type { Signer } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import { senderService } from '../sender.service.js';

const POST = '/sender/v1/tokens';
const courierService: MakeService = (settings, parts) =>
  roleService({ name: 'courier', controllers: [] }, settings, parts);

let house: ServiceHouse;
let sender: TestParty;
let anna: Signer;
let bo: Signer;
let posted: TopicEar;

beforeAll(async () => {
  house = await ServiceHouse.open({ ground, services: [senderService, courierService] });
  sender = await house.ledger.party('skat', ['sender']);
  anna = await house.ledger.enrol(sender, 'device', ['sender'], 'person-anna');
  bo = await house.ledger.enrol(sender, 'device', ['sender'], 'person-bo');
  posted = await house.listen('custody.tokens.v1');
}, 120_000);

afterAll(() => house.close(), 60_000);

/** A shipment whose tokens are signed one after the other and go nowhere by themselves. */
class Parcel {
  readonly #jti = newJti();
  readonly sub = shipmentId(sender.id, this.#jti);
  #head = '';
  #seq = -1;

  /** Sensitive, encrypted, with a legal basis, unless `claims` say otherwise. */
  register(claims: object = {}): Promise<string> {
    return this.line('registered', {
      jti: this.#jti,
      aud: house.ledger.deployment,
      kind: 'physical',
      to: 'statistics',
      contents: sha256Hash(new Uint8Array(1)),
      class: 'sensitive',
      basis: { code: 'GDPR:6(1)(e)', ref: 'agreement 7' },
      enc: { how: 'age' },
      due: house.ledger.now + 86_400,
      pieces: 1,
      policy: defaultPolicyHash,
      ...claims,
    });
  }

  approve(by: Signer): Promise<string> {
    return this.sign('approved', { prev: this.#head }, by);
  }

  release(claims: object = {}): Promise<string> {
    return this.line('released', { to: 'post', mode: 'meet', ...claims });
  }

  async line(evt: string, claims: object): Promise<string> {
    const prev = this.#head === '' ? {} : { prev: this.#head };
    const token = await this.sign(evt, { seq: ++this.#seq, ...prev, ...claims }, anna);
    this.#head = parseTokenSync(token).tid;
    return token;
  }

  sign(evt: string, claims: object, by: Signer): Promise<string> {
    return mintToken({ ...house.ledger.claims(sender.id, evt), sub: this.sub, ...claims }, by);
  }
}

const post = (...tokens: string[]) => house.post<TokensAnswer>(POST, { tokens });

/** The code for which the last token of a batch was held back; undefined where it passed. */
async function heldBack(...tokens: string[]): Promise<string | undefined> {
  const { status, body } = await post(...tokens);
  expect(status).toBe(202);
  const last = body.tokens.at(-1);
  expect(body.tokens.slice(0, -1).every((line) => 'tid' in line)).toBe(true);
  return last !== undefined && 'refused' in last ? last.refused.code : undefined;
}

describe('registered and released in one go', () => {
  it.each([
    ['sensitive and not encrypted', { enc: { how: 'none' } }, {}, 'dispatch.unencrypted'],
    [
      'sensitive and encrypted in a way the policy does not take',
      { enc: { how: 'other' } },
      {},
      'dispatch.unencrypted',
    ],
    ['personal without legal basis', { class: 'personal', basis: undefined }, {}, 'dispatch.no-basis'],
    ['sensitive, dropped', {}, { mode: 'drop' }, 'dispatch.way-not-allowed'],
  ])('%s → %s', async (_, claims, release, code) => {
    const parcel = new Parcel();
    const tokens = [await parcel.register(claims), await parcel.approve(bo), await parcel.release(release)];
    expect(await heldBack(...tokens)).toBe(code);
  });

  it.each([
    ['sensitive, encrypted, approved, with a basis, met', {}, {}],
    ['internal, not encrypted', { class: 'internal', enc: { how: 'none' }, basis: undefined }, {}],
    ['personal with a basis, not encrypted', { class: 'personal', enc: { how: 'none' } }, {}],
    ['internal, dropped', { class: 'internal' }, { mode: 'drop' }],
    ['digital, dropped', { kind: 'digital' }, { mode: 'drop' }],
    ['to another unit of the sender', { enc: { how: 'none' } }, { to: 'skat' }],
  ])('%s → passes', async (_, claims, release) => {
    const parcel = new Parcel();
    const tokens = [await parcel.register(claims), await parcel.approve(bo), await parcel.release(release)];
    expect(await heldBack(...tokens)).toBeUndefined();
  });

  it('registered, approved, sealed and released → passes', async () => {
    const parcel = new Parcel();
    const tokens = [await parcel.register(), await parcel.approve(bo)];
    tokens.push(await parcel.line('sealed', { seals: { S1: 'H' } }), await parcel.release());
    expect(await heldBack(...tokens)).toBeUndefined();
  });
});

describe('approval', () => {
  it('nobody approved → dispatch.unapproved, with the cure, and nothing of the release is kept', async () => {
    const parcel = new Parcel();
    await post(await parcel.register());
    const release = await parcel.release();
    const begun = performance.now();
    const answer = await house.post(POST, release);
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(answer).toMatchObject({ status: 422, body: { code: 'dispatch.unapproved' } });
    expect(answer.body['cure']).toContain('second person');
    const last = await new Parcel().register();
    await post(last);
    await waitFor(() => posted.texts.includes(last), { what: 'what was posted later' });
    expect(posted.texts).not.toContain(release);
  });

  it('approved by the person who registered → dispatch.unapproved', async () => {
    const parcel = new Parcel();
    const tokens = [await parcel.register(), await parcel.approve(anna), await parcel.release()];
    expect(await heldBack(...tokens)).toBe('dispatch.unapproved');
  });

  it('an approval that its key did not sign → dispatch.unapproved', async () => {
    const parcel = new Parcel();
    const registered = await parcel.register();
    const approved = await parcel.approve(bo);
    const forged = `${approved.slice(0, -86)}${'A'.repeat(86)}`;
    expect(await heldBack(registered, forged, await parcel.release())).toBe('dispatch.unapproved');
  });

  it('approved after the refusal → the release signed then passes', async () => {
    const parcel = new Parcel();
    await post(await parcel.register());
    const approval = await parcel.approve(bo);
    const release = await parcel.release();
    expect((await house.post(POST, release)).status).toBe(422);
    await post(approval);
    expect((await house.post(POST, release)).status).toBe(202);
  });

  it('by a key whose enrolment is only just being recorded → passes', async () => {
    const parcel = new Parcel();
    const { signer: cleo } = await generateSigner('Ed25519');
    const answer = heldBack(await parcel.register(), await parcel.approve(cleo), await parcel.release());
    const pop = await proofOfPossession(cleo, sender.id, sender.root.kid);
    const enrolment = { jwk: cleo.jwk, pop, use: 'device', roles: ['sender'], person: 'person-cleo' };
    await house.ledger.say(sender, 'enrolled', enrolment);
    expect(await answer).toBeUndefined();
  });
});

describe('what the ledger has recorded', () => {
  it('registered elsewhere, unencrypted → the release is held back once it is heard of', async () => {
    const parcel = new Parcel();
    await house.ledger.record(await parcel.register({ enc: { how: 'none' } }));
    const sent = `/sender/v1/shipments?party=${sender.id}`;
    const isHeard = async () => JSON.stringify((await house.get(sent)).body).includes(parcel.sub);
    await waitFor(isHeard, { what: 'the shipment' });
    const { status, body } = await house.post(POST, await parcel.release());
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'dispatch.unencrypted' });
    expect(body).toMatchObject({ errors: [{ code: 'dispatch.unencrypted' }, { code: 'dispatch.unapproved' }] });
  });

  it('nothing is known of the shipment → the release passes', async () => {
    const parcel = new Parcel();
    await parcel.register({ enc: { how: 'none' } });
    expect((await house.post(POST, await parcel.release())).status).toBe(202);
  });

  it('posted here, recorded, released later → passes; the same release again → the same answer', async () => {
    const parcel = new Parcel();
    const tokens = [await parcel.register(), await parcel.approve(bo)];
    await post(...tokens);
    for (const token of tokens) await house.ledger.record(token);
    const release = await parcel.release();
    const first = await house.post(POST, release);
    expect(first.status).toBe(202);
    await house.ledger.record(release);
    expect(await house.post(POST, release)).toMatchObject({ status: 202, body: first.body });
  });

  it('at another door → passes, for the alerts to judge', async () => {
    const parcel = new Parcel();
    const tokens = [await parcel.register({ enc: { how: 'none' } }), await parcel.release()];
    const { body } = await house.post<TokensAnswer>('/courier/v1/tokens', { tokens });
    expect(body.tokens.every((line) => 'tid' in line)).toBe(true);
  });
});

it('under a policy of the sender that asks for less → passes', async () => {
  const lenient = { ...defaultPolicy, name: 'Lenient', encryption: { from: 'never', accepted: [] } };
  const policy = await house.ledger.document(JSON.stringify(lenient));
  await house.ledger.say(sender, 'policed', { policy });
  const parcel = new Parcel();
  const tokens = [await parcel.register({ enc: { how: 'none' }, policy }), await parcel.approve(bo)];
  expect(await heldBack(...tokens, await parcel.release())).toBeUndefined();
});
