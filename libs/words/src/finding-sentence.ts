// Findings, and what else is alarmed of, as people read them: calm, exact, no blame. The code stays beside the sentence for the
// help desk, and never in a letter.

import type { AlertCode } from '@unbroken/contracts';

const sentences: Readonly<Record<AlertCode, string>> = {
  'misdelivery.wrong-party': 'Accepted by another party than it was offered to.',
  'misdelivery.off-route': 'It went to a party that is not on its route.',
  'misdelivery.wrong-place': 'The hand-off was not at the place of the party it is meant for.',
  'misdelivery.stranger': 'A finder says that it is not meant for them; nobody has verified that.',
  'place.unknown': 'Nobody can say where the hand-off was.',
  'custody.not-holder': 'Signed by somebody who did not hold the parcel.',
  'custody.not-consignee': 'Signed by somebody who is not the consignee.',
  'custody.role': 'Signed by a party that was not granted this role.',
  'custody.closed': 'Signed after the chain was closed.',
  'custody.twice': 'Registered a second time.',
  'seal.broken': 'A seal that was whole was seen broken.',
  'seal.missing': 'A seal that was put on was not there.',
  'seal.unknown': 'A seal was seen that nobody had put on.',
  'parcel.opened': 'The parcel had been opened on the way.',
  'parcel.short': 'Fewer pieces arrived than were sent.',
  'parcel.damaged': 'The parcel was damaged.',
  'parcel.lost': 'The parcel is reported lost.',
  'parcel.stolen': 'The parcel is reported stolen.',
  'parcel.reported': 'Somebody reported that something is wrong with the parcel.',
  'handoff.unanswered': 'It was offered, and nobody signed for it in time.',
  'handoff.without-release': 'Accepted although it was not on offer.',
  'delivered.unconfirmed': 'Said to be delivered, and the consignee has not confirmed it in time.',
  'arrival.overdue': 'It was due, and it has not arrived.',
  'dispatch.overdue': 'It was registered, and it has not left its sender in time.',
  'parcel.silent': 'Nothing has been heard of it on its way for too long.',
  'dispatch.unencrypted': 'It left unencrypted, against the policy.',
  'dispatch.unapproved': 'It left without the approval of a second person.',
  'dispatch.break-glass': 'It may leave without a second person, for a reason that was given.',
  'dispatch.no-basis': 'It left without a legal basis being named.',
  'dispatch.way-not-allowed': 'It left by a way that the policy does not allow.',
  'chain.disputed': 'Two statements about the same moment contradict each other.',
  'chain.gap': 'A statement before this one is missing.',
  'chain.backdated': 'Signed with an earlier time than what it follows.',
  'clock.drift': 'The device’s clock was more than five minutes off.',
  'key.suspect': 'Signed with a key that was taken back later.',
  'key.revoked': 'Signed with a key that had been taken back.',
  'key.too-early': 'The key was let go before an unopened arrival with intact seals.',
  'token.malformed': 'What was signed could not be understood.',
  'token.refused': 'A statement about this parcel was refused.',
  'log.split-view': 'Two copies of the record contradict each other.',
  'log.stalled': 'A statement was not recorded by the time it was promised.',
  'log.tampered': 'The record was found changed.',
  'pipeline.silent': 'Nothing was heard any more from somebody who should have reported.',
  'incident.clock': 'The 72 hours for telling the authority are running.',
};

/** What a finding means; a code of a newer hub stands for itself. */
export const findingSentence = (code: string): string => (sentences as Readonly<Record<string, string>>)[code] ?? code;
