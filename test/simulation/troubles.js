// Every kind of trouble, and what must be raised of it: that, and nothing else.

const OVERDUE = 'arrival.overdue';
const WRONG_HANDS = ['misdelivery.wrong-party', 'misdelivery.off-route'];

export const troubles = {
  'never-left': ['dispatch.overdue', OVERDUE],
  unapproved: ['dispatch.unapproved'],
  unencrypted: ['dispatch.unencrypted'],
  'no-basis': ['dispatch.no-basis'],
  'way-not-allowed': ['dispatch.way-not-allowed'],
  'glass-broken': ['dispatch.break-glass'],
  'without-release': ['handoff.without-release'],
  unanswered: ['handoff.unanswered'],
  backdated: ['chain.backdated'],
  /** Two phones in a basement, one of them in the depot before the other: it closes by itself. */
  offline: ['chain.gap'],
  damaged: ['parcel.damaged'],
  lost: ['parcel.lost', OVERDUE],
  stolen: ['parcel.stolen', OVERDUE],
  'not-holder': ['custody.not-holder'],
  'clock-off': ['clock.drift'],
  'key-suspect': ['key.suspect'],
  'seal-broken': ['seal.broken'],
  'seal-missing': ['seal.missing'],
  'sent-back': ['misdelivery.off-route'],
  'off-route': ['misdelivery.off-route'],
  silent: ['parcel.silent'],
  late: [OVERDUE],
  /** Turned away and sent back as the sender says: nobody has done anything wrong. */
  refused: [],
  /** The envelope that lies at another office, whose post does not scan at the door. */
  unconfirmed: ['delivered.unconfirmed', 'parcel.silent', OVERDUE],
  'found-by-stranger': ['misdelivery.stranger', 'delivered.unconfirmed'],
  disputed: ['chain.disputed'],
  'wrong-hands': WRONG_HANDS,
  'mandate-expired': WRONG_HANDS,
  'mandate-of-nobody': WRONG_HANDS,
  'mandate-elsewhere': WRONG_HANDS,
  'far-away': ['misdelivery.wrong-place'],
  'other-door': ['misdelivery.wrong-place'],
  'wrong-signer': ['custody.not-consignee'],
  short: ['parcel.short'],
  opened: ['parcel.opened'],
};
