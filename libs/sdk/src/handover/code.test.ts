// Codes as they are shown and read: drawn as a QR code, and read back out of its picture by a decoder.

import decodeQR from 'qr/decode.js';
import { newJti } from '@unbroken/tokens';
import { pictureOf } from '../fixture/picture-of.js';
import { someToken } from '../fixture/some-outbox-token.js';
import { handoverCode, MOST_CODE_BYTES, readHandoverCode } from './code.js';
import { codeModules, drawCode } from './draw-code.js';

const release = (more: object = {}) => someToken({ evt: 'released', seq: 1, to: 'statistics', mode: 'meet', ...more });

/** Modules across, without the quiet zone; version 20 has 97. */
const across = (text: string) => codeModules(text).length - 8;

it('an offer → one QR code, and out of its picture the same token', async () => {
  const token = await release();
  const code = handoverCode(token);
  expect(decodeQR(pictureOf(code))).toBe(token);
  expect(readHandoverCode(code)).toMatchObject({ kind: 'offer', token });
});

it('the largest that is allowed → a code of version 20; one character more is refused', async () => {
  const seals = (count: number, length: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}`.padEnd(length, 'S'), 'unobserved']));
  let largest = '';
  let refused = 0;
  for (let length = 2; length <= 40; length += 1) {
    const token = await release({ seals: seals(6, length) });
    if (token.length <= MOST_CODE_BYTES) largest = handoverCode(token);
    else {
      refused += 1;
      expect(() => handoverCode(token)).toThrow(/one code carries 850/);
    }
  }
  expect(refused).toBeGreaterThan(0);
  expect(largest.length).toBeGreaterThan(MOST_CODE_BYTES - 12);
  expect(across(largest)).toBeLessThanOrEqual(97);
  expect(across('e'.repeat(MOST_CODE_BYTES))).toBe(97);
});

it('copied with line ends in it → the same token', async () => {
  const token = await release();
  expect(readHandoverCode(`\n ${token.slice(0, 80)}\n${token.slice(80)} \n`).token).toBe(token);
});

it.each([
  ['another event', async () => someToken(), 'code.event'],
  ['half of it', async () => (await release()).slice(0, -8), 'code.form'],
  ['a claim of no form', async () => release({ to: 'No Party' }), 'code.form'],
  ['anything', async () => Promise.resolve(`https://example.org/${newJti()}`), 'code.form'],
])('%s → refused', async (_, text, code) => {
  const refused = await text();
  expect(() => readHandoverCode(refused)).toThrow(expect.objectContaining({ code }) as Error);
});

it('on a terminal → two rows to a line, all of one width', async () => {
  const token = await release();
  const lines = drawCode(token);
  expect(lines).toHaveLength(Math.ceil(codeModules(token).length / 2));
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});
