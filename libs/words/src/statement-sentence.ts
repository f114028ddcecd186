// What one token says, in words.

import type { PartyClaims, PartyEvent, ShipmentClaims, ShipmentEvent } from '@unbroken/custody';
import { keyId } from '@unbroken/tokens';
import { tame } from './name-of.js';
import type { NameOf } from './name-of.js';
import { reportWords } from './report-words.js';

type Events = { [E in ShipmentEvent]: ShipmentClaims<E> } & { [E in PartyEvent]: PartyClaims<E> };
type Claims = ShipmentClaims | PartyClaims;

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
const ways = { meet: 'face to face', collect: 'to be collected', drop: 'left at the door' };
const finds = { yes: 'opened', no: 'unopened', unknown: 'nobody says whether opened' };
const conditions = { ok: 'in good order', damaged: 'damaged', opened: 'opened' };

const sentences: { readonly [E in keyof Events]: (claims: Events[E], name: NameOf) => string } = {
  registered: ({ iss, to, enc, pieces, ...rest }, name) => {
    const encrypted = enc.how === 'none' ? 'not encrypted' : `encrypted with ${enc.how}`;
    return `${name(iss)} registered it for ${name(to)}: ${rest.class}, ${encrypted}, ${count(pieces, 'piece')}`;
  },
  sealed: ({ iss, seals }, name) => {
    const ids = Object.keys(seals);
    return `${name(iss)} put on ${count(ids.length, 'seal')}: ${ids.join(', ')}`;
  },
  released: ({ iss, to, mode }, name) => `${name(iss)} offered it to ${name(to)}, ${ways[mode]}`,
  withdrawn: ({ iss }, name) => `${name(iss)} took the offer back`,
  accepted: ({ iss, cond }, name) => `${name(iss)} accepted it, ${conditions[cond]}`,
  refused: ({ iss, why }, name) => `${name(iss)} did not accept it: ${why}`,
  confirmed: ({ iss, unopened, pieces }, name) =>
    `${name(iss)} confirmed it, ${unopened ? 'unopened' : 'opened'}, ${count(pieces, 'piece')}`,
  opened: ({ iss, items }, name) => `${name(iss)} took the contents into use: ${count(items, 'item')}`,
  destroyed: ({ iss, how, cert }, name) =>
    `${name(iss)} destroyed it: ${how}${cert === undefined ? ', without a certificate' : ', with a certificate'}`,
  voided: ({ iss, why }, name) => `${name(iss)} declared it void: ${why}`,
  approved: ({ iss, glass, ...rest }, name) =>
    glass === undefined
      ? `${name(iss)} approved the dispatch${rest.for === undefined ? '' : ', by a deputy'}`
      : `${name(iss)} broke the glass: it leaves without a second person, ${glass}`,
  extracted: ({ iss, why }, name) => `${name(iss)} took the contents out of a system: ${why}`,
  attempted: ({ iss, why }, name) => `${name(iss)} was there and could not hand it over: ${why}`,
  held: ({ iss, why }, name) => `${name(iss)} keeps it at a depot: ${why}`,
  inspected: ({ iss }, name) => `${name(iss)} looked at the seals`,
  redirected: ({ iss, to }, name) => `${name(iss)} redirected it to ${name(to)}`,
  reported: ({ iss, what }, name) => `${name(iss)} reported it: ${reportWords[what]}`,
  imported: ({ iss, what }, name) => `The system of ${name(iss)} says: ${what}`,
  found: ({ mine, opened, left }) =>
    `A finder says that it is ${mine ? 'meant for them' : 'not meant for them'}, ${finds[opened]}: ${left}; not verified`,
  witnessed: ({ iss, of }, name) => `${name(iss)} bears witness to the statement ${of.slice(0, 8)}…`,
  corrected: ({ iss, of, why }, name) => `${name(iss)} corrected its statement ${of.slice(0, 8)}…: ${why}`,
  settled: ({ iss, of }, name) => `${name(iss)} settled the dispute: the statement ${of.slice(0, 8)}… is true`,
  'key-released': ({ iss }, name) => `${name(iss)} let the key to its contents go`,
  established: ({ name: own, roles }) => `${tame(own)} opened its chain as ${roles.join(', ')}`,
  admitted: ({ iss, roles }, name) => `${name(iss)} admitted it as ${roles.join(', ')}`,
  enrolled: ({ use, roles }) => `A key began to count: ${use}${roles.length > 0 ? ` for ${roles.join(', ')}` : ''}`,
  revoked: ({ kid, why }) => `The key ${kid.slice(0, 8)}… was taken back: ${why}`,
  rooted: ({ jwk }) => `The next root key took over: ${keyId(jwk).slice(0, 8)}…`,
  sited: ({ site, radius }) => `The place ${site} was described, ${radius} m around`,
  mandated: ({ party }, name) => `${name(party)} may accept on its behalf`,
  policed: ({ policy }) => `Its parcels go under the policy ${policy.slice(0, 8)}…`,
};

/** One sentence without its full stop, with the place and the seals where something was said of them. */
export function statementSentence(claims: Claims, name: NameOf): string {
  const sentence = (sentences[claims.evt] as (claims: Claims, name: NameOf) => string)(claims, name);
  return [sentence, ...place(claims), ...sealsSeen(claims)].join('; ');
}

/** Who hands over says where it is to be; who says how far off they were, or only tells what happens to it, where it was. */
const handsOver: ReadonlySet<string> = new Set(['released', 'accepted', 'confirmed']);

function place({ evt, at, off }: Claims): string[] {
  if (at === undefined) return off === undefined || off === 0 ? [] : [`up to ${off} m from the place`];
  if (off === undefined) return [handsOver.has(evt) ? `meant for ${at}` : `at ${at}`];
  return [off === 0 ? `at ${at}` : `up to ${off} m from ${at}`];
}

function sealsSeen(claims: Claims): string[] {
  if (claims.evt === 'sealed' || !('seals' in claims) || claims.seals === undefined) return [];
  const seen = Object.entries(claims.seals).map(
    ([id, state]) => `${id} ${state === 'unobserved' ? 'not looked at' : state}`,
  );
  return seen.length === 0 ? [] : [`seals: ${seen.join(', ')}`];
}
