// What PostgreSQL reads is what was given.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '@unbroken/testing';
import type { FreshDatabase } from '@unbroken/testing';
import type { DataSource } from 'typeorm';
import { arrayLiteral, lines } from './columns.js';
import { openDatabase } from './service-database.js';

describe('a column as a parameter', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await openDatabase({
      service: 'ledger',
      settings: { UNBROKEN_POSTGRES_URL: database.url, UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir },
      entities: [],
      migrations: [],
    });
  }, 60_000);
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const readBack = async (type: string, elements: readonly (string | number | null)[]) => {
    const [row] = await dataSource.query<{ read: unknown }[]>(`SELECT to_json($1::${type}[]) AS read`, [
      arrayLiteral(elements),
    ]);
    return row?.read;
  };

  it.each([
    ['ids', ['7K2M9QX4T8ZB6CD1E', 'xQd-_0', 'north-post', 'north-post/hall-2']],
    ['none', []],
    ['one that is empty', ['']],
    ['spaces, within and around', ['a b', ' a', 'a ', ' ', 'a  b', 'a\tb', 'a\nb\r\n']],
    ['null, as text and as none', ['null', 'NULL', 'nullable', 'not null', null]],
    ['what arrays are written with', ['{', '}', '{}', ',', 'a,b', '"', '\\', '\\"', 'a"b\\c', "'", '\\n', '$&', '()']],
    ['beyond ASCII', ['Ærø', '日本語', '🍞', 'ſ', '\u00a0', '\u2028']],
  ])('%s', async (_, elements) => {
    expect(await readBack('text', elements)).toEqual(elements);
  });

  it('every character of ASCII but NUL, which no text holds', async () => {
    const elements = Array.from({ length: 127 }, (_, code) => String.fromCharCode(code + 1));
    expect(await readBack('text', elements)).toEqual(elements);
    const around = elements.map((character) => `a${character}b`);
    expect(await readBack('text', around)).toEqual(around);
  });

  it('numbers and times', async () => {
    expect(await readBack('bigint', [0, -1, Number.MAX_SAFE_INTEGER, null])).toEqual([0, -1, 2 ** 53 - 1, null]);
    expect(await readBack('float8', [0.5, 1e-7, -2.5e21])).toEqual([0.5, 1e-7, -2.5e21]);
    const [row] = await dataSource.query<{ times: Date[] }[]>('SELECT $1::timestamptz[] AS times', [
      arrayLiteral(['2026-11-21T08:00:00.123Z', '1970-01-01T00:00:00.000Z']),
    ]);
    expect(row?.times.map((time) => time.getTime())).toEqual([Date.UTC(2026, 10, 21, 8, 0, 0, 123), 0]);
  });

  it.each([
    ['ids', ['7K2M9QX4T8ZB6CD1E', 'xQd-_0', 'north-post', 'null', '{}', '"', ' a b ']],
    ['some without', [null, 'a', null, null, 'b', null]],
    ['all without', [null, null]],
    ['one without', [null]],
    ['none', []],
  ])('lines: %s', async (_, texts) => {
    const rows = await dataSource.query<{ text: string | null }[]>(
      `SELECT text FROM unnest($1::int[], string_to_array($2, E'\\n', '')) AS row (n, text) ORDER BY n`,
      [arrayLiteral(texts.map((_text, n) => n)), lines(texts)],
    );
    expect(rows.map(({ text }) => text)).toEqual(texts);
  });

  it.each(['', 'a\nb', '\n'])('%j as a line → refused', (text) => {
    expect(() => lines(['a', text])).toThrow(RangeError);
  });
});
