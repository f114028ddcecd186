// Columns of values as parameters of one statement, `unnest($1::bigint[], …)`. pg writes every element of an array with two
// regular expressions and some intermediate strings, which a batch of ids pays thousands of times.

/** What PostgreSQL's array syntax takes as it stands; spaces within count, and a bare null is no text. */
const PLAIN = /^(?!null$)[\w.:/+-]+(?: [\w.:/+-]+)*$/i;

/** For `$1::TYPE[]`: the array as PostgreSQL reads it ("Array Value Input"), whatever is in it. */
export const arrayLiteral = (elements: readonly (string | number | null)[]): string =>
  `{${elements.map(element).join(',')}}`;

function element(value: string | number | null): string {
  if (value === null) return 'NULL';
  const text = String(value);
  return PLAIN.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * For `string_to_array($1, E'\n', '')`, which PostgreSQL splits in two thirds of the time that it takes to read an array of
 * ids: a line each, null an empty one. JSON has no line breaks of its own, and is not escaped as in an array it would be.
 * Beside other columns in `unnest`, which fills up where the last ones are null.
 * @throws RangeError for what would be read as something else: an empty text, or one of several lines
 */
export const lines = (texts: readonly (string | null)[]): string => texts.map(line).join('\n');

function line(text: string | null): string {
  if (text === '' || text?.includes('\n') === true) throw new RangeError('neither empty nor of several lines');
  return text ?? '';
}
