import type { TestParty } from '@unbroken/chains/fixture';
import { parseTokenSync } from '@unbroken/tokens/node';
import { DEPLOYMENT, OPERATOR, admit, enrol, establish, reroot } from '../fixture/signers.js';
import { RegistryBook } from './registry-book.js';
import { registryEntryOf } from './registry-entry.js';

describe('the registry in memory', () => {
  let book: RegistryBook;
  let operator: TestParty;

  const record = (...tokens: string[]) => {
    for (const token of tokens) {
      const envelope = parseTokenSync(token);
      const { tid, header, claims } = envelope;
      const place = { tid, kid: header.kid, sub: claims.iss, index: book.registry.size, recordedAt: 0 };
      book.append(registryEntryOf(place, { envelope }, DEPLOYMENT));
    }
  };

  beforeEach(async () => {
    book = new RegistryBook({ operator: OPERATOR });
    const opened = await establish(OPERATOR, ['operator']);
    operator = opened.party;
    record(opened.established);
  });

  it('operator established → its root key counts and signs, told once', () => {
    const { kid, jwk } = operator.root;
    expect(book.news()).toEqual({ counting: [{ kid, jwk, party: OPERATOR }], signing: [kid, operator.next.kid] });
    expect(book.news()).toEqual({ counting: [], signing: [] });
  });

  it('party established and enrolling → signs at once, counts from its admission', async () => {
    book.news();
    const { party, established } = await establish('north-post');
    const { key, enrolled } = await enrol(party);
    record(established, enrolled);
    expect(book.news()).toEqual({ counting: [], signing: [party.root.kid, party.next.kid, key.kid] });
    expect(book.keyOf(key.kid)).toBeUndefined();
    record(await admit(operator, party));
    expect(book.news().counting.map(({ kid }) => kid)).toEqual([party.root.kid, key.kid]);
    expect(book.keyOf(key.kid)).toMatchObject({ party: 'north-post', alg: 'ES256' });
  });

  it('the next root key takes over → it counts, and the one after it may sign', async () => {
    const { party, established } = await establish('north-post');
    record(established, await admit(operator, party));
    book.news();
    record(await reroot(party));
    const { kid } = party.root;
    expect(book.news()).toMatchObject({ counting: [{ kid, party: 'north-post' }], signing: [kid, party.next.kid] });
    expect(book.registry.party(party.id)).toMatchObject({ rootKid: kid });
  });

  it('enrolment behind a gap → its key is told when the gap closes', async () => {
    const { party, established } = await establish('gap-post');
    record(established, await admit(operator, party));
    book.news();
    const { key: first, enrolled: bridging } = await enrol(party);
    const { key: second, enrolled: behind } = await enrol(party);
    record(behind);
    expect(book.news()).toEqual({ counting: [], signing: [] });
    record(bridging);
    expect(new Set(book.news().counting.map(({ kid }) => kid))).toEqual(new Set([first.kid, second.kid]));
  });
});
