// The PDF as somebody gets it: with the evidence within, long and short, of parties of every script; and PDFs that are
// none, or too many.

import PDFDocument from 'pdfkit';
import { EvidenceRefused, readEvidenceFile, verifyEvidence } from '@unbroken/evidence';
import type { EvidenceBundle } from '@unbroken/evidence';
import { MemoryHub } from '@unbroken/evidence/fixture';
import { evidencePdf, isPagesOf } from './index.js';

const encoder = new TextEncoder();
const written = (bundle: EvidenceBundle): string => `${JSON.stringify(bundle, null, 1)}\n`;

/** A parcel that went to and fro until it had so many statements, an even number from 6 on, and then astray. */
async function storyOf(statements: number) {
  const hub = await MemoryHub.open();
  const sender = await hub.settle('institute', { name: 'Ινστιτούτο — Служба' });
  const post = await hub.settle('north-post', { name: 'دائرة البريد (24)', use: 'gateway' });
  const office = await hub.settle('office', { name: 'דואר ישראל בע״מ' });
  const long = await hub.settle('visum', { name: 'Verwaltung'.repeat(20) });
  const sub = await hub.register(sender, office, { via: [post.id], refs: { s10: 'RR123456785DK' } });
  await hub.say(sub, sender, 'sealed', { seals: { 'DK-0417': 'S' } });
  await hub.handOver(sub, sender, post);
  while (hub.custody.size < statements - 2) await hub.handOver(sub, post, post);
  await hub.handOver(sub, post, office, long);
  return { hub, sub, bundle: await hub.evidence(sub, [sender, post, office, long]) };
}

const pagesOf = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;

async function pdfWith(...files: readonly Uint8Array[]): Promise<Uint8Array> {
  const doc = new PDFDocument();
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => doc.once('end', resolve));
  files.forEach((file, at) => doc.file(Buffer.from(file), { name: `file-${at}.json` }));
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
}

const refusalOf = (bytes: Uint8Array): Promise<unknown> =>
  readEvidenceFile(bytes).then(
    () => 'read',
    (error: unknown) => (error instanceof EvidenceRefused ? `${error.code}: ${error.message}` : error),
  );

describe('the PDF of a bundle', () => {
  let story: Awaited<ReturnType<typeof storyOf>>;
  let pdf: Uint8Array;

  beforeAll(async () => {
    story = await storyOf(6);
    pdf = await evidencePdf(story.bundle, story.hub.now);
  });

  it('holds the bundle, which holds by a policy that was kept elsewhere', async () => {
    const { bundle, carrier } = await readEvidenceFile(pdf);
    expect(carrier).toBe('pdf');
    expect(bundle).toEqual(story.bundle);
    expect((await verifyEvidence(bundle, story.hub.trust, story.hub.now)).holds).toBe(true);
  });

  it('made again → the same bytes; as of another time → others', async () => {
    expect(await isPagesOf(pdf, story.bundle)).toBe(true);
    const later = await evidencePdf(story.bundle, story.hub.now + 3600);
    expect(Buffer.compare(later, pdf)).not.toBe(0);
    expect(await isPagesOf(later, story.bundle)).toBe(true);
  });

  it('a letter of a page changed → not the pages of its evidence, which holds all the same', async () => {
    const text = Buffer.from(pdf).toString('latin1');
    const page = text.indexOf('stream', text.indexOf('/Type /Page')) + 40;
    const forged = pdf.with(page, (pdf[page] ?? 0) ^ 1);
    expect(await isPagesOf(forged, story.bundle)).toBe(false);
    expect((await readEvidenceFile(forged)).bundle).toEqual(story.bundle);
  });

  it('says what it is to programs that archive it', () => {
    const text = Buffer.from(pdf).toString('latin1');
    for (const part of ['<pdfaid:part>3</pdfaid:part>', '/AFRelationship /Source', '/MarkInfo', '/Lang (en-GB)']) {
      expect(text).toContain(part);
    }
  });

  it('of a bundle that does not hold → refused, with the cure', async () => {
    const cut = { ...story.bundle, tokens: story.bundle.tokens.slice(0, -1) };
    await expect(evidencePdf(cut, story.hub.now)).rejects.toMatchObject({ code: 'evidence.fails' });
  });

  it.each([
    [40, 7],
    [1_000, 110],
  ])(
    '%d statements → goes on over at least %d pages',
    async (statements, pages) => {
      const { bundle, hub } = await storyOf(statements);
      const long = await evidencePdf(bundle, hub.now);
      expect(bundle.tokens.length).toBe(statements);
      expect(pagesOf(long)).toBeGreaterThanOrEqual(pages);
      expect((await readEvidenceFile(long)).bundle).toEqual(bundle);
    },
    120_000,
  );
});

describe('other PDFs', () => {
  let bundle: EvidenceBundle;
  let other: EvidenceBundle;

  beforeAll(async () => {
    ({ bundle } = await storyOf(6));
    ({ bundle: other } = await storyOf(6));
  });

  it('with no attachment, or with other ones → says that it is paper only', async () => {
    expect(await refusalOf(await pdfWith())).toMatch(/evidence.file: This PDF holds no evidence/);
    expect(await refusalOf(await pdfWith(encoder.encode('an invoice')))).toMatch(/holds no evidence/);
  });

  it('with the evidence among other attachments, or twice → it is found', async () => {
    const pdf = await pdfWith(encoder.encode('an invoice'), encoder.encode(written(bundle)));
    expect((await readEvidenceFile(pdf)).bundle).toEqual(bundle);
    const twice = await pdfWith(encoder.encode(written(bundle)), encoder.encode(written(bundle)));
    expect((await readEvidenceFile(twice)).bundle).toEqual(bundle);
  });

  it('with the evidence of two parcels → refused: nobody can say which its pages are about', async () => {
    const both = await pdfWith(encoder.encode(written(bundle)), encoder.encode(written(other)));
    expect(await refusalOf(both)).toMatch(/evidence.file: This PDF holds several/);
  });

  it('cut in the middle of its attachment → refused', async () => {
    const pdf = await evidencePdf(bundle, 1_772_438_400);
    const at = Buffer.from(pdf).toString('latin1').indexOf('/Type /EmbeddedFile');
    expect(await refusalOf(pdf.subarray(0, at + 400))).toMatch(/holds no evidence/);
  });
});
