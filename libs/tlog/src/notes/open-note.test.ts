// Known signatures: https://c2sp.org/signed-note, golang.org/x/mod/sumdb/note, FiloSottile/sunlight (cosignatures).
import { laterRefusalOf } from '../fixture/refusal-of.js';
import { logSigner, signerFromSeed, witnessSigner } from '../fixture/signers.js';
import { tampered } from '../fixture/tampered.js';
import { sha256 } from '../sha256.js';
import { readBase64, utf8 } from '../spelling.js';
import { cosign, signNote, type NoteSigner } from './note-signature.js';
import { openNote } from './open-note.js';
import { formatNote, formatSignatureLine, parseNote, type SignedNote } from './signed-note.js';
import { parseVkey, verifierKey } from './verifier-key.js';

const peter = parseVkey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
const enoch = parseVkey('EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop');
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const enochLine =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';
const both = parseNote(`${text}\n${peterLine}${enochLine}`);

/** FiloSottile/sunlight, cmd/skylight/testdata/witness: a checkpoint, its log's signature of an unknown type, and a witness's. */
const witnessed = `rome2026h1.example.org
300
lCkHUpkmVBEms2r2T1K6Og69+wUuuN3MIEW1/ezu2v0=

— rome2026h1.example.org kVB1JgAAAZtxtEwABAMARzBFAiEAi+mTa2xjL1IdWpH82OeciGsGvwRAP+f1WkfKaSZCfFECIHoNPZ/Q3y6UNzvKOO9cuLr6V16vPNfhwhle9f6r5H/Z
— witness.example.org uKLPIAAAAABpVGeAhm2bOvKc3LaB9PFN1ruG19Y5yqslmcAAbhftnn1Zznmo0LXFZq4LGvqKqLX8jWlwLKasxEGTLIqAVusneCBmBw==
`;
const skylightWitness = parseVkey('witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN');

const names = async (note: SignedNote, keys: Parameters<typeof openNote>[1]) =>
  (await openNote(note, keys)).map(({ key, time }) => [key.name, time]);

describe('known signatures', () => {
  it('the specification’s example → its signature is that of its key', async () => {
    const note = parseNote(`This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`);
    const key = parseVkey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    expect(await names(note, [key])).toEqual([['example.com/foo', null]]);
  });

  it('two signatures → those of the known keys, the others ignored', async () => {
    expect(await names(both, [peter])).toEqual([['PeterNeumann', null]]);
    expect(await names(both, [enoch, peter])).toEqual([
      ['PeterNeumann', null],
      ['EnochRoot', null],
    ]);
    expect(await laterRefusalOf(() => openNote(both, []))).toBe('note.unsigned');
  });

  it('a cosignature → holds, with its time', async () => {
    expect(await names(parseNote(witnessed), [skylightWitness])).toEqual([['witness.example.org', 1_767_139_200]]);
  });

  it('the known private keys → the same signatures', async () => {
    const seed = readBase64('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz')?.subarray(1) ?? new Uint8Array();
    const signer = await signerFromSeed('PeterNeumann', 'ed25519', seed);
    expect(signer.key).toEqual(peter);
    expect(formatSignatureLine(await signNote(text, signer))).toBe(peterLine);

    const { text: checkpoint, signatures } = parseNote(witnessed);
    const witness = await signerFromSeed(
      'witness.example.org',
      'cosignature/v1',
      sha256(utf8('skylight test witness key')),
    );
    expect(witness.key).toEqual(skylightWitness);
    expect(await cosign(checkpoint, witness, 1_767_139_200)).toEqual(signatures[1]);
  });
});

describe('a note that is not as it was signed', () => {
  const refused = (note: SignedNote, keys = [peter, enoch]) => laterRefusalOf(() => openNote(note, keys));

  it('one known signature holds, another does not → refused', async () => {
    const [first, second] = both.signatures;
    if (!first || !second) throw new Error('there are two');
    const broken = { ...second, signature: second.signature.with(9, 1) };
    expect(await refused({ text, signatures: [first, broken] })).toBe('note.signature');
    expect(await refused({ text, signatures: [first, broken] }, [peter])).toBe('accepted');
    expect(await refused({ text, signatures: [first, first] })).toBe('accepted');
    expect(await refused({ text, signatures: [first, { ...first, signature: broken.signature }] })).toBe(
      'note.signature',
    );
  });

  it('a signature of another key under this name and id → refused; under another id → ignored', async () => {
    const [first, second] = both.signatures;
    if (!first || !second) throw new Error('there are two');
    expect(await refused({ text, signatures: [{ ...first, signature: second.signature }] })).toBe('note.signature');
    expect(await refused({ text, signatures: [{ ...first, keyId: second.keyId }] })).toBe('note.unsigned');
    expect(await refused({ text, signatures: [{ ...first, name: second.name }] })).toBe('note.unsigned');
  });

  it('a signature of another length → refused', async () => {
    const [first] = both.signatures;
    if (!first) throw new Error('there are two');
    for (const signature of [first.signature.subarray(1), new Uint8Array(72), Uint8Array.of(...first.signature, 0)]) {
      expect(await refused({ text, signatures: [{ ...first, signature }] })).toBe('note.signature');
    }
  });

  it('any bit of it changed, any byte lost or doubled → refused', async () => {
    const short = formatNote({ text: 'ab\n', signatures: [await signNote('ab\n', await logSigner('x'))] });
    const { key } = await logSigner('x');
    const bytes = utf8(short);
    for (const { what, bytes: wrong } of tampered(bytes)) {
      if (Buffer.compare(wrong, bytes) === 0) continue;
      const outcome = await laterRefusalOf(() => openNote(parseNote(wrong), [key]));
      expect([what, outcome]).toEqual([what, expect.stringMatching(/^note\./)]);
    }
  });

  it('two known keys of one name and id → the one that signed is credited', async () => {
    const impostor = { ...enoch, name: peter.name, keyId: peter.keyId };
    expect(await openNote(both, [impostor, peter])).toEqual([{ key: peter, time: null }]);
    expect(await refused(both, [impostor])).toBe('note.signature');
  });
});

describe('cosignatures', () => {
  const checkpoint = parseNote(witnessed).text;

  it('its time changed, or read as a plain signature → refused', async () => {
    const [, cosignature] = parseNote(witnessed).signatures;
    if (!cosignature) throw new Error('it is the second');
    const later = { ...cosignature, signature: cosignature.signature.with(7, 1) };
    const note = { text: checkpoint, signatures: [later] };
    expect(await laterRefusalOf(() => openNote(note, [skylightWitness]))).toBe('note.signature');
    const plain = verifierKey(skylightWitness.name, 'ed25519', skylightWitness.publicKey);
    const asPlain = { ...cosignature, keyId: plain.keyId, signature: cosignature.signature.subarray(8) };
    expect(await laterRefusalOf(() => openNote({ text: checkpoint, signatures: [asPlain] }, [plain]))).toBe(
      'note.signature',
    );
  });

  it('a time beyond every clock → refused, though signed', async () => {
    const witness = await witnessSigner('w');
    const time = 2n ** 53n;
    const signature = new Uint8Array(72);
    new DataView(signature.buffer).setBigUint64(0, time);
    signature.set(await witness.sign(utf8(`cosignature/v1\ntime ${time.toString()}\n${checkpoint}`)), 8);
    const note = { text: checkpoint, signatures: [{ ...witness.key, signature }] };
    expect(await laterRefusalOf(() => openNote(note, [witness.key]))).toBe('note.signature');
  });

  it('extension lines → signed with the rest', async () => {
    const witness = await witnessSigner('w');
    const extended = `${checkpoint}more\n`;
    const signatures = [await cosign(extended, witness, 5)];
    expect(await names({ text: extended, signatures }, [witness.key])).toEqual([['w', 5]]);
    expect(await laterRefusalOf(() => openNote({ text: checkpoint, signatures }, [witness.key]))).toBe(
      'note.signature',
    );
  });
});

describe('signing', () => {
  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('at the time %d → an error', async (time) => {
    await expect(cosign(text, await witnessSigner('w'), time)).rejects.toThrow(RangeError);
  });

  it('with a key of the other type → an error before it is used', async () => {
    const unused = (signer: NoteSigner): NoteSigner => ({ ...signer, sign: () => Promise.reject(new Error('used')) });
    await expect(signNote(text, unused(await witnessSigner('w')))).rejects.toThrow(RangeError);
    await expect(cosign(text, unused(await logSigner('l')), 5)).rejects.toThrow(RangeError);
  });

  it('by a signer that answers DER → an error that says so', async () => {
    const signer = { ...(await logSigner('l')), sign: () => Promise.resolve(new Uint8Array(70)) };
    await expect(signNote(text, signer)).rejects.toThrow('the signer answered 70 bytes');
  });
});
