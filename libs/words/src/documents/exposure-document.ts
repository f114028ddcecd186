// The exposure report in words: what was signed, what follows from it, and what nobody can know.

import type { ExposureReport, ExposureStatement, ExposureWindow } from '@unbroken/custody';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { gradeWords } from '../grade-words.js';
import type { NameOf } from '../name-of.js';
import { utcMoment } from '../utc-moment.js';
import type { Part, PlainDocument } from './document.js';
import { said } from './document.js';

const COPIES = 'That a copy was made cannot be excluded.';

export function exposureDocument(report: ExposureReport, name: NameOf): PlainDocument {
  const label = formatShipmentId(report.sub as ShipmentId);
  const { windows } = report;
  return {
    title: `Exposure of parcel ${label}`,
    foot: `${label} · As of ${utcMoment(report.asOf)}. Computed from what was signed; the evidence of the parcel holds the proofs.`,
    sections: [
      { heading: 'In short', parts: inShort(report, name) },
      { heading: 'What was in it', parts: contents(report) },
      ...windows.map((window, at) => ({
        heading: `${at + 1}. ${kinds[window.kind]}`,
        parts: windowParts(window, report, name),
      })),
      { heading: 'What was signed about it', parts: statements(windows, name) },
      { heading: 'What cannot be known from this', parts: unknowns(report).map((text) => ({ text: `? ${text}` })) },
    ],
  };
}

const kinds: Readonly<Record<ExposureWindow['kind'], string>> = {
  'wrong-hands': 'In the hands of a party that was not to have it',
  opened: 'Open, or with a seal that differs',
  claimed: 'Signed for by a party that was handed nothing',
  finder: 'With somebody nobody knows, as a finder says',
  lost: 'Reported lost or stolen',
  unconfirmed: 'Called delivered by another system, and confirmed by nobody',
};

/** One window in a sentence: "from … until …, in the hands of …". */
export function exposureSentence(window: ExposureWindow, name: NameOf): string {
  const since = window.from === null ? 'from an unknown time' : `at the earliest from ${utcMoment(window.from.at)}`;
  const until = window.to === null ? 'and not ended' : `until ${utcMoment(window.to.at)}`;
  return `${kinds[window.kind]}: ${since}, shown at ${utcMoment(window.seen.at)}, ${until}; ${handsSaid(window, name)}.`;
}

type Hand = ExposureWindow['hands'][number];

/** Who was to have it had it until the wrong hands signed: the window begins with the last statement in order, which is theirs. */
function rightfulAndOthers({ kind, hands, custodian }: ExposureWindow): [Hand | undefined, readonly Hand[]] {
  const [first, ...others] = hands;
  return kind === 'wrong-hands' && others.length > 0 && first?.party === custodian
    ? [first, others]
    : [undefined, hands];
}

function handsSaid(window: ExposureWindow, name: NameOf): string {
  const [rightful, others] = rightfulAndOthers(window);
  const named = [...new Set(others.map(({ party }) => who(party, name)))].join(', then ') || 'nobody known';
  if (rightful === undefined || rightful.to === null) return `in the hands of ${named}`;
  return `with ${name(rightful.party)}, who was to have it, until ${utcMoment(rightful.to)}, then in the hands of ${named}`;
}

const who = (party: string | null, name: NameOf): string => (party === null ? 'somebody unknown' : name(party));

function inShort({ windows, unread }: ExposureReport, name: NameOf): Part[] {
  const unreadable =
    unread === 0 ? [] : [{ text: `${unread} statements could not be read or placed; they are not in this.` }];
  if (windows.length === 0) {
    return [
      {
        text: 'Nothing that was signed shows that anybody had it who was not to, or that it was open.',
        look: 'strong',
      },
      ...unreadable,
    ];
  }
  return [
    ...windows.map((window): Part => ({ text: exposureSentence(window, name), look: 'alarm' })),
    { text: COPIES, look: 'strong' },
    ...unreadable,
  ];
}

/** What may have been copied, of what its sender registered. */
export function copiedSentence({ contents }: Pick<ExposureReport, 'contents'>): string {
  if (contents === null) return 'What was in it is not known: nothing that can be read registers it.';
  const { how, keyReleased } = contents;
  if (how === 'none') return `All of it could be read and copied: its sender registered it as not encrypted. ${COPIES}`;
  const key =
    keyReleased === null
      ? 'Nobody has said that the key was let go.'
      : `Its sender let the key go at ${utcMoment(keyReleased)}.`;
  return `What could be copied is encrypted (${how}), as its sender registered it; whoever has the key can read it. ${key} ${COPIES}`;
}

function contents(report: ExposureReport): Part[] {
  const { contents: known } = report;
  if (known === null) return [{ text: copiedSentence(report) }];
  return [
    said('As registered', `${known.class}, ${known.kind}, ${known.pieces} ${known.pieces === 1 ? 'piece' : 'pieces'}`),
    said('May have been copied', copiedSentence(report)),
    said('Contents', `only a commitment is signed: ${known.commitment}. Its sender keeps what it opens to.`),
  ];
}

function windowParts(window: ExposureWindow, report: ExposureReport, name: NameOf): Part[] {
  const { from, seen, to, custodian } = window;
  const [rightful, others] = rightfulAndOthers(window);
  return [
    said('In order until', from === null ? 'no statement says so' : `${told(from, name)}, if that is true`),
    said('Shown by', told(seen, name)),
    said('In order again', to === null ? 'not yet' : told(to, name)),
    said('Length', lengthOf(window, report.asOf)),
    said('Responsible then', name(custodian)),
    ...(rightful === undefined ? [] : [said('Before, as was right, with', held(rightful, name))]),
    ...others.map((hand) => said('In the hands of', held(hand, name))),
    said('Seals before', sealsIn(window.sealsBefore)),
    said('Seals after', sealsIn(window.sealsAfter)),
    said('Opened', openings[window.opened]),
  ];
}

const held = ({ party, from, to }: Hand, name: NameOf): string =>
  `${who(party, name)}, ${utcMoment(from)} to ${to === null ? 'now, as far as is known' : utcMoment(to)}`;

const openings: Readonly<Record<ExposureWindow['opened'], string>> = {
  said: 'yes, as a statement says',
  seals: 'not said; a seal differs, so it may have been',
  'seals-intact': 'not said; every seal was seen whole after. A seal shows much and proves nothing.',
  unknown: 'unknown',
};

const sealsIn = (seals: Readonly<Record<string, string>>): string =>
  Object.entries(seals)
    .map(([id, seen]) => `${id} ${seen}`)
    .join(', ') || 'none';

const told = ({ evt, by, at, grade }: ExposureStatement, name: NameOf): string =>
  `${utcMoment(at)}, by the clock of ${name(by)}: "${evt}", signed with ${gradeWords(grade)}`;

/** From the last moment in order to the first again: it was no longer than that, if the clocks were right. */
function lengthOf({ from, seen, to }: ExposureWindow, asOf: number): string {
  const minutes = Math.max(0, Math.round(((to?.at ?? asOf) - (from ?? seen).at) / 60));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const parts = [days > 0 ? `${days} d` : '', hours > 0 ? `${hours} h` : '', `${minutes % 60} min`].filter(Boolean);
  return `${to === null ? 'so far ' : 'at most '}${parts.join(' ')}`;
}

function statements(windows: readonly ExposureWindow[], name: NameOf): Part[] {
  const all = windows.flatMap(({ from, seen, to }) => [from, seen, to]).filter((one) => one !== null);
  const once = [...new Map(all.map((one) => [one.tid, one])).values()].sort((a, b) => a.at - b.at);
  if (once.length === 0) return [{ text: 'The whole chain; see its evidence.' }];
  return [
    { text: 'Each is one party’s word. All above this is computed from them and signed by nobody.' },
    ...once.map((one) =>
      said(
        utcMoment(one.at),
        `${name(one.by)}: ${one.evt}; recorded ${utcMoment(Math.floor(one.recordedAt / 1000))}; ${one.tid}`,
      ),
    ),
  ];
}

function unknowns({ windows }: ExposureReport): string[] {
  return [
    ...(windows.length === 0 ? ['That nobody had it in between: only what was signed is known.'] : []),
    'Whether a copy was made, and by whom. No chain can show that none was.',
    'Who, at each party, saw it.',
    'What happened between two statements.',
    'Whether the clocks of those who signed were right; the times of record, by the clock of the log, are the latest they can be.',
    ...(windows.some(({ kind, seen }) => kind === 'finder' || seen.evt === 'found')
      ? ['Whether what the finder says is true: nobody has verified it.']
      : []),
    ...(windows.some(({ opened }) => opened === 'unknown')
      ? ['Whether it was opened where no statement says so.']
      : []),
  ];
}
