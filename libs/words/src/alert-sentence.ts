// What happened, in one sentence, to somebody who has never read the protocol.

import type { AlertCode } from '@unbroken/contracts';
import type { Facts } from './facts.js';
import { reportWords } from './report-words.js';

const sentences: Readonly<Record<AlertCode, (facts: Facts) => string>> = {
  'misdelivery.wrong-party': ({ signer, release, name }) =>
    release === undefined
      ? `${signer} accepted the parcel, which was offered to somebody else.`
      : `${signer} accepted the parcel, which ${name(release.iss)} had offered to ${name(release.to)}.`,
  'misdelivery.off-route': ({ signer, said, name }) => {
    const to = said('released')?.to;
    return to === undefined
      ? `${signer} accepted the parcel and is not on its route.`
      : `${signer} offered the parcel to ${name(to)}, which is not on its route.`;
  },
  'misdelivery.wrong-place': ({ signer, claims, consignee }) => {
    const off = claims?.off ?? 0;
    return off > 0
      ? `${signer} signed the hand-off to ${consignee} up to ${off} m away from their place.`
      : `${signer} signed the hand-off to ${consignee} at another place than theirs.`;
  },
  'misdelivery.stranger': ({ said }) => {
    const opened = { yes: ', opened', no: ', unopened', unknown: '' }[said('found')?.opened ?? 'unknown'];
    return `A finder says that the parcel is with them${opened}, and that it is not meant for them. Nobody has verified it.`;
  },
  'place.unknown': ({ signer, consignee }) =>
    `${signer} signed the hand-off to ${consignee} without saying how far away.`,
  'custody.not-holder': ({ signer, claims }) => `${signer} signed "${claims?.evt ?? ''}" without holding the parcel.`,
  'custody.not-consignee': ({ signer, claims, consignee }) =>
    `${signer} signed "${claims?.evt ?? ''}", which is for ${consignee} to sign.`,
  'custody.role': ({ signer, claims }) => `${signer} signed "${claims?.evt ?? ''}" in a role that it was not granted.`,
  'custody.closed': ({ signer, claims }) =>
    `${signer} signed "${claims?.evt ?? ''}" after the parcel’s chain was closed.`,
  'custody.twice': ({ signer }) => `${signer} registered this parcel a second time.`,
  'seal.broken': ({ signer, sealsSeen, meanwhile }) => `${signer} found ${sealsSeen('broken')} broken${meanwhile}.`,
  'seal.missing': ({ signer, sealsSeen, meanwhile }) => `${signer} did not find ${sealsSeen('missing')}${meanwhile}.`,
  'seal.unknown': ({ signer }) => `${signer} saw a seal that differs from what was sealed.`,
  'parcel.opened': ({ signer, meanwhile }) => `${signer} found that the parcel had been opened${meanwhile}.`,
  'parcel.short': ({ signer, said, state }) =>
    `${signer} counted ${said('confirmed')?.pieces ?? 'too few'} of ${state?.pieces ?? 'the'} pieces.`,
  'parcel.damaged': ({ signer, meanwhile }) => `${signer} found the parcel damaged${meanwhile}.`,
  'parcel.lost': ({ signer }) => `${signer} reported the parcel lost.`,
  'parcel.stolen': ({ signer }) => `${signer} reported the parcel stolen.`,
  'parcel.reported': ({ signer, said }) => `${signer} reported: ${reportWords[said('reported')?.what ?? 'other']}.`,
  'handoff.unanswered': ({ signer, said, name, due }) =>
    `${signer} offered the parcel to ${name(said('released')?.to)}, and no answer was signed by ${due}.`,
  'handoff.without-release': ({ signer }) => `${signer} accepted the parcel, and no offer of it was open.`,
  'delivered.unconfirmed': ({ signer, consignee, due }) =>
    `${signer} says that the parcel was delivered; ${consignee} had not confirmed it by ${due}.`,
  'arrival.overdue': ({ consignee, due }) => `The parcel was due at ${consignee} by ${due} and had not arrived.`,
  'dispatch.overdue': ({ signer, due }) => `${signer} registered the parcel and had let nobody have it by ${due}.`,
  'parcel.silent': ({ signer, claims, due }) =>
    `Nothing was heard of the parcel after ${signer} signed "${claims?.evt ?? ''}"; word of it was due by ${due}.`,
  'dispatch.unencrypted': ({ signer }) =>
    `${signer} let the parcel go without the encryption that its policy asks for.`,
  'dispatch.unapproved': ({ signer }) => `${signer} let the parcel go before a second person had approved it.`,
  'dispatch.break-glass': ({ signer, said }) =>
    `${signer} let the parcel be dispatched without a second person, and gave as the reason: ${said('approved')?.glass ?? 'none'}.`,
  'dispatch.no-basis': ({ signer }) => `${signer} let the parcel go without naming a legal basis.`,
  'dispatch.way-not-allowed': ({ signer }) => `${signer} let the parcel go by a way that its policy does not allow.`,
  'chain.disputed': ({ signer }) =>
    `${signer} signed another hand-off at the same place in the chain as the one recorded first.`,
  'chain.gap': ({ signer }) => `${signer} signed something that follows a statement nobody has sent yet.`,
  'chain.backdated': ({ signer }) => `${signer} signed this with a time before that of what it follows.`,
  'clock.drift': ({ signer, drift }) => `The device of ${signer} has a clock that is ${offBy(drift)} off.`,
  'key.suspect': ({ signer }) =>
    `${signer} has revoked the key that signed this; when it was recorded nobody knew that yet.`,
  'key.revoked': ({ signer }) =>
    `This was signed for ${signer} with a key that had been revoked; it counts for nothing.`,
  'key.too-early': ({ signer, consignee }) =>
    `${signer} let the key go before ${consignee} had confirmed an unopened arrival with intact seals.`,
  'token.malformed': ({ malformed }) =>
    `A statement about the parcel could not be understood${malformed === undefined ? ' in its place' : ` (${malformed})`}.`,
  'token.refused': ({ alert }) =>
    `A statement about the parcel was refused${alert.refusal === null ? '' : ` (${alert.refusal})`}.`,
  'log.split-view': () => 'A log of this hub has signed two histories that contradict each other.',
  'log.stalled': ({ alert, due }) => `The record has stalled since ${due}${said(alert.refusal)}.`,
  'log.tampered': ({ alert }) => `The audit found that the record was changed${said(alert.refusal)}.`,
  'pipeline.silent': ({ alert, due }) =>
    `${alert.refusal ?? 'No audit of the record has been finished'} since one was due, by ${due}.`,
  'incident.clock': ({ alert }) =>
    `${alert.refusal ?? 'Hours of the 72 have passed since somebody was aware of a breach'}, and nobody has said whether the authority is notified.`,
};

const said = (what: string | null): string => (what === null ? '' : `: ${what}`);

const offBy = (seconds: number | undefined): string => `${Math.round(Math.abs(seconds ?? 0) / 60)} minutes`;

const LATE = 'You hear of it late: when it fell due, nobody here could know.';

/** What happened; parties by name where a name is known. */
export function alertSentence(code: AlertCode, facts: Facts): string {
  const sentence = sentences[code](facts);
  return facts.alert.late ? `${sentence} ${LATE}` : sentence;
}
