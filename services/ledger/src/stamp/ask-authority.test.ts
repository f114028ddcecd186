// Timestamps of a real authority, and what is made of false ones.

import { TimestampRefused, checkTimestamp } from '@unbroken/evidence/timestamp';
import { TestAuthority } from '../fixture/test-authority.js';
import { askAuthority } from './ask-authority.js';
import { authoritiesIn } from './authorities.js';

const stamped = new TextEncoder().encode('what existed');

let authority: TestAuthority;
let stranger: TestAuthority;
let ca: readonly Uint8Array[];
let own: readonly Uint8Array[];
let strange: readonly Uint8Array[];

const certificates = async (path: string) =>
  (await authoritiesIn({ UNBROKEN_TIMESTAMP_AUTHORITIES: [], UNBROKEN_TIMESTAMP_CERTIFICATES: [path] })).certificates;

beforeAll(async () => {
  [authority, stranger] = await Promise.all([TestAuthority.open(), TestAuthority.open({ name: 'Stranger' })]);
  [ca, own, strange] = (await Promise.all(
    [authority.files.ca, authority.files.tsa, stranger.files.ca].map(certificates),
  )) as [Uint8Array[], Uint8Array[], Uint8Array[]];
}, 60_000);

afterAll(() => Promise.all([authority.close(), stranger.close()]));

afterEach(() => (authority.broken = undefined));

const refusalOf = (error: unknown): string =>
  error instanceof TimestampRefused ? error.code : `thrown: ${error instanceof Error ? error.message : 'something'}`;

const codeOf = (checking: Promise<unknown>): Promise<string> =>
  checking.then(
    () => 'holds',
    (error: unknown) => refusalOf(error),
  );

describe('a timestamp', () => {
  it('of the bytes → before when they existed, by whom, trusted under its issuer and by itself', async () => {
    const asked = Date.now();
    const { token, before } = await askAuthority(authority.url, stamped, ca);
    // Whole seconds, and an accuracy of one.
    expect(before).toBeGreaterThanOrEqual(asked - 1000);
    expect(before).toBeLessThanOrEqual(Date.now() + 1000);
    for (const trusted of [ca, own, [...strange, ...ca]]) {
      expect(await checkTimestamp(token, stamped, trusted)).toEqual({
        before,
        authority: 'Test Authority',
        isTrusted: true,
      });
    }
  });

  it('of an authority nobody trusts → holds, and is not trusted', async () => {
    const { token } = await askAuthority(authority.url, stamped, []);
    for (const trusted of [[], strange]) {
      expect(await checkTimestamp(token, stamped, trusted)).toMatchObject({ isTrusted: false });
    }
    expect(await codeOf(askAuthority(authority.url, stamped, strange))).toBe('timestamp.certificate');
  });

  it('of other bytes → timestamp.imprint', async () => {
    const { token } = await askAuthority(authority.url, stamped, ca);
    expect(await codeOf(checkTimestamp(token, new TextEncoder().encode('something else'), ca))).toBe(
      'timestamp.imprint',
    );
  });

  it('changed in any byte → refused, or as good as it was where the byte says nothing', async () => {
    const { token, before } = await askAuthority(authority.url, stamped, ca);
    const codes = new Map<string, number>();
    for (let at = 0; at < token.length; at += 41) {
      const changed = Buffer.from(token);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const code = await checkTimestamp(changed, stamped, ca).then(
        (checked) =>
          checked.isTrusted && checked.before !== before ? 'FORGED' : checked.isTrusted ? 'same' : 'untrusted',
        (error: unknown) => refusalOf(error),
      );
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes.keys()].filter((code) => code === 'FORGED' || code.startsWith('thrown'))).toEqual([]);
    expect(codes.get('timestamp.signature') ?? 0).toBeGreaterThan(3);
  });

  it('with the time changed → timestamp.signature', async () => {
    const { token } = await askAuthority(authority.url, stamped, ca);
    const year = token.indexOf(Buffer.from(`${new Date().getUTCFullYear()}`));
    const changed = Buffer.from(token);
    changed.write('2001', year, 'latin1');
    expect(await codeOf(checkTimestamp(changed, stamped, ca))).toBe('timestamp.signature');
  });

  it('with the last byte of its signature changed → timestamp.signature', async () => {
    const { token } = await askAuthority(authority.url, stamped, ca);
    const changed = Buffer.from(token);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(await codeOf(checkTimestamp(changed, stamped, ca))).toBe('timestamp.signature');
  });

  it('that names its certificate as RFC 3161 did first, by SHA-1 → holds', async () => {
    const older = await TestAuthority.open({ named: 'sha1' });
    try {
      const { token } = await askAuthority(older.url, stamped, []);
      expect(await codeOf(checkTimestamp(token, stamped, []))).toBe('holds');
    } finally {
      await older.close();
    }
  }, 60_000);

  it('by a certificate that was not valid then → not trusted, under its issuer nor by itself', async () => {
    const expired = await TestAuthority.open({ days: -1 });
    try {
      const { token } = await askAuthority(expired.url, stamped, []);
      for (const path of [expired.files.ca, expired.files.tsa]) {
        expect(await checkTimestamp(token, stamped, await certificates(path))).toMatchObject({ isTrusted: false });
      }
    } finally {
      await expired.close();
    }
  }, 60_000);

  it.each([
    ['error', 'timestamp.denied'],
    ['rejects', 'timestamp.denied'],
    ['nonsense', 'timestamp.form'],
    ['replays', 'timestamp.other'],
  ] as const)('the authority %s → %s', async (broken, code) => {
    await askAuthority(authority.url, stamped, ca);
    authority.broken = broken;
    expect(await codeOf(askAuthority(authority.url, stamped, ca))).toBe(code);
  });
});

describe('certificates in settings', () => {
  it('a file that is not there, or holds none → said with the file', async () => {
    await expect(certificates('/nowhere/ca.pem')).rejects.toThrow('/nowhere/ca.pem cannot be read');
    await expect(certificates('/dev/null')).rejects.toThrow('/dev/null holds no certificate');
  });
});
