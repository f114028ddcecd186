// Every claim of every event with its form, as docs/protocol promises it (section 3); `?` where it may be left out.

import type { PartyEvent, ShipmentEvent } from '../events/catalogue.js';
import { listOf, members, named, oneNumberOf, oneOf, refusal, text, whole, yesOrNo } from './wrong-value.js';
import type { Form } from './wrong-value.js';

type Asked = Readonly<Record<string, Form>>;

const hash = text({
  'one character too short': 'A'.repeat(42),
  'one character too long': 'A'.repeat(44),
  'with left-over bits': `${'A'.repeat(42)}B`,
  'in base64 that is not of the URL': `+/${'A'.repeat(41)}`,
  'in hexadecimal': 'ab'.repeat(32),
});
const party = text({
  'of two characters': 'ab',
  'of 41 characters': 'a'.repeat(41),
  'in capitals': 'POST',
  'with a space': 'royal mail',
  'ending in a dash': 'post-',
  'with letters beyond a to z': 'pósta',
});
const site = text({
  'without its party': 'mailroom',
  'without its name': 'post/',
  'with two slashes': 'post/hall/door',
  'in capitals': 'Post/Hall',
});
/** In `sited` and `mandated` the issuer may leave its own name out. */
const ownSite = text({ 'with two slashes': 'post/hall/door', 'in capitals': 'Hall', 'without its name': 'post/' });
const time = whole(0, 253_402_300_799);
const code = text({
  'a sentence': 'Nobody was at home.',
  'in capitals': 'LOST',
  'of 41 characters': 'a'.repeat(41),
  'beginning with a digit': '2nd',
});
const label = text({
  'of 201 characters': 'a'.repeat(201),
  'of two lines': 'one\ntwo',
  'with a control character': 'a\u0007',
});
const person = text({ 'of 7 characters': 'clerk-1', 'of 65 characters': 'a'.repeat(65), 'a name': 'Anna Hansen' });
const sealId = text({ 'of 41 characters': 'A'.repeat(41), 'with a space': 'S 1', 'beginning with a dash': '-1' });
const seen = named(sealId, oneOf('intact', 'broken'));
const role = oneOf('sender', 'courier');
/** What verifies has to be a key, whatever else is asked of it. */
const jwk: Form = (good) => {
  const right = good as Readonly<Record<string, string>>;
  const form = (wrong: string, value: unknown, pointer = '') => refusal(wrong, value, 'key.form', pointer);
  return [
    form('null', null),
    form('text', 'seven'),
    form('a list', []),
    form('an object', {}, '/crv'),
    form('of another curve', { ...right, crv: 'X25519' }, '/crv'),
    form('with another member', { ...right, use: 'sig' }, '/use'),
    form('with a coordinate of 31 bytes', { ...right, x: 'A'.repeat(42) }, '/x'),
    refusal('with its private half', { ...right, d: right['x'] }, 'key.private', '/d'),
    refusal('no point of its curve', { ...right, x: `Ag${'A'.repeat(41)}` }, 'key.off-curve', '/x'),
    refusal('a point of small order', { ...right, x: `AQ${'A'.repeat(41)}` }, 'key.small-order', '/x'),
  ];
};
/** Without it nobody can verify what it is to verify itself. */
const ownJwk: Form = (good) => [refusal('missing', undefined, 'key.form'), ...jwk(good)];
/** Whatever text it is, it is no signature of the key. */
const pop: Form = (good) =>
  text({ 'of 63 bytes': 'A'.repeat(85), 'of another key': 'A'.repeat(86) })(good).map((fault) =>
    typeof fault.value === 'string' ? refusal(fault.wrong, fault.value, 'key.possession') : fault,
  );
const clock = text({ 'no time of day': '25:00', 'without its zero': '8:00', 'with seconds': '08:00:00' });
const basisCode = text({ 'of 61 characters': 'A'.repeat(61), 'with a space': 'Art. 6', 'beginning with a dot': '.6' });
const scheme = text({ 'in capitals': 'S10', 'of 21 characters': 'a'.repeat(21) });
const number = text({ 'of 51 characters': '1'.repeat(51), 'with a space': 'RR 123' });
const interval: Form = (good) => {
  const [from, to] = good as readonly [string, string];
  return [
    { wrong: 'of one time', value: [from], fault: 'form' },
    { wrong: 'of three times', value: [from, to, to], fault: 'form' },
    { wrong: 'ending before it begins', value: [to, from], fault: 'form' },
    ...clock(from).map((fault) => ({
      ...fault,
      wrong: `its begin: ${fault.wrong}`,
      value: [fault.value, to],
      below: '0',
    })),
  ];
};

/** Of every token but `iss`, `sub`, `jti`, `iat` and `evt`, which refuse it. */
const every: Asked = {
  'when?': time,
  'src?': hash,
  'by?': hash,
  'at?': site,
  'off?': oneNumberOf(50),
  'media?': listOf(hash, { atMost: 40 }),
  'note?': hash,
};
const seq = whole(0, Number.MAX_SAFE_INTEGER);
const opening: Asked = { ...every, seq };
const line: Asked = { ...every, prev: hash, seq };
const remark: Asked = { ...every, prev: hash };

const without = (claims: Asked, ...names: readonly string[]): Asked =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));

export const asked: Readonly<Record<ShipmentEvent | PartyEvent, Asked>> = {
  registered: {
    ...opening,
    aud: label,
    kind: oneOf('physical', 'digital'),
    to: party,
    'guest?': hash,
    'via?': listOf(party, { atMost: 20 }),
    contents: hash,
    class: oneOf('public', 'internal'),
    'basis?': members({ code: basisCode, ref: label }),
    enc: members({ how: oneOf('none', 'age'), 'sum?': hash }),
    due: time,
    pieces: whole(1, 1_000_000),
    'refs?': named(scheme, number),
    policy: hash,
  },
  sealed: { ...line, seals: named(sealId, oneOf('I', 'S')), 'wit?': hash },
  released: { ...line, to: party, 'seals?': seen, mode: oneOf('meet', 'drop'), 'until?': time },
  withdrawn: line,
  accepted: { ...line, 'rel?': hash, 'seals?': seen, cond: oneOf('ok', 'damaged') },
  refused: { ...line, 'rel?': hash, why: code },
  confirmed: { ...line, 'seals?': seen, pieces: whole(0, 1_000_000), unopened: yesOrNo },
  opened: { ...line, items: whole(0, 1_000_000_000) },
  destroyed: { ...line, how: code, 'cert?': hash },
  voided: { ...line, why: code },
  approved: { ...remark, 'for?': person, 'glass?': code },
  extracted: { ...remark, who: hash, why: code, dest: hash },
  inspected: { ...remark, seals: seen },
  attempted: { ...remark, why: code, 'until?': time },
  held: { ...remark, why: code, 'until?': time },
  redirected: { ...remark, to: party, 'via?': listOf(party, { atMost: 20 }), 'due?': time },
  reported: { ...remark, what: oneOf('lost', 'stolen') },
  imported: { ...without(remark, 'when?', 'src?'), what: code, when: time, src: hash },
  found: { ...remark, opened: oneOf('yes', 'no'), mine: yesOrNo, left: code, 'contact?': hash },
  witnessed: { ...remark, of: hash },
  corrected: { ...remark, of: hash, why: code },
  settled: { ...remark, of: hash },
  'key-released': { ...remark, wraps: hash },
  established: {
    ...opening,
    aud: label,
    name: label,
    roles: listOf(role, { atLeast: 1, atMost: 7 }),
    jwk: ownJwk,
    next: hash,
  },
  admitted: { ...remark, roles: listOf(role, { atMost: 7 }) },
  enrolled: {
    ...line,
    jwk,
    pop,
    use: oneOf('device', 'gateway'),
    roles: listOf(role, { atMost: 7 }),
    'person?': person,
    'idp?': oneOf('none', 'admin'),
  },
  revoked: { ...line, kid: hash, since: time, why: code },
  rooted: { ...line, jwk: ownJwk, next: hash },
  sited: {
    ...line,
    site: ownSite,
    geo: (good) => {
      const [latitude, longitude] = good as readonly [number, number];
      return [
        { wrong: 'of one number', value: [latitude], fault: 'form' },
        { wrong: 'of three numbers', value: [latitude, longitude, 0], fault: 'form' },
        { wrong: 'text', value: '55.68, 12.57', fault: 'form' },
        { wrong: 'beyond a pole', value: [900_001, longitude], below: '0', fault: 'form' },
        { wrong: 'beyond half way round', value: [latitude, 1_800_001], below: '1', fault: 'form' },
        { wrong: 'in degrees with a fraction', value: [55.68, 12.57], below: '0', fault: 'form' },
      ];
    },
    radius: whole(1, 100_000),
    'hours?': members({
      tz: text({ 'no zone of the IANA database': 'Europe/Atlantis', 'an offset': '+01:00' }),
      week: members({ 'mon?': listOf(interval, { atMost: 12 }) }),
      'closed?': listOf(text({ 'no date': '2026-02-30', 'a date written otherwise': '25.12.2026' }), {
        atMost: 1000,
        tooLarge: true,
      }),
    }),
  },
  mandated: { ...line, party, 'site?': ownSite, 'until?': time },
  policed: { ...line, policy: hash },
};
