import { sha256 } from '../index.js';
import { nodeSha256 } from './index.js';

it('any length → the digest of the portable one, as an array of its own', () => {
  for (let length = 0; length < 300; length++) {
    const bytes = new Uint8Array(length).map((_, at) => at * length);
    expect(nodeSha256(bytes)).toEqual(sha256(bytes));
  }
  expect(nodeSha256(new Uint8Array()).buffer.byteLength).toBe(32);
});
