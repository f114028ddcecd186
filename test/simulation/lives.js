// How a registered parcel travels: registered, let go, carried, handed over, confirmed; and everything that goes wrong with
// two of a hundred, each kind at its own place on the way.

import {
  at,
  couriers,
  expired,
  facilities,
  mailroom,
  receivers,
  senders,
  withFacilities,
  workingDays,
} from './country.js';
import { Parcel } from './parcel.js';

/** @typedef {import('./chance.js').Chance} Chance */
/** @typedef {keyof typeof import('./troubles.js').troubles} Trouble */

const HOUR = 3600;
const MINUTE = 60;

/** A way into the month from which the parcel can arrive before its end. */
const LATEST_START = workingDays.length - 9;

/**
 * @param {Chance} chance @param {Trouble | null} trouble
 * @returns {Parcel}
 */
export function live(chance, trouble) {
  const has = (/** @type {Trouble[]} */ ...names) => trouble !== null && names.includes(trouble);
  const first = chance.between(0, LATEST_START);
  const day = (/** @type {number} */ after) => /** @type {string} */ (workingDays[first + after]);
  const sender = chance.of(senders);
  const to = has('mandate-expired')
    ? expired
    : has('mandate-elsewhere')
      ? chance.of(withFacilities)
      : chance.of(has('mandate-of-nobody') ? receivers.slice(6) : receivers);
  const courier = chance.happens(0.7) ? 'national-post' : chance.of(couriers);
  const others = couriers.filter((other) => other !== courier);
  const second = chance.happens(0.2) && !has('off-route') ? chance.of(others) : null;
  const parcel = new Parcel(sender, { to, via: second === null ? [courier] : [courier, second] });
  const { say, handOff } = { say: parcel.say.bind(parcel), handOff: parcel.handOff.bind(parcel) };
  const begins = at(day(0), chance.between(8 * HOUR + 900, 11 * HOUR));

  // At the sender's.
  const kind = has('unapproved', 'unencrypted', 'way-not-allowed', 'glass-broken')
    ? 'sensitive'
    : has('no-basis')
      ? 'personal'
      : chance.of(['internal', 'internal', 'internal', 'personal', 'sensitive']);
  parcel.register(begins, {
    class: kind,
    enc: { how: kind === 'sensitive' && !has('unencrypted') ? 'luks' : 'none' },
    ...(kind !== 'internal' && !has('no-basis') && { basis: { code: 'gdpr-6-1-e', ref: 'Act 12' } }),
    ...(has('short') && { pieces: 3 }),
    ...(has('late') && { due: begins + 3 * HOUR }),
  });
  if (has('never-left')) return parcel;
  const isSealed = has('seal-broken', 'seal-missing') || chance.happens(0.5);
  if (isSealed) say('sealed', sender, begins + 5 * MINUTE, { seals: { A: 'H' } });
  if (kind === 'sensitive' && !has('unapproved', 'glass-broken'))
    say('approved', sender, begins + 10 * MINUTE, {}, { person: 'second-person' });
  if (has('glass-broken')) say('approved', sender, begins + 10 * MINUTE, { glass: 'court-order' });
  const leaves = begins + chance.between(30, 120) * MINUTE;
  if (has('without-release')) say('accepted', courier, leaves - 5 * MINUTE, { cond: 'ok' });
  if (has('unanswered')) {
    say('released', sender, leaves, { to: courier, mode: 'meet' });
    say('accepted', courier, leaves + 40 * MINUTE, { cond: 'ok' });
  } else if (has('backdated')) {
    say('released', sender, leaves, { to: courier, mode: 'meet' });
    say('accepted', courier, leaves - 2 * MINUTE, { cond: 'ok' }, { recorded: leaves + MINUTE });
  } else if (has('offline')) {
    say('released', sender, leaves, { to: courier, mode: 'meet' }, { recorded: leaves + 3 * HOUR });
    say('accepted', courier, leaves + 120, { cond: 'ok' }, { recorded: leaves + 2 * HOUR });
  } else {
    handOff(sender, courier, leaves, {
      release: { ...(has('way-not-allowed') && { mode: 'drop' }) },
      accept: { ...(has('damaged') && { cond: 'damaged' }) },
    });
  }

  // On the way.
  let holder = courier;
  const carried = leaves + 3 * HOUR + 10 * MINUTE;
  if (has('lost', 'stolen')) {
    say('reported', courier, carried, { what: trouble });
    return parcel;
  }
  if (has('not-holder')) say('inspected', chance.of(others), carried, { seals: {} });
  if (has('clock-off')) say('inspected', courier, carried, { seals: {} }, { drift: 700 });
  if (has('key-suspect')) say('inspected', courier, carried, { seals: {} }, { key: 'suspect' });
  if (has('seal-broken', 'seal-missing'))
    say('inspected', courier, carried, { seals: { A: has('seal-broken') ? 'broken' : 'missing' } });
  if (has('sent-back')) {
    handOff(courier, sender, carried);
    handOff(sender, courier, carried + HOUR);
  }
  if (chance.happens(0.5)) handOff(courier, courier, carried + 2 * HOUR);
  if (has('off-route')) {
    const stranger = chance.of(others);
    handOff(courier, stranger, carried + 3 * HOUR);
    holder = stranger;
  }
  if (second !== null) {
    handOff(courier, second, at(day(1), 6 * HOUR));
    holder = second;
  }

  // At the door.
  const arrives = has('silent') ? day(7) : day(chance.between(1, 2));
  const comes = at(arrives, chance.between(9 * HOUR, 12 * HOUR));
  const next = at(/** @type {string} */ (workingDays[workingDays.indexOf(arrives) + 2]), 10 * HOUR);
  const place = { at: mailroom(to), off: 0 };
  if (has('refused')) {
    say('released', holder, comes, { to, mode: 'meet', ...place });
    say('refused', to, comes + 120, { why: 'not-ordered' });
    say('redirected', sender, comes + HOUR, { to: sender, via: [holder] });
    handOff(holder, sender, comes + 2 * HOUR);
    say('confirmed', sender, comes + 3 * HOUR, { pieces: 1, unopened: true });
    return parcel;
  }
  if (has('unconfirmed', 'found-by-stranger') || (trouble === null && chance.happens(0.25))) {
    const said = { what: 'delivered', when: comes, src: parcel.head.tid };
    say('imported', holder, comes + HOUR, said, { use: 'gateway' });
    if (has('unconfirmed')) return parcel;
    if (has('found-by-stranger')) {
      say('found', 'finder-desk', comes + 2 * HOUR, { opened: 'no', mine: false, left: 'kept-closed' });
      handOff(holder, to, next, { release: place });
      say('confirmed', to, next + HOUR, { pieces: 1, unopened: true });
      return parcel;
    }
    say('confirmed', to, comes + chance.between(30, 180) * MINUTE + HOUR, { pieces: 1, unopened: true });
    return parcel;
  }
  if (trouble === null && chance.happens(0.15)) {
    say('attempted', holder, comes, { why: 'nobody-home' });
    say('held', holder, comes + HOUR, { why: 'depot' });
    return handedOver(next);
  }
  return handedOver(comes);

  /** @param {number} when */
  function handedOver(when) {
    if (has('disputed')) {
      const on = parcel.head;
      const truth = say('released', holder, when, { to, mode: 'meet', ...place });
      say('released', holder, when + 60, { to, mode: 'meet', ...place }, { after: on });
      say('settled', holder, when + 120, { of: truth.tid }, { after: truth });
      say('accepted', to, when + 180, { cond: 'ok' }, { after: truth });
    } else if (has('wrong-hands')) {
      const wrong = chance.of(receivers.filter((other) => other !== to));
      handOff(holder, to, when, { release: place, by: wrong });
      handOff(wrong, holder, when + HOUR);
      handOff(holder, to, when + 2 * HOUR, { release: place });
    } else if (has('mandate-expired', 'mandate-of-nobody', 'mandate-elsewhere')) {
      const there = { at: has('mandate-elsewhere') ? `${to}/annex` : mailroom(to), off: 0 };
      handOff(holder, to, when, { release: there, accept: there, by: facilities });
      handOff(facilities, to, when + HOUR, { release: place });
    } else if (has('far-away')) handOff(holder, to, when, { release: { at: mailroom(to), off: 500 } });
    else if (has('other-door')) handOff(holder, to, when, { release: { at: mailroom('somebody-else'), off: 0 } });
    else {
      const by = withFacilities.includes(to) && chance.happens(0.5) ? facilities : to;
      handOff(holder, to, when, { release: place, accept: place, by });
    }
    if (has('wrong-signer'))
      say('confirmed', chance.of(receivers.filter((other) => other !== to)), when + 2 * HOUR, {
        pieces: 1,
        unopened: true,
      });
    say('confirmed', to, when + 2 * HOUR + chance.between(10, 60) * MINUTE, {
      pieces: has('short') ? 2 : parcel.pieces,
      unopened: !has('opened'),
    });
    return parcel;
  }
}
