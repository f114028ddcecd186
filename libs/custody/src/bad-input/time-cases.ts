// A statement that is in order but for when it was signed, when it says that things happened, and what came before it
// (docs/protocol, sections 3 to 5).

import { catalogue } from '../events/catalogue.js';
import type { ShipmentEvent } from '../events/catalogue.js';
import type { FindingCode } from '../finding.js';
import type { BadCase } from './bad-case.js';
import { signedBy } from './cast.js';
import type { Cast, Claims, Hand } from './cast.js';
import { malformed, recorded } from './outcome.js';
import type { Outcome } from './outcome.js';
import { rightfulHand, statementAt } from './positions.js';
import type { Position } from './positions.js';
import type { Stage, Stages } from './stages.js';

const MINUTE = 60;
const LATEST = 253_402_300_799;

interface Timed {
  readonly subject: string;
  readonly wrong: string;
  readonly claims: Claims;
  readonly drift?: number;
  readonly expected: Outcome;
  readonly because?: string;
}

/** What clocks can do to any statement. */
export async function clockCases(evt: string, position: Position): Promise<readonly BadCase[]> {
  const { good, by, found, now, parcel } = position;
  const iat = Number(good['iat']);
  const isParty = parcel === null;
  const expected = (...codes: readonly FindingCode[]) => recorded(...found, ...codes);
  const at = (signed: number): Claims => ({ ...good, iat: signed, when: signed });
  // A party's chain is judged without the clocks of devices: its times are read by `since` and by the log.
  const drifting = isParty ? expected() : expected('clock.drift');
  const ahead = isParty ? { because: 'a party chain is read by the time of the log' } : {};
  const timed: Timed[] = [
    ...('prev' in good
      ? [
          {
            subject: 'iat',
            wrong: 'before that of `prev`',
            claims: at(iat - 10 * MINUTE * 60 * 24),
            // What the former root has signed since then is in doubt.
            expected: expected('chain.backdated', ...(evt === 'rooted' ? (['key.suspect'] as const) : [])),
          },
        ]
      : []),
    {
      subject: 'iat',
      wrong: 'an hour after it was recorded',
      claims: at(iat + 60 * MINUTE),
      expected: drifting,
      ...ahead,
    },
    { subject: 'iat', wrong: 'in the year 9999', claims: at(LATEST), expected: drifting, ...ahead },
    {
      subject: 'iat',
      wrong: 'after the year 9999',
      claims: { ...good, iat: LATEST + 1 },
      expected: malformed('iat:form'),
    },
    {
      subject: 'when',
      wrong: 'an hour after `iat`',
      claims: { ...good, when: iat + 60 * MINUTE },
      expected: drifting,
      ...ahead,
    },
    {
      subject: 'when',
      wrong: 'years before `prev`',
      claims: { ...good, when: iat - 100_000_000 },
      ...(evt === 'registered'
        ? { expected: expected('dispatch.overdue') }
        : { expected: expected(), because: 'what is told late may have happened long ago' }),
    },
    ...(isParty
      ? []
      : [
          {
            subject: "the device's clock",
            wrong: 'six minutes fast at the upload',
            claims: good,
            drift: 6 * MINUTE,
            expected: drifting,
          },
          {
            subject: "the device's clock",
            wrong: 'six minutes slow at the upload',
            claims: good,
            drift: -6 * MINUTE,
            expected: drifting,
          },
        ]),
  ];
  return Promise.all(
    timed.map(async ({ claims, drift, ...rest }) => ({
      evt,
      ...rest,
      token: await signedBy(by, JSON.stringify(claims)),
      arrival: { recordedAt: (now + 60) * 1000, ...(drift !== undefined && { drift }) },
      position,
    })),
  );
}

interface Told {
  readonly evt: ShipmentEvent;
  readonly stage: Stage;
  readonly wrong: string;
  /** Who signs where it is not who usually does. */
  readonly by?: (cast: Cast) => Hand;
  readonly found: readonly FindingCode[];
  readonly because?: string;
}

const REMARK = 'remarks may follow the end';
const courier = ({ device }: Cast): Hand => device.courier;

const tooEarly: readonly Told[] = [
  {
    evt: 'withdrawn',
    stage: 'carried',
    wrong: 'with no open offer',
    by: courier,
    found: [],
    because: 'it may have crossed the answer',
  },
  { evt: 'accepted', stage: 'carried', wrong: 'before it is released', found: ['handoff.without-release'] },
  { evt: 'refused', stage: 'carried', wrong: 'before it is released', found: ['custody.role'] },
  {
    evt: 'confirmed',
    stage: 'carried',
    wrong: 'without being accepted',
    found: [],
    because: 'confirming says both (section 4, rule 8)',
  },
  {
    evt: 'opened',
    stage: 'arrived',
    wrong: 'before it is confirmed',
    found: [],
    because: 'it is theirs to open; that nobody confirms falls due by itself',
  },
  { evt: 'voided', stage: 'carried', wrong: 'after another party accepted', found: ['custody.not-holder'] },
  {
    evt: 'released',
    stage: 'at the door',
    wrong: 'while another offer is open',
    by: courier,
    found: [],
    because: 'it replaces the first (section 4, rule 6)',
  },
  { evt: 'accepted', stage: 'arrived', wrong: 'a second time', found: ['handoff.without-release'] },
  { evt: 'key-released', stage: 'carried', wrong: 'before the parcel has arrived', found: ['key.too-early'] },
  {
    evt: 'settled',
    stage: 'carried',
    wrong: 'with nothing in dispute',
    found: [],
    because: 'it may be recorded before the other branch',
  },
];

const lineEvents = [...catalogue.values()]
  .filter(({ chain, place }) => chain === 'shipment' && place === 'line')
  .map(({ evt }) => evt as ShipmentEvent);
const remarksOfAnybody: readonly ShipmentEvent[] = [
  'approved',
  'extracted',
  'redirected',
  'imported',
  'found',
  'witnessed',
];

const tooLate: readonly Told[] = [
  ...lineEvents
    .filter((evt) => evt !== 'opened' && evt !== 'destroyed')
    .map((evt): Told => ({ evt, stage: 'confirmed', wrong: 'after it was confirmed', found: ['custody.closed'] })),
  ...lineEvents.map((evt): Told => ({
    evt,
    stage: 'destroyed',
    wrong: 'after it was destroyed',
    found: ['custody.closed'],
  })),
  ...lineEvents.map((evt): Told => ({ evt, stage: 'voided', wrong: 'after it was voided', found: ['custody.closed'] })),
  ...(['inspected', 'attempted', 'held'] as const).map((evt): Told => ({
    evt,
    stage: 'confirmed',
    wrong: 'after it was confirmed',
    found: ['custody.not-holder'],
  })),
  ...remarksOfAnybody.map((evt): Told => ({
    evt,
    stage: 'destroyed',
    wrong: 'after it was destroyed',
    found: [],
    because: REMARK,
  })),
];

/** Before what it needs, and after the end. */
export const orderCases = (position: ReadonlyMap<string, Position>, stages: Stages): Promise<readonly BadCase[]> =>
  Promise.all(
    [...tooEarly, ...tooLate].map(async ({ evt, stage, wrong, by, found, because }): Promise<BadCase> => {
      const parcel = await stages.at(stage);
      const hand = by?.(stages.cast) ?? rightfulHand(evt, stages.cast);
      const { rel, ...claims } = statementAt(parcel, evt, hand);
      const from = position.get(evt);
      if (from === undefined) throw new Error(`no position of ${evt}`);
      return {
        evt,
        subject: 'said',
        wrong,
        token: await signedBy(hand, JSON.stringify(claims)),
        arrival: { recordedAt: (parcel.now + 60) * 1000 },
        position: { ...from, book: parcel.book },
        expected: recorded(...found),
        ...(because !== undefined && { because }),
      };
    }),
  );
