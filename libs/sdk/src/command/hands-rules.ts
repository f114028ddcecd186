// What the rules will find wrong with whose hands sign about a parcel (docs/protocol, sections 3 to 5), told to the signer in
// words: the chain is closed, somebody else holds the parcel, or it is on offer to somebody else.

import type { ShipmentState } from '@unbroken/contracts';
import type { NameOf } from '@unbroken/words';
import type { StoredKey } from '../keys/key-store.js';
import type { Doubt } from './anyway.js';
import { GUEST } from './known-party.js';

/**
 * What a signer says it is by signing: who has the parcel, who offered it, who is handed it, who it is for, who sends it, or
 * anybody who has to do with it.
 */
export type Hands = 'holder' | 'releaser' | 'taker' | 'consignee' | 'sender' | 'sender-before-it-leaves' | 'concerned';

/** Who signs, and where the parcel stands. */
export interface Standing {
  readonly signer: Pick<StoredKey, 'party' | 'use'>;
  readonly state: ShipmentState;
  /** Who registered it; undefined where that cannot be read. */
  readonly sender: string | undefined;
  /** Another party has taken it over, if only for a while. */
  readonly left: boolean;
  /** Whom its chain names or has seen take it over; nobody where its opening cannot be read. */
  readonly concerned: ReadonlySet<unknown>;
  readonly name: NameOf;
  /** Whether this party has mandated the signer to accept in its name; asked only where it matters. */
  readonly mandated: (by: string) => Promise<boolean>;
}

type Rule = (standing: Standing) => Doubt | undefined | Promise<Doubt | undefined>;

export const closedDoubt = ({ state: { status, holder }, name }: Standing): Doubt => {
  const ends: Readonly<Record<string, string>> = {
    confirmed: `${name(holder)} has confirmed it`,
    destroyed: 'it was destroyed',
    void: 'it was declared void',
  };
  const how = ends[status];
  return {
    code: 'custody.closed',
    what: `Its chain is closed${how === undefined ? '' : `: ${how}`}. What is signed now is recorded, and changes nothing.`,
    cure: 'What is to be said of it all the same goes into `unbroken report`.',
  };
};

const senderRule: Rule = ({ signer: { party }, sender, name }) =>
  sender === undefined || sender === party
    ? undefined
    : {
        code: 'custody.role',
        what: `${name(sender)} sends it, not you: only its sender may sign this.`,
        cure: 'Ask its sender to sign it.',
      };

export const handsRules: Readonly<Record<Hands, Rule>> = {
  holder: ({ signer: { party }, state: { holder }, name }) =>
    holder === null || holder === party
      ? undefined
      : {
          code: 'custody.not-holder',
          what: `${name(holder)} holds it, not you: only who holds it may sign this.`,
          cure: 'Accept it first, where it was handed to you.',
        },

  releaser: ({ signer: { party }, state: { offer }, name }) => {
    if (offer === null) {
      return { code: 'offer.none', what: 'Nothing is on offer that could be taken back.', cure: '' };
    }
    if (offer.from === party) return undefined;
    return {
      code: 'custody.not-holder',
      what: `${name(offer.from)} offered it, not you: only who offered it may take the offer back.`,
      cure: 'Ask them to take it back.',
    };
  },

  sender: senderRule,

  'sender-before-it-leaves': (standing) =>
    senderRule(standing) ??
    (standing.left
      ? {
          code: 'custody.not-holder',
          what: 'It has left: another party has taken it over since, so that nobody can say that it never did.',
          cure: 'To have it back, `unbroken redirect` it to yourself.',
        }
      : undefined),

  concerned: ({ signer: { party }, concerned }) =>
    concerned.size === 0 || concerned.has(party)
      ? undefined
      : {
          code: 'custody.role',
          what: 'Its chain names you nowhere: only a party of it may sign this.',
          cure: 'Compare the id; whoever found it on the way tells so on the page that its label leads to.',
        },

  taker: async ({ signer: { party }, state: { holder, offer }, name, mandated }) => {
    if (offer === null) {
      return {
        code: 'handoff.without-release',
        what: `Nothing is on offer: ${holder === party ? 'you hold it already' : `${name(holder)} holds it and has released it to nobody`}.`,
        cure: holder === party ? '' : 'Have it released to you first.',
      };
    }
    if (offer.to === party || (await mandated(offer.to))) return undefined;
    return {
      code: 'misdelivery.wrong-party',
      what: `It is on offer to ${name(offer.to)}, not to you.`,
      cure: 'Have it released to you, or have them mandate you with `unbroken party mandate`.',
    };
  },

  consignee: ({ signer: { party, use }, state: { status, holder, consignee, offer }, name }) => {
    const speaksForGuest = consignee === GUEST && use === 'code-desk';
    if (consignee !== party && !speaksForGuest) {
      return {
        code: 'custody.not-consignee',
        what: `It is for ${name(consignee)}, not for you: only who it is for may confirm it.`,
        cure: 'Where you took it in for them, `unbroken accept` says so.',
      };
    }
    if (offer !== null) {
      if (offer.to === consignee) return undefined;
      return {
        code: 'offer.other',
        what: `It is on offer to ${name(offer.to)}, not to you.`,
        cure: 'Wait until it is offered to you, or have it released to you.',
      };
    }
    // Who was mandated to accept for it may hold it: it has arrived.
    if (holder === null || holder === consignee || status === 'arrived') return undefined;
    return {
      code: 'custody.not-holder',
      what: `${name(holder)} holds it, and has not released it to you.`,
      cure: 'Have it released to you and accept it; confirm it where it really lies before you.',
    };
  },
};
