import { documentPdf } from './index.js';

const document = {
  title: 'Exposure of parcel 7K2M',
  foot: 'As of some time',
  sections: [
    {
      heading: 'In short',
      parts: [
        { text: 'Open. '.repeat(2_000), look: 'alarm' as const },
        { label: 'In the hands of', value: 'דואר ישראל בע״מ' },
      ],
    },
  ],
};
const attachment = { name: 'exposure.json', json: { windows: [] }, description: 'What these pages were made of' };
const AT = 1_772_438_400;

const textOf = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

it('a document → pages for archives, in order of reading, with what it was made of attached', async () => {
  const text = textOf(await documentPdf(document, AT, attachment));
  for (const part of [
    '%PDF-1.7',
    '<pdfaid:part>3</pdfaid:part>',
    '/MarkInfo',
    '/AFRelationship /Source',
    'exposure.json',
  ])
    expect(text).toContain(part);
  expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
});

it('made again → the same bytes; of another time → others', async () => {
  const [one, again, later] = await Promise.all([AT, AT, AT + 60].map((at) => documentPdf(document, at, attachment)));
  expect(Buffer.compare(one ?? Buffer.of(), again ?? Buffer.of())).toBe(0);
  expect(Buffer.compare(one ?? Buffer.of(), later ?? Buffer.of())).not.toBe(0);
});
