// A statement that is in order but for whoever signed it (docs/protocol, section 3, "signed by", and section 5).

import { newJti, proofOfPossession, shipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import type { PartyEvent, ShipmentEvent } from '../events/catalogue.js';
import type { FindingCode } from '../finding.js';
import type { BadCase } from './bad-case.js';
import { parties, signedBy } from './cast.js';
import type { Cast, Claims, Hand } from './cast.js';
import { recorded, refused, waiting } from './outcome.js';
import type { Outcome } from './outcome.js';
import type { Position } from './positions.js';
import { SIGNED_BY } from './rows.js';

type Who = Exclude<keyof typeof parties, 'newcomer'>;

interface Hands {
  /** Whose word it is, or may be. */
  readonly rightful: readonly Who[];
  /** What is found of anybody else. */
  readonly otherwise: readonly FindingCode[];
  /** What is found of these instead. */
  readonly of?: Readonly<Partial<Record<Who, readonly FindingCode[]>>>;
}

const everybody: readonly Who[] = ['sender', 'courier', 'consignee', 'stranger', 'finders', 'auditor', 'operator'];

const byHolder = (holder: Who): Hands => ({ rightful: [holder], otherwise: ['custody.not-holder'] });
const only = (...rightful: readonly Who[]): Hands => ({ rightful, otherwise: ['custody.role'] });
const astray = ['misdelivery.wrong-party', 'misdelivery.off-route'] as const;

const hands: Readonly<Record<ShipmentEvent, Hands>> = {
  registered: only('sender'),
  sealed: byHolder('sender'),
  released: byHolder('sender'),
  withdrawn: byHolder('sender'),
  accepted: {
    rightful: ['consignee'],
    otherwise: [...astray, 'custody.role'],
    of: { sender: astray, courier: ['misdelivery.wrong-party'], stranger: astray },
  },
  refused: only('consignee'),
  confirmed: {
    rightful: ['consignee'],
    otherwise: ['custody.not-consignee', 'custody.role'],
    of: { sender: ['custody.not-consignee'], stranger: ['custody.not-consignee'] },
  },
  opened: { rightful: ['consignee'], otherwise: ['custody.not-consignee'] },
  destroyed: byHolder('consignee'),
  voided: only('sender'),
  approved: only('sender'),
  extracted: only('sender'),
  inspected: byHolder('courier'),
  attempted: byHolder('courier'),
  held: byHolder('courier'),
  redirected: only('sender'),
  reported: only('sender', 'courier', 'consignee'),
  imported: only(),
  found: only('finders', 'operator'),
  witnessed: only(...everybody),
  corrected: only('courier'),
  settled: only('courier'),
  'key-released': only('sender'),
};

const names: Readonly<Record<Who, string>> = {
  sender: 'the sender',
  courier: 'the courier',
  consignee: 'the consignee',
  stranger: 'a party that is not on the route',
  finders: 'the finder desk',
  auditor: 'an auditor',
  operator: 'the operator',
};

/** Events that several may sign say so here. */
const MAY = 'it is theirs to say as well';

interface Signed {
  readonly subject?: 'key';
  readonly wrong: string;
  readonly by: Hand;
  readonly claims: Claims;
  readonly expected: Outcome;
  readonly because?: string;
}

const cased = async (
  evt: string,
  position: Position,
  { subject, wrong, by, claims, expected, because }: Signed,
): Promise<BadCase> => ({
  evt,
  subject: subject ?? SIGNED_BY,
  wrong,
  token: await signedBy(by, JSON.stringify(claims)),
  arrival: { recordedAt: (position.now + 60) * 1000 },
  position,
  expected,
  ...(because !== undefined && { because }),
});

/** A parcel's chain is named after who opens it, so that another one opens another. */
const issuedBy = ({ party: iss }: Hand, good: Claims): Claims => {
  if (good['evt'] !== 'registered') return { ...good, iss };
  const jti = newJti();
  return { ...good, iss, jti, sub: shipmentId(iss, jti) };
};

/** The key that is no key of the party, or no more. */
function wrongKeys(cast: Cast, position: Position): Signed[] {
  const { by, good } = position;
  const [name = 'sender'] = (Object.keys(parties) as (keyof typeof parties)[]).filter(
    (one) => parties[one] === by.party,
  );
  const other = name === 'stranger' ? 'auditor' : 'stranger';
  return [
    { subject: 'key', wrong: 'enrolled by nobody', by: cast.unknown[name], claims: good, expected: waiting },
    {
      subject: 'key',
      wrong: 'taken back before',
      by: cast.stolen[name],
      claims: good,
      expected: recorded('key.revoked'),
    },
    {
      subject: 'key',
      wrong: 'of another party than `iss`',
      by: cast.device[other],
      claims: good,
      // Asked first, whether the new key wants to serve the party of the key that signed.
      expected: good['evt'] === 'enrolled' ? refused('key.possession', '/pop') : refused('token.other-party', '/iss'),
    },
  ];
}

export async function shipmentHands(evt: ShipmentEvent, position: Position, cast: Cast): Promise<readonly BadCase[]> {
  const { rightful, otherwise, of = {} } = hands[evt];
  const found = (codes: readonly FindingCode[]) => recorded(...position.found, ...codes);
  const others = everybody
    .filter((who) => parties[who] !== position.by.party || evt === 'imported')
    .map((who): Signed => {
      const isRightful = rightful.includes(who);
      return {
        wrong: names[who],
        by: cast.device[who],
        claims: issuedBy(cast.device[who], position.good),
        expected: found(isRightful ? [] : (of[who] ?? otherwise)),
        ...(isRightful && { because: MAY }),
      };
    });
  return Promise.all([...others, ...wrongKeys(cast, position)].map((signed) => cased(evt, position, signed)));
}

/** Of a party's own chain: by its other keys, and by other parties. */
export async function partyHands(evt: PartyEvent, position: Position, cast: Cast): Promise<readonly BadCase[]> {
  const signed = evt === 'established' ? ofOpening(cast, position) : await ofLater(evt, cast, position);
  return Promise.all(signed.map((one) => cased(evt, position, one)));
}

function ofOpening(cast: Cast, { good }: Position): Signed[] {
  const named = (party: string): Claims => ({ ...good, iss: party, sub: party });
  const by = cast.root.newcomer;
  return [
    {
      wrong: 'another key than it carries',
      by: cast.device.newcomer,
      claims: good,
      expected: refused('token.unknown-key', '/jwk'),
    },
    {
      wrong: 'its key, for the chain of another party',
      by,
      claims: { ...good, sub: parties.courier },
      expected: refused('token.other-party', '/sub'),
    },
    {
      wrong: 'a second root, for a party that is there',
      by,
      claims: named(parties.courier),
      expected: refused('token.party-taken', '/iss'),
    },
    { wrong: 'a root for `guest`', by, claims: named('guest'), expected: refused('token.party-taken', '/iss') },
    {
      wrong: 'the root of another party',
      by: cast.root.courier,
      claims: { ...good, jwk: cast.root.courier.signer.jwk },
      expected: refused('token.other-party', '/jwk'),
    },
  ];
}

async function ofLater(evt: Exclude<PartyEvent, 'established'>, cast: Cast, position: Position): Promise<Signed[]> {
  const { good } = position;
  const sub = good['sub'] as PartyId;
  const role = recorded('custody.role');
  const own = evt === 'admitted' ? cast.root.newcomer : cast.device.sender;
  const saidBy = (by: Hand) => ({ by, claims: { ...good, iss: by.party } });
  // A key proves that it wants to serve the party whose root enrols it.
  const proven = evt === 'enrolled' ? refused('key.possession', '/pop') : role;
  const others: Signed[] = [
    evt === 'admitted'
      ? { wrong: 'the party itself', ...saidBy(own), expected: role }
      : { wrong: 'a device of the party', ...saidBy(own), expected: role },
    { wrong: 'the root of another party', ...saidBy(cast.root.courier), expected: proven },
    ...(evt === 'admitted'
      ? [
          { wrong: 'a device of the operator', ...saidBy(cast.device.operator), expected: role },
          { wrong: 'a code desk of the operator', ...saidBy(cast.codeDesk), expected: role },
        ]
      : [{ wrong: 'the operator', ...saidBy(cast.root.operator), expected: proven }]),
  ];
  if (evt === 'rooted') {
    const { jwk } = cast.unknown.sender.signer;
    others.push(
      { wrong: 'the root there is', by: cast.root.sender, claims: good, expected: role },
      { wrong: 'a key that nobody committed to', by: cast.unknown.sender, claims: { ...good, jwk }, expected: waiting },
    );
  }
  if (evt === 'enrolled') {
    const pop = await proofOfPossession(cast.unknown.sender.signer, sub, cast.device.sender.signer.kid);
    others.push(
      { wrong: 'an enroller', by: cast.enroller, claims: good, expected: recorded(), because: MAY },
      {
        wrong: 'an enroller, for another enroller',
        by: cast.enroller,
        claims: { ...good, use: 'enroller' },
        expected: role,
      },
      {
        wrong: 'the root, and `pop` names another root',
        by: cast.root.sender,
        claims: { ...good, pop },
        expected: refused('key.possession', '/pop'),
      },
    );
  } else if (evt !== 'admitted' && evt !== 'rooted') {
    others.push({ wrong: 'an enroller', by: cast.enroller, claims: good, expected: role });
  }
  return evt === 'rooted' ? others : [...others, ...wrongKeys(cast, position)];
}
