// Who takes part wherever a bad token is tried: parties with every kind of key, admitted and established in one registry.

import { generateSigner, keyId, newJti, parseToken, proofOfPossession } from '@unbroken/tokens';
import type { Hash, PartyId, PublicJwk, Signer, TokenId } from '@unbroken/tokens';
import { forge, headerWith } from '@unbroken/tokens/vectors';
import type { Role } from '../events/forms.js';
import { Book } from './book.js';
import type { Outcome } from './outcome.js';

export const deployment = 'bad-input';

export const asParty = (name: string): PartyId => name as PartyId;

export const parties = {
  sender: asParty('health-agency'),
  courier: asParty('post'),
  consignee: asParty('statistics-office'),
  stranger: asParty('visa-centre'),
  finders: asParty('finder-desk'),
  auditor: asParty('audit-office'),
  operator: asParty('operator'),
  /** Established by some stories, and by none before. */
  newcomer: asParty('new-office'),
} as const;

/** Which key of which party signs. */
export interface Hand {
  readonly party: PartyId;
  readonly signer: Signer;
}

const grants: Readonly<Record<Exclude<keyof typeof parties, 'newcomer'>, readonly Role[]>> = {
  operator: ['operator', 'finder-desk'],
  sender: ['sender'],
  courier: ['courier'],
  consignee: ['receiver'],
  stranger: ['receiver'],
  finders: ['finder-desk'],
  auditor: ['auditor'],
};

const newKey = async (): Promise<Signer> => (await generateSigner('Ed25519')).signer;

/** Device time of the first statement, seconds. */
const BEGINNING = 1_793_577_600;

export type Claims = Readonly<Record<string, unknown>>;

/** The text of a token that says exactly this, however wrong it is; truly signed. */
export const signedBy = ({ signer }: Hand, payload: string): Promise<string> =>
  forge(signer, headerWith(signer), payload);

export class Cast {
  /** Device time of what was said last, seconds. */
  now = BEGINNING;
  book = Book.empty(deployment, parties.operator);
  readonly #admissions = new Map<PartyId, TokenId>();
  readonly #heads = new Map<PartyId, { readonly tid: TokenId; readonly seq: number }>();

  private constructor(
    readonly root: Readonly<Record<keyof typeof parties, Hand>>,
    /** Committed to as the next root of each party. */
    readonly next: Readonly<Record<keyof typeof parties, Hand>>,
    readonly device: Readonly<Record<keyof typeof parties, Hand>>,
    /** Taken back before the stories begin. */
    readonly stolen: Readonly<Record<keyof typeof parties, Hand>>,
    /** Enrolled nowhere. */
    readonly unknown: Readonly<Record<keyof typeof parties, Hand>>,
    /** Of a second person of the sender. */
    readonly second: Hand,
    /** Of the courier. */
    readonly gateway: Hand,
    /** Of the operator. */
    readonly codeDesk: Hand,
    /** Of the sender. */
    readonly enroller: Hand,
  ) {}

  static async make(): Promise<Cast> {
    const names = Object.keys(parties) as (keyof typeof parties)[];
    const hands = async () =>
      Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, { party: parties[name], signer: await newKey() }] as const)),
      ) as Record<keyof typeof parties, Hand>;
    const hand = async (party: PartyId): Promise<Hand> => ({ party, signer: await newKey() });
    const cast = new Cast(
      await hands(),
      await hands(),
      await hands(),
      await hands(),
      await hands(),
      await hand(parties.sender),
      await hand(parties.courier),
      await hand(parties.operator),
      await hand(parties.sender),
    );
    await cast.#introduce();
    return cast;
  }

  async #introduce(): Promise<void> {
    const { operator, sender, courier } = parties;
    for (const [name, roles] of Object.entries(grants) as [keyof typeof grants, readonly Role[]][]) {
      const party = parties[name];
      await this.say(this.root[name], 'established', party, this.establishment(name, roles));
      if (party !== operator) await this.say(this.root.operator, 'admitted', party, { roles });
      await this.say(this.root[name], 'enrolled', party, await this.enrolment(name, this.device[name], roles));
      await this.say(this.root[name], 'enrolled', party, await this.enrolment(name, this.stolen[name], roles));
      const { kid } = this.stolen[name].signer;
      await this.say(this.root[name], 'revoked', party, { kid, since: this.now, why: 'lost-phone' });
    }
    const more = [
      ['sender', sender, this.second, 'device', 'clerk-0002'],
      ['courier', courier, this.gateway, 'gateway', undefined],
      ['operator', operator, this.codeDesk, 'code-desk', undefined],
      ['sender', sender, this.enroller, 'enroller', undefined],
    ] as const;
    for (const [name, party, key, use, person] of more) {
      const claims = { ...(await this.enrolment(name, key, grants[name])), use, ...(person && { person }) };
      await this.say(this.root[name], 'enrolled', party, claims);
    }
  }

  establishment(name: keyof typeof parties, roles: readonly Role[]): Claims {
    const { jwk } = this.root[name].signer;
    return { aud: deployment, name: `The ${name}`, roles, jwk, next: this.next[name].signer.kid };
  }

  async enrolment(name: keyof typeof parties, { signer }: Hand, roles: readonly Role[] = ['sender']): Promise<Claims> {
    const pop = await proofOfPossession(signer, parties[name], keyId(this.root[name].signer.jwk));
    return { jwk: signer.jwk satisfies PublicJwk, pop, use: 'device', roles, person: 'clerk-0001', idp: 'admin' };
  }

  /** What every statement of a party's chain begins with, in its place after what was said last. */
  basis(sub: PartyId, evt: string, iss: PartyId = sub): Claims {
    const head = this.#heads.get(sub);
    const numbered = evt === 'admitted' ? {} : { seq: (head?.seq ?? -1) + 1 };
    const place = head === undefined || evt === 'established' ? numbered : { prev: head.tid, ...numbered };
    return { iss, sub, jti: newJti(), iat: this.now, evt, ...place };
  }

  /** The remark by which the operator has admitted a party. */
  admission = (party: PartyId): TokenId | undefined => this.#admissions.get(party);

  /** Signs and records a statement of a party's chain that is in order. */
  async say(by: Hand, evt: string, sub: PartyId, claims: Claims): Promise<void> {
    this.now += 60;
    const said = { ...this.basis(sub, evt, by.party), ...claims };
    const token = await signedBy(by, JSON.stringify(said));
    const { outcome, next } = this.book.tell(token, { recordedAt: this.now * 1000 });
    inOrder(evt, outcome);
    this.book = next();
    const { tid } = parseToken(token);
    if ('seq' in said) this.#heads.set(sub, { tid, seq: Number(said['seq']) });
    else this.#admissions.set(sub, tid);
  }
}

/** A story is told of what is in order alone. */
export function inOrder(evt: string, outcome: Outcome): void {
  if (outcome.is !== 'recorded' || outcome.findings.length > 0) {
    throw new Error(`the story told a ${evt} that is not in order: ${JSON.stringify(outcome)}`);
  }
}

export const someHash = 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ' as Hash;
