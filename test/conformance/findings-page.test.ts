// docs/findings.md names every code there is, as the code has it, and none that nothing raises.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertCodes } from '@unbroken/contracts';
import { findingsPage, notYetRaised } from '@unbroken/words/findings';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Where findings are raised: the rules, and the services that see what is wrong with the record. */
const rooms = ['libs/custody/src', 'services/alerts/src', 'services/ledger/src/audit'];
/** Names codes without raising any. */
const NAMES_ALL = 'libs/custody/src/finding.ts';

const sources = rooms
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
  )
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && path !== NAMES_ALL)
  .map(read)
  .join('\n');

/** The codes of section 5: of its table, a family a row. */
const promised = [...read('docs/protocol/README.md').matchAll(/^\| ((?:`[a-z]+\.[a-z-]+` ?)+)\|/gm)]
  .flatMap(([, codes = '']) => [...codes.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code))
  .filter((code) => !code.startsWith('token.') || code === 'token.malformed' || code === 'token.refused')
  .filter((code) => !code.startsWith('key.') || ['key.suspect', 'key.revoked', 'key.too-early'].includes(code));

describe('docs/findings.md', () => {
  it('is what the code generates (else: npm run protocol)', () => {
    expect(existsSync(join(root, 'docs/findings.md'))).toBe(true);
    expect(read('docs/findings.md')).toBe(findingsPage());
  });

  it.each(alertCodes)('%s is raised by something', (code) => {
    expect(sources).toContain(`'${code}'`);
  });

  it('every code of the protocol is raised, or said not to be yet; and none is both', () => {
    expect(promised.length).toBeGreaterThan(40);
    const known = new Set<string>([...alertCodes, ...Object.keys(notYetRaised)]);
    expect(promised.filter((code) => !known.has(code))).toEqual([]);
    expect([...known].filter((code) => !promised.includes(code) && code !== 'place.unknown')).toEqual([]);
    expect(known.size).toBe(alertCodes.length + Object.keys(notYetRaised).length);
  });
});
