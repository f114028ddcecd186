// Pages that fill from top to bottom: headings, paragraphs and facts, each marked for those who have a page read to them
// (ISO 32000-1, 14.8), and a line at the foot of every page.

import PDFDocument from 'pdfkit';
import { LACKING, fontBytes, fontNames, showable } from './fonts.js';
import type { FontName } from './fonts.js';
import { layLines, withoutIsolates } from './lay-lines.js';
import type { Piece } from './lay-lines.js';

export interface Look {
  readonly font?: FontName;
  /** Points. */
  readonly size?: number;
  readonly colour?: string;
  /** Points from the left margin. */
  readonly indent?: number;
  /** Points of room below. */
  readonly below?: number;
  readonly tag?: 'P' | 'H1' | 'H2' | 'LI';
}

export interface SheetSettings {
  readonly title: string;
  readonly subject: string;
  readonly at: Date;
}

const MARGIN = 52;
const SIZE = 9;
const FOOT = 34;
const LEADING = 1.38;
const INK = '#17202a';
export const DIM = '#55616e';
export const ALARM = '#a3201a';
const LINE = '#c3ccd4';

export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly #bytes: Promise<Uint8Array>;
  readonly #widths = new Map<string, number>();
  readonly #lacking = new Set<string>();
  #y = MARGIN;

  constructor({ title, subject, at }: SheetSettings) {
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      autoFirstPage: false,
      pdfVersion: '1.7',
      subset: 'PDF/A-3b',
      tagged: true,
      lang: 'en-GB',
      displayTitle: true,
      info: { Title: title, Subject: subject, Creator: 'Unbroken', CreationDate: at, ModDate: at },
    });
    const { doc } = this;
    this.#bytes = new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      doc.on('data', (part: Buffer) => parts.push(part));
      doc.once('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
      doc.once('error', reject);
    });
    for (const name of fontNames) doc.registerFont(name, fontBytes(name));
    doc.addPage();
  }

  /** Letters that were asked for and are not in the fonts. */
  get lacking(): readonly string[] {
    return [...this.#lacking];
  }

  get width(): number {
    return this.doc.page.width - 2 * MARGIN;
  }

  heading(text: string, tag: 'H1' | 'H2' = 'H2'): void {
    const size = tag === 'H1' ? 17 : 12;
    // A heading alone at the foot of a page belongs to nothing.
    this.#room(tag === 'H1' ? 60 : 90);
    if (this.#y > MARGIN) this.#y += tag === 'H1' ? 0 : 9;
    this.text(text, { font: 'strong', size, tag, below: 4 });
  }

  /** A paragraph; one that does not fit goes on on the next page. */
  text(text: string, { font = 'plain', size = SIZE, colour = INK, indent = 0, below = 4, tag = 'P' }: Look = {}): void {
    const height = size * LEADING;
    const lines = this.#lines(text, font, size, this.width - indent);
    while (lines.length > 0) {
      this.#room(height);
      const fitting = Math.max(1, Math.floor((this.#bottom - this.#y) / height));
      const these = lines.splice(0, fitting);
      this.#tagged(tag, () => {
        for (const line of these) {
          this.#draw(line, MARGIN + indent, font, size, colour);
          this.#y += height;
        }
      });
    }
    this.#y += below;
  }

  /** What it is on the left, what it says on the right; as high as the higher of them. */
  fact(label: string, value: string, { left = 110, ...look }: Look & { readonly left?: number } = {}): void {
    const size = look.size ?? SIZE;
    const height = size * LEADING;
    const lines = this.#lines(value, look.font ?? 'plain', size, this.width - left);
    const labels = this.#lines(label, 'plain', size, left - 8);
    // The label stands whole on the page where its value begins.
    this.#room(Math.max(Math.min(lines.length, 3), labels.length) * height);
    const from = this.#y;
    this.#tagged('P', () => {
      for (const line of labels) {
        this.#draw(line, MARGIN, 'plain', size, DIM);
        this.#y += height;
      }
    });
    const labelEnds = this.#y;
    const { page } = this.doc;
    this.#y = from;
    const below = look.below ?? 2;
    this.text(value, { ...look, below, size, indent: left });
    if (this.doc.page === page) this.#y = Math.max(this.#y, labelEnds + below);
  }

  /** A thin line, and room below it. */
  rule(): void {
    this.#room(10);
    this.#artifact(() => {
      this.doc
        .moveTo(MARGIN, this.#y + 3)
        .lineTo(MARGIN + this.width, this.#y + 3)
        .lineWidth(0.6)
        .stroke(LINE);
    });
    this.#y += 11;
  }

  /** What follows starts on this page only if so many points are left. */
  keep(points: number): void {
    this.#room(points);
  }

  gap(points: number): void {
    this.#y += points;
  }

  nextPage(): void {
    if (this.#y > MARGIN) this.#newPage();
  }

  /** The file, with `foot` and the number at the foot of each page. */
  async finish(foot: string): Promise<Uint8Array> {
    const { doc } = this;
    const { count } = doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      doc.switchToPage(page);
      const y = doc.page.height - FOOT;
      this.#artifact(() => {
        doc.font('plain').fontSize(7.5).fillColor(DIM);
        doc.text(foot, MARGIN, y, { lineBreak: false });
        const number = `${page + 1} of ${count}`;
        doc.text(number, MARGIN + this.width - doc.widthOfString(number), y, { lineBreak: false });
      });
    }
    doc.end();
    return this.#bytes;
  }

  get #bottom(): number {
    return this.doc.page.height - MARGIN - 4;
  }

  #room(points: number): void {
    if (this.#y + points > this.#bottom) this.#newPage();
  }

  #newPage(): void {
    this.doc.addPage();
    this.#y = MARGIN;
  }

  #lines(text: string, font: FontName, size: number, width: number): Piece[][] {
    const { text: shown, lacking } = showable(text);
    for (const letter of lacking) this.#lacking.add(letter);
    return layLines(shown, width, (part) => this.#widthOf(part, font, size));
  }

  /** Of words that come again and again it is asked once. */
  #widthOf(text: string, font: FontName, size: number): number {
    const words = withoutIsolates(text).split(' ');
    const space = this.#wordWidth(' ', font);
    return (
      ((words.reduce((sum, word) => sum + this.#wordWidth(word, font), 0) + space * (words.length - 1)) * size) / 1000
    );
  }

  /** At a size of 1000. */
  #wordWidth(word: string, font: FontName): number {
    const name = `${font} ${word}`;
    const known = this.#widths.get(name);
    if (known !== undefined) return known;
    const width = this.doc.font(font).fontSize(1000).widthOfString(word);
    this.#widths.set(name, width);
    return width;
  }

  #draw(line: readonly Piece[], x: number, font: FontName, size: number, colour: string): void {
    let at = x;
    for (const piece of line) {
      const width = this.#widthOf(piece, font, size);
      this.doc.font(font).fontSize(size).fillColor(colour).text(piece, at, this.#y, { lineBreak: false });
      at += width;
    }
  }

  #tagged(tag: string, draw: () => void): void {
    this.doc.addStructure(this.doc.struct(tag, {}, draw));
  }

  #artifact(draw: () => void): void {
    this.doc.markContent('Artifact');
    draw();
    this.doc.endMarkedContent();
  }
}

export { LACKING };
