// Reads sound claims by the schema that describes them. For every member that a statement might have, zod makes what it
// needs to say what is wrong with it; nearly every statement is sound, and every view reads each of them. So the forms that
// most members have are looked at here. Whatever has another form, and whatever may be wrong, is left to zod.

import type { z } from 'zod';

type Claims = Readonly<Record<string, unknown>>;

/** The claims as zod reads them, in the order of their schema; undefined where zod has to be asked. */
export type ReadSound = (claims: Claims) => Claims | undefined;

export function soundReader(schema: z.ZodType): ReadSound {
  const { def } = known(schema);
  const isStrict = def.type === 'object' && def.catchall !== undefined && known(def.catchall).def.type === 'never';
  if (!isStrict || def.checks !== undefined) return () => undefined;
  const members = Object.entries(def.shape).map(([name, form]) => memberOf(name, form));
  return (claims) => {
    let unread = Object.keys(claims).length;
    const sound: Record<string, unknown> = {};
    for (const { name, optional, read } of members) {
      const value = claims[name];
      if (value === undefined && optional) continue;
      const member = read(value);
      if (member === undefined) return undefined;
      sound[name] = member;
      unread -= 1;
    }
    return unread === 0 ? sound : undefined;
  };
}

interface Member {
  readonly name: string;
  readonly optional: boolean;
  /** Undefined where the value does not have its form. */
  readonly read: (value: unknown) => unknown;
}

function memberOf(name: string, form: z.core.$ZodType): Member {
  const { def } = known(form);
  const optional = def.type === 'optional';
  const inner = optional ? def.innerType : form;
  const has = testOf(inner);
  if (has !== undefined) return { name, optional, read: (value) => (has(value) ? value : undefined) };
  return { name, optional, read: (value) => read(inner, value) };
}

function read(form: z.core.$ZodType, value: unknown): unknown {
  const { success, data } = (form as z.ZodType).safeParse(value);
  return success ? data : undefined;
}

/** Has a value the form? Undefined where that takes more than a look. */
function testOf(form: z.core.$ZodType): ((value: unknown) => boolean) | undefined {
  const { def } = known(form);
  switch (def.type) {
    case 'string':
      return textTest(def);
    case 'number':
      return numberTest(def);
    case 'boolean':
      return def.coerce === true || def.checks !== undefined ? undefined : (value) => typeof value === 'boolean';
    case 'literal':
      return oneOf(def.values, def);
    case 'enum':
      return oneOf(Object.values(def.entries), def);
    default:
      return undefined;
  }
}

function textTest(def: z.core.$ZodStringDef) {
  const [check, ...more] = (def.checks ?? []).map((one) => (one as z.core.$ZodChecks)._zod.def);
  if (def.coerce === true || 'format' in def || more.length > 0) return undefined;
  if (check?.check !== 'string_format' || check.format !== 'regex') return undefined;
  const { pattern } = check;
  // One that remembers where it was would answer otherwise the next time.
  if (pattern === undefined || pattern.global || pattern.sticky) return undefined;
  return (value: unknown) => typeof value === 'string' && pattern.test(value);
}

function numberTest(def: z.core.$ZodNumberDef) {
  if (def.coerce === true || !('format' in def) || def.format !== 'safeint') return undefined;
  let [least, most] = [-Infinity, Infinity];
  for (const one of def.checks ?? []) {
    const check = (one as z.core.$ZodChecks)._zod.def;
    if (check.check !== 'greater_than' && check.check !== 'less_than') return undefined;
    if (!check.inclusive || typeof check.value !== 'number') return undefined;
    if (check.check === 'greater_than') least = Math.max(least, check.value);
    else most = Math.min(most, check.value);
  }
  return (value: unknown) => Number.isSafeInteger(value) && least <= (value as number) && (value as number) <= most;
}

function oneOf(all: readonly unknown[], { checks }: z.core.$ZodTypeDef) {
  const values = new Set<unknown>(all);
  return checks === undefined ? (value: unknown) => values.has(value) : undefined;
}

/** A schema as one of those that zod has. */
const known = (schema: z.core.$ZodType) => (schema as z.core.$ZodTypes)._zod;
