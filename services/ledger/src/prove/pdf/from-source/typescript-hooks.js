// Module hooks (node:module, "Customization Hooks") that load TypeScript as Jest does: compiled by swc, libraries from
// their sources.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** @type {import('@swc/core').Options} */
const compiler = { jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } } };

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, nextResolve) {
  const isSibling = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
  const named = isSibling ? specifier.replace(/\.js$/, '.ts') : specifier;
  return nextResolve(named, { ...context, conditions: ['@unbroken/source', ...context.conditions] });
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const { code } = await transform(await readFile(fileURLToPath(url), 'utf8'), compiler);
  return { format: 'module', source: code, shortCircuit: true };
}
