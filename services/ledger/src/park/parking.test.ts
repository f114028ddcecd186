import { jest } from '@jest/globals';
import { headers } from '@unbroken/contracts';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { OPERATOR, admit, enrol, establish, register, release, settle, tidOf } from '../fixture/signers.js';

jest.setTimeout(60_000);

const HOURS_72 = 72 * 3_600_000;

describe('tokens that wait for their key', () => {
  let house: LedgerHouse;
  let operator: Awaited<ReturnType<typeof settle>>['operator'];
  let tokens: string[];

  beforeAll(async () => {
    house = await LedgerHouse.build();
    await house.start();
    ({ operator, tokens } = await settle('north-post'));
    await house.hand('registry.tokens.v1', tokens);
    await house.until(tokens.at(-1) ?? '', 'recorded');
  });
  afterAll(() => house.tearDown());

  const recordedOf = async (sub: string) =>
    (await house.entries('custody/0')).filter((entry) => entry.sub === sub).map(({ token }) => token);

  it('token before the enrolment of its key → pending, recorded after it, its chain in the order it came', async () => {
    const { party, established } = await establish('early-post');
    const { enrolled } = await enrol(party);
    const { sub, registered } = await register(party);
    const released = await release(party, sub, tidOf(registered));
    await house.hand('custody.tokens.v1', [registered, released, registered], { key: sub });
    await house.until(released, 'pending');
    expect(await house.status(registered)).toEqual({ status: 'pending', code: 'token.unknown-key' });
    await house.hand('registry.tokens.v1', [established, await admit(operator, party), enrolled]);
    await house.until(released, 'recorded');
    expect(await recordedOf(sub)).toEqual([registered, released]);
    const size = (await house.entries('registry')).length;
    const [entry] = (await house.entries('custody/0')).filter((one) => one.sub === sub);
    expect(Number(entry?.registry_size)).toBe(size);
  });

  it('key enrolled but its party not admitted → pending until the operator admits it', async () => {
    const { party, established } = await establish('hasty-post');
    const { enrolled } = await enrol(party);
    const { sub, registered } = await register(party);
    await house.hand('registry.tokens.v1', [established, enrolled]);
    await house.until(enrolled, 'recorded');
    await house.hand('custody.tokens.v1', [registered], { key: sub });
    await house.until(registered, 'pending');
    await house.hand('registry.tokens.v1', [await admit(operator, party)]);
    await house.until(registered, 'recorded');
  });

  it('party tokens in the wrong order → each recorded when the key it needs is', async () => {
    const { party, established } = await establish('jumbled-post');
    const { enrolled } = await enrol(party);
    const { sub, registered } = await register(party);
    await house.hand('custody.tokens.v1', [registered], { key: sub });
    await house.hand('registry.tokens.v1', [enrolled]);
    await house.until(enrolled, 'pending');
    await house.hand('registry.tokens.v1', [await admit(operator, party), established]);
    await house.until(registered, 'recorded');
    await house.until(enrolled, 'recorded');
  });

  it('parked when the ledger stopped, its key recorded since → recorded at the next start', async () => {
    const { party, established } = await establish('patient-post');
    const { enrolled } = await enrol(party);
    const { sub, registered } = await register(party);
    await house.hand('custody.tokens.v1', [registered], { key: sub });
    await house.until(registered, 'pending');
    // As a crash between the commit of the enrolment and that of what waited for it leaves it: both are there.
    await house.dataSource.query('CREATE TABLE set_aside AS SELECT * FROM parked');
    await house.dataSource.query('DELETE FROM parked');
    await house.hand('registry.tokens.v1', [established, await admit(operator, party), enrolled]);
    await house.until(enrolled, 'recorded');
    await house.stop();
    await house.dataSource.query(
      `INSERT INTO parked (hash, log, tid, kid, sub, token, received_at, device_clock, parked_at)
       SELECT hash, log, tid, kid, sub, token, received_at, device_clock, parked_at FROM set_aside`,
    );
    await house.start();
    await house.until(registered, 'recorded');
  });

  it('key not enrolled within 72 hours → refused as token.unknown-key, told once; with its key later → recorded', async () => {
    const { party, established } = await establish('late-post');
    const { enrolled } = await enrol(party);
    const { sub, registered } = await register(party);
    await house.hand('custody.tokens.v1', [registered], { key: sub });
    await house.until(registered, 'pending');
    house.clock.advance(HOURS_72 - 1_000);
    await house.writer.refuseOverdue();
    expect(await house.status(registered)).toMatchObject({ status: 'pending' });
    house.clock.advance(2_000);
    expect(await house.until(registered, 'refused')).toEqual({
      status: 'refused',
      code: 'token.unknown-key',
      pointer: '/kid',
    });
    const told = (await house.hear('custody.refused.v1', 1)).filter(({ key }) => key === sub);
    expect(told.map((message) => [message.value.toString(), message.headers])).toEqual([
      [registered, { [headers.reasonCode]: 'token.unknown-key', [headers.tokenId]: tidOf(registered) }],
    ]);
    await house.hand('registry.tokens.v1', [established, await admit(operator, party), enrolled]);
    await house.until(enrolled, 'recorded');
    await house.hand('custody.tokens.v1', [registered], { key: sub });
    await house.until(registered, 'recorded');
  });

  it('the operator’s own keys count without anybody admitting it', async () => {
    const { sub, registered } = await register(operator);
    expect(operator.id).toBe(OPERATOR);
    await house.hand('custody.tokens.v1', [registered], { key: sub });
    await house.until(registered, 'recorded');
  });
});
