import { Sheet } from './sheet.js';

/** What is drawn on its pages, in order, each with its place in points from the top left. */
function drawing(): { readonly sheet: Sheet; readonly drawn: { text: string; x: number; y: number; page: unknown }[] } {
  const sheet = new Sheet({ title: 'A sheet', subject: 'A test', at: new Date(0) });
  const drawn: { text: string; x: number; y: number; page: unknown }[] = [];
  const { doc } = sheet;
  const text = doc.text.bind(doc);
  doc.text = ((said: string, x: number, y: number, options: object) => {
    drawn.push({ text: said, x, y, page: doc.page });
    return text(said, x, y, options);
  }) as typeof doc.text;
  return { sheet, drawn };
}

const LABEL = 'Number of people, about, 33(3)(a), and as long as a label gets';

it('a label longer than its column → all of it, and what follows below the longer side', () => {
  const { sheet, drawn } = drawing();
  sheet.fact(LABEL, 'Unknown.');
  sheet.text('Next.');
  const [label, value, next] = [drawn.slice(0, -2), drawn.at(-2), drawn.at(-1)];
  expect(label.map(({ text }) => text).join(' ')).toBe(LABEL);
  expect(value?.y).toBe(label[0]?.y);
  expect(next?.y).toBeGreaterThan(label.at(-1)?.y ?? Infinity);
});

it('a long label at the foot of a page → whole on the page where its value begins', () => {
  const { sheet, drawn } = drawing();
  for (let line = 0; line < 120; line++) {
    drawn.length = 0;
    sheet.fact(LABEL, 'Unknown.');
    expect(new Set(drawn.map(({ page }) => page)).size).toBe(1);
    sheet.gap(1);
  }
});

it('a value of several lines, one of them empty → each on its own', () => {
  const { sheet, drawn } = drawing();
  sheet.fact('What', 'One parcel.\n\nIt is with them.');
  expect(drawn.map(({ text }) => text)).toEqual(['What', 'One parcel.', '', 'It is with them.']);
});
