// JSON.parse silently keeps the last of two members with one name, other readers the first: a token that names a member
// twice means different things to different people. This finds it in text that JSON.parse has accepted.
import { jsonPointer } from './json-pointer.js';

type Scope = { names: Set<string> | null; at: string | number };

const quote = 0x22;
const loneSurrogate = /\p{Surrogate}/u;

/** What {@link scanMembers} objects to; `pointer` is the JSON pointer of the member or string. */
export type MemberFault = { fault: 'duplicate-member' | 'lone-surrogate'; pointer: string };

/**
 * The first member named twice in one object, at any depth, names compared after their escapes are decoded; or the first
 * string with half a surrogate pair, which UTF-8 cannot carry. `null` when there is neither.
 *
 * One pass with its own stack, so depth costs memory and never the call stack. `json` must be valid JSON.
 */
export function scanMembers(json: string): MemberFault | null {
  const hasEscapes = json.includes('\\');
  const scopes: Scope[] = [];
  let scope: Scope | undefined;
  let expectsName = false;
  for (let i = 0; i < json.length; i++) {
    switch (json.charCodeAt(i)) {
      case quote: {
        const end = closingQuote(json, i, hasEscapes);
        const decoded = hasEscapes ? decode(json.slice(i, end + 1)) : null;
        if (expectsName && scope?.names) {
          const name = decoded ?? json.slice(i + 1, end);
          scope.at = name;
          if (scope.names.has(name)) return { fault: 'duplicate-member', pointer: pointerTo(scopes) };
          scope.names.add(name);
          expectsName = false;
        }
        if (decoded !== null && loneSurrogate.test(decoded)) {
          return { fault: 'lone-surrogate', pointer: pointerTo(scopes) };
        }
        i = end;
        break;
      }
      case 0x7b: // {
        scopes.push((scope = { names: new Set(), at: '' }));
        expectsName = true;
        break;
      case 0x5b: // [
        scopes.push((scope = { names: null, at: 0 }));
        expectsName = false;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        scopes.pop();
        scope = scopes.at(-1);
        expectsName = false;
        break;
      case 0x2c: // ,
        if (typeof scope?.at === 'number') scope.at++;
        else expectsName = true;
        break;
    }
  }
  return null;
}

function closingQuote(json: string, opening: number, hasEscapes: boolean): number {
  let end = json.indexOf('"', opening + 1);
  while (hasEscapes && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end;
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0;
  while (json.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}

/** The string a literal with escapes stands for; `null` for one without, which stands for itself. */
function decode(literal: string): string | null {
  return literal.includes('\\') ? (JSON.parse(literal) as string) : null;
}

const pointerTo = (scopes: readonly Scope[]): string => jsonPointer(scopes.map(({ at }) => at));
