// What every alert weighs and what to do now (docs/protocol, section 5; FEATURES A7): one short list of steps a code,
// spoken to whoever opens it. Calm, exact, no blame.

import type { AlertCode, Severity } from '@unbroken/contracts';

export interface Play {
  readonly severity: Severity;
  /** In the order in which to take them. */
  readonly steps: readonly string[];
}

const KEEP_IT_CLOSED = 'Ask whoever holds it to keep it closed and in one place.';
/** The step that the law gives 72 hours for (GDPR Art. 33). */
export const ASSESS = 'Decide with your data protection officer whether this is a breach to notify within 72 hours.';
const PHOTOGRAPH = 'Photograph every side and every seal before anybody touches it.';
const SET_THE_CLOCK = 'Find out which device signed it, and set its clock by the network.';

export const playbook: Readonly<Record<AlertCode, Play>> = {
  'misdelivery.wrong-party': {
    severity: 'critical',
    steps: [
      'Call the party that holds it now.',
      KEEP_IT_CLOSED,
      'Have it handed back or on, with two signatures.',
      ASSESS,
    ],
  },
  'misdelivery.off-route': {
    severity: 'critical',
    steps: [
      'Call the party that holds it now and ask how it came there.',
      KEEP_IT_CLOSED,
      'Sign a redirect if this way is right after all; otherwise have it brought back to the route.',
    ],
  },
  'misdelivery.wrong-place': {
    severity: 'critical',
    steps: [
      'Call the courier and ask where it was handed over, and to whom.',
      'Have the consignee look for it at that place.',
      'Do not count it as delivered before the consignee has confirmed it.',
    ],
  },
  'misdelivery.stranger': {
    severity: 'high',
    steps: [
      'Have the finder desk call the finder back, where they left a way to; take it for unverified until then.',
      'Ask whoever has it to keep it closed and in one place.',
      'Call the party that is said to hold it: do they have it?',
      'Have it fetched or handed back, with two signatures, and report it opened if it was.',
    ],
  },
  'place.unknown': {
    severity: 'medium',
    steps: ['Ask the courier where it was handed over.', 'Have the consignee confirm that it arrived unopened.'],
  },
  'custody.not-holder': {
    severity: 'high',
    steps: ['Find out where the parcel really is.', 'Have the party that holds it sign for it.'],
  },
  'custody.not-consignee': {
    severity: 'high',
    steps: ['Ask who confirmed it, and on whose behalf.', 'Have the consignee confirm it.'],
  },
  'custody.role': {
    severity: 'medium',
    steps: [
      'Ask the party why this device signed.',
      'If it may, ask the operator to grant the role; if it may not, have its key revoked.',
    ],
  },
  'custody.closed': {
    severity: 'high',
    steps: [
      'Ask the consignee whether the parcel is still with them.',
      'If another parcel was meant, have it corrected.',
    ],
  },
  'custody.twice': {
    severity: 'medium',
    steps: ['Check which registration is meant; the first one counts.', 'Have the system that signed twice looked at.'],
  },
  'seal.broken': {
    severity: 'critical',
    steps: [
      'Do not open it, and do not reseal it yet.',
      PHOTOGRAPH,
      'Call the sender and compare with the photograph taken at sealing.',
      ASSESS,
    ],
  },
  'seal.missing': {
    severity: 'critical',
    steps: ['Do not open it.', PHOTOGRAPH, 'Look for the seal where it was last seen.', 'Call the sender.', ASSESS],
  },
  'seal.unknown': {
    severity: 'high',
    steps: [PHOTOGRAPH, 'Compare the seal numbers with the sender: one may have been misread, or exchanged.'],
  },
  'parcel.opened': {
    severity: 'critical',
    steps: [
      'Do not look further into it.',
      PHOTOGRAPH,
      'Call the sender: what was in it, and was it encrypted?',
      'Write down who has been near it and since when.',
      ASSESS,
    ],
  },
  'parcel.short': {
    severity: 'high',
    steps: [
      'Count again, together with a second person.',
      'Ask the party before you for the missing pieces.',
      'If they are not found today, report them lost.',
    ],
  },
  'parcel.damaged': {
    severity: 'medium',
    steps: [PHOTOGRAPH, 'Check every seal.', 'Ask the sender whether it may travel on.'],
  },
  'parcel.lost': {
    severity: 'critical',
    steps: [
      'Search where it was last signed for.',
      'Call the party before and the party after that place.',
      'Tell the sender what was done, hour by hour.',
      ASSESS,
    ],
  },
  'parcel.stolen': {
    severity: 'critical',
    steps: ['Report it to the police and keep the reference.', 'Call the sender: was it encrypted?', ASSESS],
  },
  'parcel.reported': {
    severity: 'high',
    steps: ['Call whoever reported it.', 'Sign what they tell you as a report of its own, if it is about custody.'],
  },
  'handoff.unanswered': {
    severity: 'high',
    steps: [
      'Call the party it was offered to: do they have it?',
      'If they have it, ask them to accept it now.',
      'If they do not, take the offer back and look for the parcel.',
    ],
  },
  'handoff.without-release': {
    severity: 'high',
    steps: ['Ask who handed it over.', 'Have that party sign the release it owes.'],
  },
  'delivered.unconfirmed': {
    severity: 'high',
    steps: [
      'Call the consignee and ask whether it is in their hands.',
      'If it is, ask them to confirm it now.',
      'If it is not, ask the carrier where and to whom it was delivered, today.',
    ],
  },
  'arrival.overdue': {
    severity: 'high',
    steps: [
      'Call the party that holds it and ask when it will arrive.',
      'Tell the consignee, or sign a redirect with a new time.',
    ],
  },
  'dispatch.overdue': {
    severity: 'medium',
    steps: [
      'Look for it where it was packed: is it still there, closed and locked away?',
      'Hand it over, or void it if it is not to go; sign again with a new time if it goes later.',
    ],
  },
  'parcel.silent': {
    severity: 'high',
    steps: [
      'Call the party that holds it: where is it now, and who saw it last?',
      'Have it looked for where it was last signed for, and inspected when it is found.',
      'If it is not found today, report it lost.',
    ],
  },
  'dispatch.unencrypted': {
    severity: 'high',
    steps: ['Stop it and take it back.', 'Encrypt for the consignee and register it anew.'],
  },
  'dispatch.unapproved': {
    severity: 'high',
    steps: ['Stop it where it is.', 'Have a second person look at what left and sign the approval, or take it back.'],
  },
  'dispatch.break-glass': {
    severity: 'high',
    steps: [
      'Tell your data protection officer now, if a contact has not done it.',
      'Ask who broke the glass what could not wait, and keep the answer.',
      'Have a second person look at what is leaving; if it should not, stop it and take it back.',
    ],
  },
  'dispatch.no-basis': {
    severity: 'high',
    steps: ['Stop it where it is.', 'Find the legal basis; if there is none, take it back.'],
  },
  'dispatch.way-not-allowed': {
    severity: 'high',
    steps: ['Stop it where it is.', 'Send it by a way that your policy allows for this kind of data.'],
  },
  'chain.disputed': {
    severity: 'high',
    steps: ['Ask both parties which hand-off took place.', 'Whoever is responsible signs which of the two is true.'],
  },
  'chain.gap': {
    severity: 'medium',
    steps: [
      'Ask the device that handed it over to synchronise; it may still hold the missing statement.',
      'Whoever has a copy may upload it.',
    ],
  },
  'chain.backdated': { severity: 'medium', steps: [SET_THE_CLOCK, 'Ask when it really happened.'] },
  'clock.drift': { severity: 'low', steps: [SET_THE_CLOCK] },
  'key.suspect': {
    severity: 'high',
    steps: [
      'Ask the party who held the device when this was signed.',
      'Check by telephone that the hand-off took place.',
    ],
  },
  'key.revoked': {
    severity: 'high',
    steps: [
      'Take the device away from whoever uses it.',
      'If the statement is true, have a valid device of that party witness it.',
    ],
  },
  'key.too-early': {
    severity: 'high',
    steps: [
      'Ask who let the key go, and why it could not wait for the arrival.',
      'Have the consignee look at the seals and confirm before anybody uses the key.',
      'If the parcel was opened on the way, take its contents for readable by whoever had it.',
    ],
  },
  'token.malformed': {
    severity: 'medium',
    steps: [
      'Tell whoever runs the system that signed it.',
      'Have the statement signed again in a form that can be read.',
    ],
  },
  'token.refused': {
    severity: 'medium',
    steps: [
      'Find out which system sent it; it may be misconfigured, or somebody may be trying.',
      'Have the statement signed again with an enrolled key, if it was meant.',
    ],
  },
  'log.split-view': {
    severity: 'critical',
    steps: [
      'Trust no new receipt of this log, and keep the two checkpoints that came with this alert.',
      'Call every party that runs a witness, and compare what each of them has seen.',
      'Find out who could use the log’s key, and from when on.',
      'Have the parties’ own copies compared with the log, entry by entry.',
    ],
  },
  'log.stalled': {
    severity: 'high',
    steps: [
      'Look at /readyz and the log of the ledger: it may be down, or refuse to write.',
      'Look at /readyz of the services that take tokens, and at Kafka: what was taken may wait in an outbox.',
      'If all of them are well, keep their databases and Kafka’s topics as they are: a token was lost on its way.',
      'Ask those who sent tokens then to send them again: they keep them until they hold a receipt.',
    ],
  },
  'log.tampered': {
    severity: 'critical',
    steps: [
      'Run `unbroken audit` and keep its report: it names each place.',
      'Copy the database and the state folder as they are: they are evidence.',
      'Find out who could write to the database, and take that away.',
      'Stop the ledger and run `unbroken recover`: it puts back what was signed.',
    ],
  },
  'pipeline.silent': {
    severity: 'high',
    steps: [
      'Look at /readyz and the log of the ledger: its audit may have failed, or it may be down, or refuse to write.',
      'Run `unbroken audit`: what nobody has looked at may have been changed.',
      'Where it is a party’s pipeline: call that party, and look at its agent and its link to this hub. Until it is heard ' +
        'again nobody knows whether its parcels are well; what its devices signed meanwhile comes in by itself.',
    ],
  },
  'incident.clock': {
    severity: 'high',
    steps: [
      'Open the incident and complete the draft to the authority; what is not known yet goes into a later phase.',
      'Send it, and say so in the incident: notified, to whom, under which number.',
      'Or decide with your data protection officer that it is not to be notified, and say why.',
    ],
  },
};
