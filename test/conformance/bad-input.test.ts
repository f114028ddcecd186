// docs/protocol/bad-input.md: each of its faults is a test, whose outcome is stated by hand in libs/custody/src/bad-input; the
// ledger gives the same answers; and the page says so.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '@unbroken/custody';
import type { Registry } from '@unbroken/custody';
import { allCases, asked, deployment, tellAll, tokensPage } from '@unbroken/custody/bad-input';
import type { BadCase, Outcome, ToldCase } from '@unbroken/custody/bad-input';
import type { KeyId } from '@unbroken/tokens';
import { importKey } from '@unbroken/tokens/node';
import { z } from 'zod';
import { judgePartyToken } from '../../services/ledger/src/verify/judge-party-token.js';
import { judgeToken, readEnvelope } from '../../services/ledger/src/verify/judge-token.js';
import type { EnrolledKey } from '../../services/ledger/src/verify/judge-token.js';
import type { Verdict } from '../../services/ledger/src/verify/verdict.js';

const page = join(import.meta.dirname, '../../docs/protocol/bad-input.md');
const cases = await allCases();
const all = tellAll(cases);

const gathered = new Map<string, ToldCase[]>();
for (const one of all) {
  const of = `${one.told.evt}: ${one.told.subject}`;
  gathered.set(of, [...(gathered.get(of) ?? []), one]);
}

describe('a fault in a token', () => {
  it.each([...gathered.keys()])('%s → as it is stated', (of) => {
    const alike = gathered.get(of) ?? [];
    const became = alike.map(({ told, outcome }) => [told.wrong, outcome]);
    expect(became).toEqual(alike.map(({ told }) => [told.wrong, told.expected]));
  });

  it('nothing is found of it → a rule says why, and of nothing else', () => {
    const silent = ({ expected, position }: BadCase) =>
      expected.is === 'recorded' && expected.findings.every((code) => position.found.includes(code));
    const unlike = cases.filter((one) => silent(one) !== (one.because !== undefined));
    expect(unlike.map(({ evt, subject, wrong }) => `${evt}: ${subject} ${wrong}`)).toEqual([]);
  });
});

describe('every event', () => {
  it('has faults', () => {
    expect(new Set(cases.map(({ evt }) => evt))).toEqual(new Set(catalogue.keys()));
  });

  it.each([...catalogue.values()])('$evt → its claims are stated as its schema asks for them', ({ evt, claims }) => {
    const { properties = {}, required = [] } = z.toJSONSchema(claims) as z.core.JSONSchema.ObjectSchema;
    const basic = ['iss', 'sub', 'jti', 'iat', 'evt'];
    const read = Object.keys(properties)
      .filter((name) => !basic.includes(name))
      .map((name) => (required.includes(name) ? name : `${name}?`));
    expect(Object.keys(asked[evt as keyof typeof asked]).toSorted()).toEqual(read.toSorted());
  });
});

describe('the ledger', () => {
  it.each([...catalogue.keys()])('%s → what its verifiers say of each fault is the same', (evt) => {
    const ofEvent = cases.filter((one) => one.evt === evt);
    const said = ofEvent.map(({ wrong, token, position }) => [wrong, verdictOf(token, position.book.registry)]);
    expect(said).toEqual(ofEvent.map(({ wrong, expected }) => [wrong, withoutFindings(expected)]));
  });
});

describe('docs/protocol/bad-input.md', () => {
  it('is what the code generates (else: npm run protocol)', async () => {
    const [tokens] = readFileSync(page, 'utf8').split('## Requests\n');
    expect(tokens).toBe(await tokensPage(all));
  });
});

const withoutFindings = (outcome: Outcome) => (outcome.is === 'recorded' ? { is: 'recorded' } : outcome);

const imported = new Map<KeyId, EnrolledKey>();

function verdictOf(token: string, registry: Registry): object {
  const bytes = Buffer.from(token);
  const keyOf = (kid: KeyId): EnrolledKey | undefined => {
    const key = registry.keyAt(kid);
    if (key !== undefined && !imported.has(kid)) imported.set(kid, { ...importKey(key.jwk), party: key.party });
    return key && imported.get(kid);
  };
  const verdict = judgeToken(bytes, keyOf, deployment);
  if (verdict.is !== 'party-chain') return shown(verdict);
  const envelope = readEnvelope(bytes);
  return shown('is' in envelope ? envelope : judgePartyToken(envelope, registry, deployment));
}

function shown(verdict: Verdict): object {
  switch (verdict.is) {
    case 'sound':
      return { is: 'recorded' };
    case 'unknown-key':
      return { is: 'waiting' };
    case 'malformed':
      return { is: 'malformed', reason: verdict.reason };
    default:
      return { is: verdict.is, ...('code' in verdict && pointed(verdict)) };
  }
}

const pointed = ({ code, pointer }: { readonly code: string; readonly pointer?: string }): object => ({
  code,
  ...(pointer !== undefined && { pointer }),
});
