// What raises each code, in one line: the conditions of docs/protocol, section 5, as the judges read them.

import type { AlertCode } from '@unbroken/contracts';

export const raisedWhen: Readonly<Record<AlertCode, string>> = {
  'misdelivery.wrong-party':
    'accepted by another party than the open offer, else the release it answers, names, and without its mandate',
  'misdelivery.off-route':
    'released to, or accepted by, a party that is neither consignee nor on the way there, nor mandated',
  'misdelivery.wrong-place': 'a hand-off to the consignee, signed away from its place or at another',
  'misdelivery.stranger': 'a finder says "not mine"; one open alert a parcel',
  'place.unknown': 'a hand-off to the consignee without a position, where the policy wants one',
  'custody.not-holder': 'signed by another than the holder, or `voided` after it had left',
  'custody.not-consignee': '`confirmed` or `opened` by another than the consignee',
  'custody.role': 'signed by a party that may not say this, or in a role it was not granted',
  'custody.closed': 'a line token after the chain has ended',
  'custody.twice': 'registered, established or enrolled a second time',
  'seal.broken': 'a seal seen broken',
  'seal.missing': 'a seal not there',
  'seal.unknown': 'a seal seen as another one, or one that nobody put on',
  'parcel.opened': 'accepted as opened, confirmed as opened, or reported opened',
  'parcel.short': 'fewer pieces confirmed than registered, or reported short',
  'parcel.damaged': 'accepted as damaged, or reported damaged',
  'parcel.lost': 'reported lost',
  'parcel.stolen': 'reported stolen',
  'parcel.reported': 'reported as misdelivered, not in the parcel, or other',
  'handoff.unanswered':
    'released, and neither accepted, refused nor withdrawn by `until`, else by the time the policy gives its mode',
  'handoff.without-release': 'accepted while no offer was open, or naming no release by the holder',
  'delivered.unconfirmed':
    'another system says "delivered", and the consignee has not confirmed in the time the policy gives',
  'dispatch.overdue': 'registered, and not released within the time the policy gives',
  'arrival.overdue': '`due` has passed, and the consignee does not have it',
  'parcel.silent':
    'under way, and no token for the time the policy gives, while the pipeline of whoever holds it is proven alive',
  'dispatch.unencrypted': 'let go by its sender without the encryption its policy asks for',
  'dispatch.unapproved': 'let go by its sender before a second person approved, where its policy asks for that',
  'dispatch.break-glass': '`approved` with `glass`: its sender lets it go without a second person, and says why',
  'dispatch.no-basis': 'let go by its sender without a legal basis, where its policy asks for one',
  'dispatch.way-not-allowed': 'let go by its sender in a way its policy does not allow',
  'chain.disputed': 'a second line token on the same one: each branch but the first recorded; over once it is settled',
  'chain.gap': 'ten minutes after a token was recorded, one that it refers to is not',
  'chain.backdated': 'signed with an earlier time than what it hangs on',
  'clock.drift':
    'the clock of the uploading device over 5 minutes off, a time of signing over 5 minutes after the record, or a thing over 5 minutes after it was signed',
  'key.suspect': 'recorded before its key was taken back, and signed after the time from which it was',
  'key.revoked': 'recorded after its key was taken back, and signed after the time from which it was',
  'key.too-early':
    '`key-released` before an unopened arrival with intact seals, and not by a second person with a reason',
  'token.malformed': 'signed and recorded, but its claims, number or place cannot be read',
  'token.refused':
    'refused for its envelope, key or signature, and naming a parcel; one open alert a reason, from when the parcel is known',
  'log.split-view': 'somebody shows two checkpoints of a log that contradict each other',
  'log.stalled': 'a token is not recorded by the time it was promised',
  'log.tampered': 'the audit finds what is not as it was signed',
  'pipeline.silent':
    'no audit finished for 26 hours, no word of the ledger on its promises for one, or a parcel’s silence is due and nothing of whoever holds it has been heard for one',
  'incident.clock':
    '24, 48 and 72 hours after a person has said since when controller or processor are aware; not after it is said that the authority is notified, or why not',
};

/** Codes the protocol names and nothing raises yet, and what they wait for. */
export const notYetRaised: Readonly<Record<string, string>> = {
  'media.missing': 'the second copy of photographs',
  'digital.wrong-party': 'the vault',
  'digital.reuse': 'the vault',
  'digital.guessing': 'the vault',
  'digital.unpurged': 'the vault',
  'digital.probe-blind': 'the vault',
  'exposure.canary': 'planted identifiers',
  'exposure.personal-data': 'the scan for identifiers',
};
