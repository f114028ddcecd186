import { laterRefusalOf, refusalOf } from '../fixture/refusal-of.js';
import { witnessSigner } from '../fixture/signers.js';
import { cosignedAt, log, origin, policyOf, witnesses, WitnessedLog } from '../fixture/witnessed-log.js';
import { cosign, signNote } from '../notes/note-signature.js';
import type { NoteSignature, SignedNote } from '../notes/signed-note.js';
import { formatVkey, parseVkey, verifierKey } from '../notes/verifier-key.js';
import { readTrustPolicy, type WrittenPolicy } from './trust-policy.js';
import { weighCheckpoint } from './weigh-checkpoint.js';

const house = new WitnessedLog('entry', 20);
const note = await house.checkpoint(20, 2);
const [north, south, west] = witnesses;
if (!north || !south || !west) throw new Error('there are three');
const listed = witnesses.map(({ key }) => ({ name: key.name, vkey: formatVkey(key), party: 'p' }));
const [northListed = { name: '', vkey: '', party: '' }] = listed;
const written: WrittenPolicy = { logs: [{ origin, vkey: formatVkey(log.key) }], witnesses: listed, quorum: 2 };

describe('reading a policy', () => {
  it('as the ledger serves it → its keys, names and parties', () => {
    const policy = readTrustPolicy(written);
    expect(policy.logs).toEqual([{ origin, key: log.key }]);
    expect(policy.witnesses[0]).toEqual({ name: north.key.name, key: north.key, party: 'p' });
    expect(policy.quorum).toBe(2);
  });

  it('no witnesses and no quorum, a log’s next key, a key name that is not the origin → taken', () => {
    expect(readTrustPolicy({ logs: [], witnesses: [], quorum: 0 })).toEqual({ logs: [], witnesses: [], quorum: 0 });
    const sumdb = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    const logs = [...written.logs, { origin, vkey: sumdb }, { origin: 'go.sum database tree', vkey: sumdb }];
    expect(readTrustPolicy({ ...written, logs }).logs.map(({ key }) => key.name)).toEqual([
      origin,
      'sum.golang.org',
      'sum.golang.org',
    ]);
  });

  it.each<[string, Partial<WrittenPolicy>, string]>([
    ['an origin that is empty', { logs: [{ origin: '', vkey: formatVkey(log.key) }] }, 'checkpoint.origin'],
    ['an origin of two lines', { logs: [{ origin: 'a\nb', vkey: formatVkey(log.key) }] }, 'checkpoint.origin'],
    ['a log key that is none', { logs: [{ origin, vkey: 'x' }] }, 'vkey.form'],
    ['a witness key that is none', { witnesses: [{ ...northListed, vkey: 'x' }] }, 'vkey.form'],
    [
      'a witness with a log’s key',
      { witnesses: [{ name: origin, vkey: formatVkey(log.key), party: 'p' }] },
      'policy.witness',
    ],
    ['a witness under another name', { witnesses: [{ ...northListed, name: 'other' }] }, 'policy.witness'],
    ['a witness listed twice', { witnesses: [...listed, northListed] }, 'policy.witness'],
    [
      'a witness listed again with another key',
      {
        witnesses: [
          northListed,
          { ...northListed, vkey: formatVkey(verifierKey(northListed.name, 'cosignature/v1', south.key.publicKey)) },
        ],
      },
      'policy.witness',
    ],
    [
      'one key under two names',
      {
        witnesses: [
          northListed,
          {
            name: 'alias',
            party: 'q',
            vkey: formatVkey(verifierKey('alias', 'cosignature/v1', north.key.publicKey)),
          },
        ],
      },
      'policy.witness',
    ],
    ['a quorum that cannot be met', { quorum: 4 }, 'policy.quorum'],
    ['a quorum below none', { quorum: -1 }, 'policy.quorum'],
    ['half a quorum', { quorum: 0.5 }, 'policy.quorum'],
    ['a quorum that is no number', { quorum: Number.NaN }, 'policy.quorum'],
  ])('%s → refused', (_, change, code) => {
    expect(refusalOf(() => readTrustPolicy({ ...written, ...change }))).toBe(code);
  });
});

describe('weighing a checkpoint', () => {
  const weighed = async (note: SignedNote, quorum: number) => {
    const { cosigned, isQuorumMet } = await weighCheckpoint(note, policyOf(quorum));
    return { who: cosigned.map(({ name, party, time }) => [name, party, time]), isQuorumMet };
  };
  const { text, signatures } = note;

  it('cosigned by two → both named with party and time; quorum met up to two', async () => {
    const who = [
      ['north.example/w', 'north', cosignedAt],
      ['south.example/w', 'south', cosignedAt + 1],
    ];
    for (const quorum of [0, 1, 2]) expect(await weighed(note, quorum)).toEqual({ who, isQuorumMet: true });
    expect(await weighed(note, 3)).toEqual({ who, isQuorumMet: false });
  });

  it('only signed by its log → quorum met where none is asked', async () => {
    const plain = await house.checkpoint(20);
    expect(await weighed(plain, 0)).toEqual({ who: [], isQuorumMet: true });
    expect(await weighed(plain, 1)).toEqual({ who: [], isQuorumMet: false });
  });

  it('one witness cosigning again and again → counted once, with its latest time', async () => {
    const again = await Promise.all([9, 8, 7].map((later) => cosign(text, north, cosignedAt + later)));
    const twice = { text, signatures: [...signatures.slice(0, 2), ...again, ...signatures.slice(1, 2)] };
    expect(await weighed(twice, 2)).toEqual({
      who: [['north.example/w', 'north', cosignedAt + 9]],
      isQuorumMet: false,
    });
  });

  it('one cosignature under another witness’s name and id → refused, for it does not hold', async () => {
    const [, , southern] = signatures;
    const relabelled = { ...(signatures[1] as NoteSignature), name: southern?.name ?? '', keyId: southern?.keyId ?? 0 };
    const note = { text, signatures: [...signatures.slice(0, 2), relabelled] };
    expect(await laterRefusalOf(() => weighCheckpoint(note, policyOf(0)))).toBe('note.signature');
  });

  it('a witness that the policy does not name → ignored', async () => {
    const stranger = await cosign(text, await witnessSigner('stranger.example'), cosignedAt);
    expect(await weighed({ text, signatures: [...signatures, stranger] }, 3)).toMatchObject({ isQuorumMet: false });
  });

  it('a witness’s plain signature with its key → no cosignature', async () => {
    const plainKey = verifierKey(west.key.name, 'ed25519', west.key.publicKey);
    const plain = await signNote(text, { ...west, key: plainKey });
    expect((await weighed({ text, signatures: [...signatures, plain] }, 2)).who).toHaveLength(2);
  });

  it('cosigned, but not signed by its log → refused', async () => {
    const unsigned = { text, signatures: signatures.slice(1) };
    expect(await laterRefusalOf(() => weighCheckpoint(unsigned, policyOf(2)))).toBe('trust.log');
    const byStranger = { text, signatures: [await cosign(text, await witnessSigner('x'), 5)] };
    expect(await laterRefusalOf(() => weighCheckpoint(byStranger, policyOf(0)))).toBe('trust.log');
  });

  it('signed by a key that is trusted for another log → refused', async () => {
    const other = 'unbroken.example/registry';
    const stolen = { ...written, logs: [...written.logs, { origin: other, vkey: parseOtherVkey() }] };
    const foreign = text.replace(origin, other);
    const signed = { text: foreign, signatures: [await signNote(foreign, log)] };
    expect(await laterRefusalOf(() => weighCheckpoint(signed, readTrustPolicy(stolen)))).toBe('trust.log');
  });

  it('of an origin that nobody is trusted for → refused', async () => {
    const foreign = text.replace(origin, 'elsewhere.example');
    const signed = { text: foreign, signatures: [await signNote(foreign, log)] };
    expect(await laterRefusalOf(() => weighCheckpoint(signed, policyOf(0)))).toBe('trust.origin');
  });
});

const parseOtherVkey = (): string =>
  formatVkey(parseVkey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'));
