// A chain at a terminal is the hub's word, and says so.

import { formatShipmentId, generateSigner, mintToken, newJti } from '@unbroken/tokens';
import type { SignerWithKey } from '@unbroken/tokens';
import { chainAnswer, someHead, someShipment, shownToken } from '@unbroken/words/fixture';
import { problem } from '../../fixture/answering-hub.js';
import { AtTerminal } from '../../fixture/at-terminal.js';

let terminal: AtTerminal;
let key: SignerWithKey;
beforeAll(async () => (key = await generateSigner('ES256')));
beforeEach(async () => (terminal = await AtTerminal.sitDown()));
afterEach(() => terminal.leave());

const claims = {
  iss: 'danish-post',
  sub: someShipment,
  iat: 1_424_338_860,
  prev: someHead,
  evt: 'held',
  why: 'customs',
};
const shown = async () => shownToken(await mintToken({ ...claims, jti: newJti() }, key.signer));
const types = async (...tokens: Parameters<typeof chainAnswer>[1] & object) => {
  const answers = {
    [`GET /ledger/v1/chains/${someShipment}`]: { status: 200, body: chainAnswer({}, tokens) },
    'GET /registry/v1/parties/danish-post': problem(404, 'party.unknown', 'No such party.'),
  };
  expect(await terminal.typesTo(answers, 'chain', someShipment)).toBe(0);
};

it('as signed → no alarm, and that nothing was checked, and how to', async () => {
  await types(await shown());
  expect(terminal.out).not.toContain('!');
  expect(terminal.out).toContain('no signature was checked');
  expect(terminal.out).toContain(`unbroken evidence ${formatShipmentId(someShipment)} --out FILE`);
});

it('other bytes behind an id, as somebody with the database can put there → alarm, at that one alone', async () => {
  const [one, other] = [await shown(), await shown()];
  await types(one, { ...other, token: (await shown()).token });
  expect(terminal.out.match(/^! The hub shows other bytes.*$/gm)).toEqual([
    expect.stringContaining(other.tid.slice(0, 8)),
  ]);
});
