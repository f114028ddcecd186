// What a mapping makes of one code: what is signed, or why nothing is.

import { signable } from '../mapping/signable.js';
import type { MappedClaim, Mapping } from '../mapping/mapping.js';
import type { Scan } from './scan.js';

export type Stated =
  | { readonly kind: 'stated'; readonly says: Pick<Scan, 'evt' | 'claims' | 'toConsignee'> }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'wrong'; readonly column?: string; readonly what: string; readonly cure: string };

/** @param field the text of a column, where the source has columns */
export function state(code: string, { codes }: Mapping, field: (column: string | number) => string): Stated {
  const mapped = Object.hasOwn(codes, code) ? codes[code] : undefined;
  if (mapped === undefined) {
    const cure = 'Add it to "codes" of the mapping, as "skip" if it is to be passed over, and bring the file again.';
    return { kind: 'wrong', what: `The code "${code}" is not in the mapping.`, cure };
  }
  if (mapped === 'skip') return { kind: 'skipped' };
  if ('what' in mapped) return { kind: 'stated', says: { evt: 'imported', claims: { what: mapped.what } } };
  const claims: Record<string, string | number | boolean> = {};
  let toConsignee: string | undefined;
  for (const [name, claim] of Object.entries(mapped.claims)) {
    if (typeof claim === 'object' && 'chain' in claim) {
      toConsignee = name;
      continue;
    }
    const value = valueOf(claim, field);
    if (!fits(mapped.evt, name, value)) return missing(name, mapped.evt, claim, field);
    claims[name] = value;
  }
  return { kind: 'stated', says: { evt: mapped.evt, claims, ...(toConsignee === undefined ? {} : { toConsignee }) } };
}

type Value = string | number | boolean;

function valueOf(claim: Exclude<MappedClaim, { chain: 'consignee' }>, field: (column: string | number) => string) {
  if (typeof claim !== 'object') return claim;
  const text = field(claim.column);
  if (claim.values === undefined) return text;
  return Object.hasOwn(claim.values, text) ? claim.values[text] : undefined;
}

/** Whether the event takes this value for this claim, by its own schema. */
function fits(evt: string, name: string, value: Value | undefined): value is Value {
  if (value === undefined) return false;
  const found = signable(evt)?.claims.safeParse({ [name]: value });
  return found?.error?.issues.every(({ path }) => path[0] !== name) ?? true;
}

function missing(name: string, evt: string, claim: MappedClaim, field: (column: string | number) => string): Stated {
  const column = typeof claim === 'object' && 'column' in claim ? claim.column : undefined;
  const text = column === undefined ? '' : field(column);
  return {
    kind: 'wrong',
    ...(column === undefined ? {} : { column: String(column) }),
    what: `"${text}" is nothing that "${name}" of ${evt} can be.`,
    cure: `Add it to "values" of the claim "${name}" in the mapping, and bring the file again.`,
  };
}
