// Statements whose every claim is of its form, and that say what cannot be, or what somebody must be told of (docs/protocol,
// sections 2 to 5).

import type { ShipmentEvent } from '../events/catalogue.js';
import type { BadCase } from './bad-case.js';
import { parties } from './cast.js';
import type { Cast } from './cast.js';
import { tell } from './parcel.js';
import type { Parcel } from './parcel.js';
import { statementAt } from './positions.js';
import type { Position } from './positions.js';
import { allowed, cased, GAP, NOT_YET, NOWHERE, past, says } from './saying.js';
import type { Saying } from './saying.js';
import type { Stages } from './stages.js';

interface About {
  readonly cast: Cast;
  readonly parcel: Parcel;
}
type Sayings = (position: Position, about: About) => readonly Saying[];

/** What is seen of seals, wherever it may be said. */
const observed = (): readonly Saying[] => [
  says('seals', 'a seal broken', { seals: { 'S-1': 'broken' } }, 'seal.broken'),
  says('seals', 'a seal missing', { seals: { 'S-1': 'missing' } }, 'seal.missing'),
  says('seals', 'another seal in its place', { seals: { 'S-1': 'other' } }, 'seal.unknown'),
  says('seals', 'a seal that nobody put on', { seals: { 'S-9': 'intact' } }, 'seal.unknown'),
  allowed('seals', 'none looked at', { seals: {} }, 'a seal that is not mentioned changes nothing'),
];

const TOLD_ONLY = 'it is told to people, and no deadline hangs on it';
const ofShipments: Readonly<Partial<Record<ShipmentEvent, Sayings>>> = {
  registered: (position) => [
    says('due', 'passed', { due: past(position) }, 'arrival.overdue'),
    allowed('to', 'nobody who is a party', { to: 'nobody-yet', guest: undefined }, NOT_YET),
    allowed(
      'to',
      'a party, and `guest` is there',
      { to: parties.consignee },
      'the commitment is nobody else’s concern',
    ),
    allowed(
      'guest',
      'left out, and `to` is `guest`',
      { guest: undefined },
      'the receiver that answers for guests knows whom',
    ),
    allowed('policy', 'known to nobody', { policy: NOWHERE }, 'the default policy binds (section 5)'),
    allowed(
      'via',
      'names a courier twice',
      { via: [parties.courier, parties.courier] },
      'a route may lead there twice',
    ),
  ],
  sealed: () => [allowed('seals', 'none', { seals: {} }, 'nothing is asked for later')],
  released: (position) => [
    says('to', 'a party that is not on the route', { to: parties.stranger }, 'misdelivery.off-route'),
    says('to', 'nobody who is a party', { to: 'nobody-yet' }, 'misdelivery.off-route'),
    says('until', 'passed', { until: past(position) }, 'handoff.unanswered'),
    says('to', 'the consignee, and `off` 100', { to: parties.consignee, off: 100 }, ...elsewhere),
    says('to', 'the consignee, and `at` is another place', { to: parties.consignee }, ...elsewhere),
    ...observed(),
  ],
  accepted: (_position, { parcel }) => [
    { ...says('rel', 'a token that is nowhere', { rel: NOWHERE }), expected: GAP },
    says('rel', 'no release', { rel: parcel.told['registered'] }, 'handoff.without-release'),
    says('cond', 'damaged', { cond: 'damaged' }, 'parcel.damaged'),
    says('cond', 'opened', { cond: 'opened' }, 'parcel.opened'),
    says('off', '250', { off: 250 }, ...elsewhere),
    says('at', "another party's place", { at: `${parties.courier}/depot` }, ...elsewhere),
    ...observed(),
  ],
  refused: (_position, { parcel }) => [
    { ...says('rel', 'a token that is nowhere', { rel: NOWHERE }), expected: GAP },
    says('rel', 'no release', { rel: parcel.told['registered'] }, 'custody.role'),
  ],
  confirmed: () => [
    says('pieces', 'fewer than registered', { pieces: 1 }, 'parcel.short'),
    allowed('pieces', 'more than registered', { pieces: 3 }, 'more than was sent is no loss (section 5)'),
    says('unopened', 'false', { unopened: false }, 'parcel.opened'),
    ...observed(),
  ],
  approved: (_position, { cast }) => [
    says('glass', 'there', { glass: 'court-order' }, 'dispatch.break-glass'),
    {
      ...allowed(
        'signed by',
        'the person who registered it',
        {},
        'it does not count: the release is `dispatch.unapproved`',
      ),
      by: cast.device.sender,
    },
  ],
  inspected: observed,
  attempted: (position) => [allowed('until', 'passed', { until: past(position) }, TOLD_ONLY)],
  held: (position) => [allowed('until', 'passed', { until: past(position) }, TOLD_ONLY)],
  redirected: (position) => [
    says('due', 'passed', { due: past(position) }, 'arrival.overdue'),
    allowed('to', 'nobody who is a party', { to: 'nobody-yet' }, NOT_YET),
  ],
  reported: () => [
    says('what', 'lost', { what: 'lost' }, 'parcel.lost'),
    says('what', 'stolen', { what: 'stolen' }, 'parcel.stolen'),
    says('what', 'opened', { what: 'opened' }, 'parcel.opened'),
    says('what', 'short', { what: 'short' }, 'parcel.short'),
    says('what', 'misdelivered, not-in-shipment or other', { what: 'misdelivered' }, 'parcel.reported'),
  ],
  imported: () => [
    allowed(
      'what',
      'a word that no rule knows',
      { what: 'sorted-by-hand' },
      'it is shown as it is; only `delivered` starts a deadline',
    ),
  ],
  found: () => [says('mine', 'false', { mine: false }, 'misdelivery.stranger')],
  witnessed: () => [{ ...says('of', 'a token that is nowhere', { of: NOWHERE }), expected: GAP }],
  corrected: (_position, { parcel }) => [
    { ...says('of', 'a token that is nowhere', { of: NOWHERE }), expected: GAP },
    says('of', "another party's token", { of: parcel.told['registered'] }, 'custody.role'),
  ],
  settled: (_position, { parcel }) => [
    { ...says('of', 'a token that is nowhere', { of: NOWHERE }), expected: GAP },
    allowed(
      'of',
      'a token of no branch',
      { of: parcel.told['registered'] },
      'it settles nothing: the chain stays disputed',
    ),
  ],
};

const elsewhere = ['misdelivery.wrong-place'] as const;

export async function contentCases(
  evt: ShipmentEvent,
  position: Position,
  stages: Stages,
): Promise<readonly BadCase[]> {
  if (position.parcel === null) return [];
  const sayings = ofShipments[evt]?.(position, { cast: stages.cast, parcel: position.parcel }) ?? [];
  return cased(evt, position, sayings);
}

/** A second line token on the same one, and a second opening. */
export async function twiceCases(
  positions: ReadonlyMap<string, Position>,
  stages: Stages,
): Promise<readonly BadCase[]> {
  const { courier } = stages.cast.device;
  const carried = await stages.at('carried');
  const toItself = { to: parties.courier, mode: 'meet' };
  const offered = await tell(carried, courier, 'released', toItself);
  const rival = { ...statementAt(carried, 'released', courier), ...toItself };
  const opened = await stages.at('registered');
  return [
    ...(await cased('released', after(offered, positions.get('released')), [
      { ...says('prev', 'with another line token on it', rival, 'chain.disputed'), by: courier },
    ])),
    ...(await cased('registered', after(opened, positions.get('registered')), [
      says('sub', 'registered a second time', { ...opened.said['registered'], pieces: 3 }, 'custody.twice'),
    ])),
  ];
}

function after(parcel: Parcel, position: Position | undefined): Position {
  if (position === undefined) throw new Error('no such position');
  return { ...position, book: parcel.book, now: parcel.now };
}
