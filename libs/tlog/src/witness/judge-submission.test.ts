// A witness and its log, request by request. First a story that other programs tell too: the requests and answers of
// litewitness's tests (FiloSottile/torchwood, cmd/litewitness/testdata/litewitness.txt), signed by Sigsum's test key.
import { fromHex } from '../fixture/known-tree.js';
import { origin, log, WitnessedLog, witnesses } from '../fixture/witnessed-log.js';
import { emptyRoot } from '../merkle/merkle-hash.js';
import { formatCheckpoint } from '../notes/checkpoint.js';
import { cosign, signNote } from '../notes/note-signature.js';
import { openNote } from '../notes/open-note.js';
import { formatSignatureLine, parseSignatureLines, withSignatures } from '../notes/signed-note.js';
import { verifierKey, type VerifierKey } from '../notes/verifier-key.js';
import { consistencyProof, type TreeHead } from '../proofs/consistency-proof.js';
import { formatAddCheckpoint, formatLastSize, parseLastSize, type AddCheckpoint } from './add-checkpoint.js';
import { admitSubmission, judgeSubmission } from './judge-submission.js';

/** A witness that keeps its record in memory, and answers as over HTTP. */
class WitnessInMemory {
  readonly last = new Map<string, TreeHead>();
  readonly #keys: ReadonlyMap<string, readonly VerifierKey[]>;

  constructor(keys: Iterable<[string, readonly VerifierKey[]]>) {
    this.#keys = new Map(keys);
  }

  async answer(body: string): Promise<[status: number, says: string]> {
    const admitted = await admitSubmission(body, (asked) => this.#keys.get(asked) ?? []);
    if (admitted.decision === 'refuse') return [admitted.status, admitted.code];
    const { submission } = admitted;
    const judged = judgeSubmission(submission, this.last.get(submission.checkpoint.origin) ?? null);
    if (judged.decision === 'refuse') return [judged.status, judged.code];
    if (judged.decision === 'conflict') return [judged.status, formatLastSize(judged.size)];
    this.last.set(judged.checkpoint.origin, judged.checkpoint);
    const [witness] = witnesses;
    if (!witness) throw new Error('there are three');
    return [judged.status, formatSignatureLine(await cosign(submission.note.text, witness, 1_763_683_200))];
  }
}

describe('the story of litewitness', () => {
  const sigsum = 'sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562';
  const key = verifierKey(
    sigsum,
    'ed25519',
    fromHex('ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f'),
  );
  const request = (old: string, proof: string[], head: string[], signature: string, named = sigsum) =>
    [`old ${old}`, ...proof, '', named, ...head, '', `— ${named} ${signature}`, ''].join('\n');

  const one = ['1', 'KgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='];
  const three = ['3', 'RcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0='];
  const five = ['5', 'QrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY='];
  const oneSigned = 'UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY=';
  const threeSigned = 'UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go=';
  const fiveSigned = 'UgIomw/EOJmWi0i1FQsOj+etB7F8IccFam/jgd6wzRns4QPVmyEZtdvl1U2KEmLOZ/ASRcWJi0tW90dJWAShei7sDww=';
  const oneToThree = ['KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='];
  const threeToFive = [
    'KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    'KgMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    'wgiIFdZfYNv6WU1OllBKsWnLYIS/DBMqt8Uh/S4OukE=',
    'KgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  ];
  const oneToFive = [
    'KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    '+fUDV+k970B4I3uKrqJM4aP1lloPZP8mvr2Z4wRw2LI=',
    'KgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  ];

  it('each of its requests in turn → its answer', async () => {
    const witness = new WitnessInMemory([[sigsum, [key]]]);
    // Its second request spells the bad signature with trailing bits, which is malformed here before it is wrong.
    const answers: [string, number][] = [
      [request('0', [], one, oneSigned), 200],
      [request('1', oneToThree, three, threeSigned.replace('6go=', '6gx=')), 400],
      [request('1', oneToThree, three, threeSigned.replace('6go=', '6gw=')), 403],
      [request('1', oneToThree, three, threeSigned, sigsum.replace('e562', 'e563')), 404],
      [request('1', [], three, threeSigned), 422],
      [request('1', [oneToThree[0] ?? '', 'KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABA='], three, threeSigned), 422],
      [request('1', oneToThree, three, threeSigned), 200],
      [request('1', oneToFive, five, fiveSigned), 409],
      [request('3', threeToFive, five, fiveSigned), 200],
      [request('0', [], five, fiveSigned), 409],
    ];
    for (const [body, status] of answers) expect((await witness.answer(body))[0]).toBe(status);
    expect(await witness.answer(request('0', [], five, fiveSigned))).toEqual([409, '5\n']);
  });
});

describe('the rules', () => {
  const house = new WitnessedLog('entry', 40);
  const rewritten = new WitnessedLog('other', 40);
  const witness = () => new WitnessInMemory([[origin, [log.key]]]);

  async function submission(from: number, to: number, of = house): Promise<AddCheckpoint> {
    const proof = await consistencyProof(from, to, of.nodesAt(to));
    return { oldSize: from, proof, note: await of.checkpoint(to) };
  }
  const bodyOf = async (from: number, to: number, of = house) => formatAddCheckpoint(await submission(from, to, of));

  it('a log that grows, told the last size when it forgot → cosigned each time, and the cosignature holds', async () => {
    const asked = witness();
    for (const [from, to] of [
      [0, 0],
      [0, 3],
      [3, 3],
      [3, 8],
      [8, 21],
    ] as const) {
      const [status, lines] = await asked.answer(await bodyOf(from, to));
      expect(status).toBe(200);
      const cosigned = withSignatures(await house.checkpoint(to), parseSignatureLines(lines));
      const keys = [log.key, ...witnesses.map(({ key }) => key)];
      expect((await openNote(cosigned, keys)).map(({ time }) => time)).toEqual([null, 1_763_683_200]);
    }
    const [status, size] = await asked.answer(await bodyOf(0, 40));
    expect([status, parseLastSize(size)]).toEqual([409, 21]);
    expect((await asked.answer(await bodyOf(21, 40)))[0]).toBe(200);
  });

  it('anything refused → the record stays', async () => {
    const asked = witness();
    await asked.answer(await bodyOf(0, 21));
    const before = asked.last.get(origin);
    await asked.answer(await bodyOf(21, 40, rewritten));
    await asked.answer(await bodyOf(8, 40));
    await asked.answer('old 21\n');
    expect(asked.last.get(origin)).toBe(before);
  });

  it.each<[string, number, string, () => Promise<string>]>([
    ['a body that is none', 400, 'request.form', () => Promise.resolve('old 21\n')],
    [
      'an old size above the new one',
      400,
      'request.old-size',
      async () => formatAddCheckpoint({ ...(await submission(0, 8)), oldSize: 21 }),
    ],
    ['an old size that is not the last', 409, '21\n', () => bodyOf(8, 40)],
    ['an old size above the last', 409, '21\n', () => bodyOf(30, 40)],
    ['from nothing, though there is a record', 409, '21\n', () => bodyOf(0, 40)],
    ['a smaller tree than the last', 409, '21\n', () => bodyOf(8, 9)],
    [
      'another root at the last size',
      409,
      '21\n',
      async () => formatAddCheckpoint({ oldSize: 21, proof: [], note: await rewritten.checkpoint(21) }),
    ],
    ['a tree that was rewritten', 422, 'proof.old-root', () => bodyOf(21, 40, rewritten)],
    ['no proof', 422, 'proof.too-short', async () => formatAddCheckpoint({ ...(await submission(21, 40)), proof: [] })],
    [
      'a proof for another size',
      422,
      'proof.too-short',
      async () => formatAddCheckpoint({ ...(await submission(21, 40)), proof: (await submission(22, 40)).proof }),
    ],
    [
      'a proof where sizes are equal',
      422,
      'proof.too-long',
      async () => formatAddCheckpoint({ ...(await submission(21, 21)), proof: [emptyRoot()] }),
    ],
  ])('%s → %i %j', async (_, status, says, make) => {
    const asked = witness();
    expect((await asked.answer(await bodyOf(0, 21)))[0]).toBe(200);
    expect(await asked.answer(await make())).toEqual([status, says]);
  });

  it('another root at the last size → a split view, told apart from a size that is not the last', async () => {
    const judged = async (body: string) => {
      const admitted = await admitSubmission(body, () => [log.key]);
      if (admitted.decision !== 'admit') throw new Error('it is well-formed');
      return judgeSubmission(admitted.submission, { size: 21, root: house.root(21) });
    };
    const other = formatAddCheckpoint({ oldSize: 21, proof: [], note: await rewritten.checkpoint(21) });
    expect(await judged(other)).toMatchObject({ decision: 'conflict', size: 21, isSplitView: true });
    expect(await judged(await bodyOf(8, 40))).toMatchObject({ decision: 'conflict', size: 21, isSplitView: false });
  });

  it('a first request with a proof, or with an empty tree that is not → 422', async () => {
    const withProof = formatAddCheckpoint({ ...(await submission(0, 8)), proof: [emptyRoot()] });
    expect(await witness().answer(withProof)).toEqual([422, 'proof.too-long']);
    const text = formatCheckpoint({ origin, size: 0, root: house.root(1) });
    const note = { text, signatures: [await signNote(text, log)] };
    expect(await witness().answer(formatAddCheckpoint({ oldSize: 0, proof: [], note }))).toEqual([422, 'proof.root']);
  });

  it('signed only by keys that are not trusted for the origin → 403; an origin without keys → 404', async () => {
    const [stranger] = witnesses;
    if (!stranger) throw new Error('there are three');
    const note = await house.checkpoint(8, 2);
    const unsigned = formatAddCheckpoint({
      oldSize: 0,
      proof: [],
      note: { ...note, signatures: note.signatures.slice(1) },
    });
    expect(await witness().answer(unsigned)).toEqual([403, 'note.unsigned']);
    expect(await new WitnessInMemory([]).answer(await bodyOf(0, 8))).toEqual([404, 'trust.origin']);
  });

  it('a fault that is not the request’s → thrown, never answered', async () => {
    const down = () => {
      throw new Error('down');
    };
    await expect(admitSubmission(await bodyOf(0, 8), down)).rejects.toThrow('down');
    const admitted = await admitSubmission(await bodyOf(8, 21), () => [log.key]);
    if (admitted.decision !== 'admit') throw new Error('it is well-formed');
    const last = { size: 8, root: house.root(8) };
    expect(() => judgeSubmission(admitted.submission, last, down)).toThrow('down');
  });
});
