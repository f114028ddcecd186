// What bytes that nobody could read may say all the same, to whoever looks for a name in them. Pure.

/** As they stand, each part of a token or a piece as the base64url it would be, and the strings of the JSON in it. */
export function readings(bytes: Buffer): string[] {
  const text = bytes.toString('utf8');
  const parts = text.split(/[.~]/).map((part) => Buffer.from(part, 'base64url').toString('utf8'));
  return [text, ...parts, ...parts.flatMap(stringsIn)];
}

function stringsIn(text: string): string[] {
  try {
    const strings: string[] = [];
    JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'string') strings.push(value);
      return value;
    });
    return strings;
  } catch {
    return [];
  }
}
