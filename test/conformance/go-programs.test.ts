// Other people's programs judge the logs of a running system: Tessera's fsck, the Go project's reader of signed notes,
// and the witness of transparency.dev.

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  consistencyProof,
  formatAddCheckpoint,
  nodesFromTiles,
  parseLastSize,
  parseNote,
  parseSignatureLines,
  readTrustPolicy,
  tilePath,
  tlogSizeType,
  weighCheckpoint,
  withSignatures,
} from '@unbroken/tlog';
import type { ConsistencyProof } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import { Backlog } from '../bench/backlog.js';
import { runningSystem } from '../running-system.js';
import type { RunningSystem } from '../running-system.js';
import { fsck, goCheckpoint, independentPrograms, startWitness } from './independent.js';
import { auditorOf, chainsOf, fillRegistry, lastCheckpoint, postAll, servedLogs, signedAt } from './served-logs.js';

/** Both cross the width of a tile. */
const CUSTODY = 600;
const REGISTRY = 300;

const {
  folder = '',
  witness: witnessFolder = '',
  missing,
} = await independentPrograms({ build: process.env['CI_GO'] !== undefined });
if (missing !== undefined) console.warn(`NOT CHECKED: our logs by independent Go programs, for ${missing}.`);
const described = missing === undefined ? describe : describe.skip;

type Logs = Awaited<ReturnType<typeof servedLogs>>;

let system: RunningSystem;
let backlog: Backlog;
let logs: Logs;
let access: string;

async function record(entries: number): Promise<void> {
  const { size } = await lastCheckpoint(logs.custody);
  const tokens = chainsOf(backlog, entries);
  await postAll(system.url, tokens);
  await signedAt(logs.custody, size + tokens.length);
}

described(`independent programs in Go${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  beforeAll(async () => {
    system = await runningSystem();
    logs = await servedLogs(system.url);
    backlog = await Backlog.parties(system.url);
    access = await (await auditorOf(system.url))();
    await fillRegistry(system.url, REGISTRY);
    await record(CUSTODY);
    await signedAt(logs.registry, REGISTRY);
  }, 120_000);

  afterAll(() => system.stop(), 60_000);

  describe('Tessera’s fsck', () => {
    it('both logs → sound, to the last entry', async () => {
      for (const log of [logs.custody, logs.registry]) {
        const { size } = await lastCheckpoint(log);
        expect(await fsck(folder, log, access)).toMatchObject({ size });
        expect(size).toBeGreaterThan(256);
      }
    }, 60_000);

    it('nobody’s access → it is not let in, and finds nothing sound', async () => {
      expect((await fsck(folder, logs.custody, '')).size).toBeUndefined();
    }, 60_000);

    it.each([
      ['an entry', 'tile/entries/001'],
      ['a hash of a full tile', 'tile/0/000'],
      ['a hash of a partial tile', 'tile/0/002.p/'],
      ['a hash above', 'tile/1/000.p/'],
    ])(
      'one byte of %s changed on its way → not sound',
      async (_what, path) => {
        const changed = await changing(logs.custody.url, path);
        try {
          const { size, told } = await fsck(folder, { ...logs.custody, url: changed.url }, access);
          expect(changed.times()).toBeGreaterThan(0);
          expect(told).toContain('fsck failed');
          expect(size).toBeUndefined();
        } finally {
          changed.server.close();
        }
      },
      60_000,
    );
  });

  it('golang.org/x/mod/sumdb/note → reads our checkpoints with our keys, and no other', async () => {
    for (const log of [logs.custody, logs.registry]) {
      const { note, size } = await lastCheckpoint(log);
      const { holds, told } = await goCheckpoint(folder, log.vkey, note);
      expect({ holds, told }).toEqual({
        holds: true,
        told: expect.stringContaining(`${log.origin} ${size} `) as string,
      });
      const grown = note.replace(`\n${size}\n`, `\n${size + 1}\n`);
      expect(await goCheckpoint(folder, log.vkey, grown)).toMatchObject({ holds: false });
    }
    const { note } = await lastCheckpoint(logs.custody);
    expect(await goCheckpoint(folder, logs.registry.vkey, note)).toMatchObject({ holds: false });
  });

  it('a witness that is not ours → cosigns what extends, refuses what does not; libs/tlog counts its word', async () => {
    const witness = await startWitness(witnessFolder, 'witness.example/independent', [
      logs.custody.vkey,
      logs.registry.vkey,
    ]);
    try {
      const policy = readTrustPolicy({
        logs: [logs.custody, logs.registry],
        witnesses: [{ name: 'witness.example/independent', vkey: witness.vkey, party: 'witness' }],
        quorum: 1,
      });
      const submitted = async (oldSize: number, proof: ConsistencyProof, text: string) => {
        const note = parseNote(text);
        const answer = await witness.addCheckpoint(formatAddCheckpoint({ oldSize, proof, note }));
        const cosigned = answer.status === 200 ? withSignatures(note, parseSignatureLines(answer.body)) : undefined;
        return { ...answer, cosigned };
      };

      const first = await lastCheckpoint(logs.custody);
      const seen = await submitted(0, [], first.note);
      expect(seen.status).toBe(200);
      const cosigned = seen.cosigned ?? parseNote('');
      expect(await weighCheckpoint(cosigned, policy)).toMatchObject({
        checkpoint: { origin: logs.custody.origin, size: first.size },
        isQuorumMet: true,
      });
      expect(await weighCheckpoint(parseNote(first.note), policy)).toMatchObject({ isQuorumMet: false });
      const [own, theirs] = cosigned.signatures;
      const bent = Uint8Array.from(theirs?.signature ?? []);
      bent[20] = (bent[20] ?? 0) ^ 1;
      const forged = { ...cosigned, signatures: [own, { ...theirs, signature: bent }] } as typeof cosigned;
      await expect(weighCheckpoint(forged, policy)).rejects.toMatchObject({ code: 'note.signature' });

      await record(30);
      const second = await lastCheckpoint(logs.custody);
      const proof = await consistencyProof(first.size, second.size, nodesOf(logs.custody.url, second.size), nodeSha256);
      expect(await submitted(first.size, proof.slice(1), second.note)).toMatchObject({ status: 422 });
      const stale = await submitted(0, [], second.note);
      expect([stale.status, stale.type, parseLastSize(stale.body)]).toEqual([409, tlogSizeType, first.size]);
      const extended = await submitted(first.size, proof, second.note);
      expect(await weighCheckpoint(extended.cosigned ?? parseNote(''), policy)).toMatchObject({ isQuorumMet: true });

      const registry = await lastCheckpoint(logs.registry);
      expect(await submitted(0, [], registry.note)).toMatchObject({ status: 200 });
    } finally {
      await witness.stop();
    }
  }, 60_000);
});

/** The tree of a log as its tiles over HTTP have it. */
const nodesOf = (url: string, size: number) =>
  nodesFromTiles(
    async (level, index, width) =>
      new Uint8Array(await (await fetch(url + tilePath({ level, index, width }))).arrayBuffer()),
    size,
    nodeSha256,
  );

/** The same log, but for one byte of whatever is asked for below this path. */
async function changing(url: string, path: string): Promise<{ url: string; server: Server; times: () => number }> {
  let times = 0;
  const server = createServer((asked, reply) => {
    void (async () => {
      const wanted = (asked.url ?? '').slice(1);
      const { authorization } = asked.headers;
      const answer = await fetch(url + wanted, { headers: authorization === undefined ? {} : { authorization } });
      const body = Buffer.from(await answer.arrayBuffer());
      if (wanted.startsWith(path) && (path.endsWith('/') || wanted === path)) {
        body.writeUInt8(body.readUInt8(40) ^ 1, 40);
        times += 1;
      }
      reply.writeHead(answer.status).end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server, times: () => times };
}
