// Evidence at a terminal with no hub in reach: as JSON and as PDF, true, spoilt, and something else.

import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceBundle } from '@unbroken/evidence';
import { MemoryHub } from '@unbroken/evidence/fixture';
import { AtTerminal } from '../fixture/at-terminal.js';

const MIB = 1024 * 1024;

interface Verdict {
  readonly holds: boolean;
  readonly pages?: 'same' | 'other';
}

describe('evidence at a terminal', () => {
  let terminal: AtTerminal;
  let bundle: EvidenceBundle;
  const at = (name: string) => join(terminal.home, name);
  const verify = (name: string) => terminal.types(['--json', 'verify', at(name), '--policy', at('trust.json')]);
  const verdict = () => JSON.parse(terminal.out) as Verdict;

  beforeEach(async () => {
    terminal = await AtTerminal.sitDown();
    const hub = await MemoryHub.open();
    const [sender, post] = [await hub.settle('institute'), await hub.settle('post')];
    const sub = await hub.register(sender, post);
    await hub.handOver(sub, sender, post);
    bundle = await hub.evidence(sub, [sender, post]);
    await writeFile(at('evidence.json'), JSON.stringify(bundle));
    await writeFile(at('trust.json'), JSON.stringify(hub.trust));
  });
  afterEach(() => terminal.leave());

  it('a PDF of evidence at hand, without a hub → written, verified, and its pages are the ones it gives', async () => {
    expect(await terminal.types(['evidence', '--from', at('evidence.json'), '--pdf', at('evidence.pdf')])).toBe(0);
    expect((await readFile(at('evidence.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
    terminal.out = '';
    expect(await verify('evidence.pdf')).toBe(0);
    expect(verdict()).toMatchObject({ holds: true, pages: 'same' });
  });

  it('a letter on a page changed → holds, and the pages are said to be others', async () => {
    await terminal.types(['evidence', '--from', at('evidence.json'), '--pdf', at('evidence.pdf')]);
    const pdf = await readFile(at('evidence.pdf'));
    const page = pdf.indexOf('stream', pdf.indexOf('/Type /Page')) + 40;
    pdf.writeUInt8((pdf[page] ?? 0) ^ 1, page);
    await writeFile(at('forged.pdf'), pdf);
    terminal.out = '';
    expect(await verify('forged.pdf')).toBe(0);
    expect(verdict()).toMatchObject({ holds: true, pages: 'other' });
  });

  it('the JSON out of the PDF → the same bundle', async () => {
    await terminal.types(['evidence', '--from', at('evidence.json'), '--pdf', at('evidence.pdf')]);
    expect(await terminal.types(['evidence', '--from', at('evidence.pdf'), '--out', at('again.json')])).toBe(0);
    expect(JSON.parse(await readFile(at('again.json'), 'utf8'))).toEqual(bundle);
  });

  it('a statement left out → verify says what fails with exit code 1, and no PDF is made of it', async () => {
    await writeFile(at('cut.json'), JSON.stringify({ ...bundle, tokens: bundle.tokens.slice(0, -1) }));
    expect(await verify('cut.json')).toBe(1);
    expect(verdict().holds).toBe(false);
    expect(await terminal.types(['evidence', '--from', at('cut.json'), '--pdf', at('cut.pdf')])).toBe(1);
    expect(terminal.err).toContain('This evidence does not hold');
    await expect(stat(at('cut.pdf'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['trust.json', 'This is a trust policy and no evidence'],
    ['paper.pdf', 'This PDF holds no evidence'],
    ['huge.json', 'has 65 MB'],
    ['half.json', 'it is not JSON'],
  ])('%s as the evidence → exit code 1, what and the cure', async (name, what) => {
    await writeFile(at('paper.pdf'), '%PDF-1.7\n%%EOF\n');
    await writeFile(at('half.json'), JSON.stringify(bundle).slice(0, 500));
    await writeFile(at('huge.json'), '{');
    await truncate(at('huge.json'), 65 * MIB);
    expect(await verify(name)).toBe(1);
    expect(terminal.err).toContain(what);
    expect((JSON.parse(terminal.err) as { cure: string }).cure).not.toBe('');
  });

  it('neither a shipment nor a file, or both → exit code 2', async () => {
    expect(await terminal.types(['evidence'])).toBe(2);
    expect(await terminal.types(['evidence', bundle.sub, '--from', at('evidence.json')])).toBe(2);
  });
});
