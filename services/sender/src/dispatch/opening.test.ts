// Ways round the sender's door by what opens the chain: decoys of `registered`, and chains that are not known here.

import { parseTokenSync } from '@unbroken/tokens/node';
import { SenderHouse } from '../fixture/sender-house.js';
import { forged } from '../fixture/test-parcel.js';
import type { TestParcel } from '../fixture/test-parcel.js';

const HARMLESS = { class: 'public', basis: undefined };
const PLAIN = { enc: { how: 'none' } };

let door: SenderHouse;

beforeAll(async () => {
  door = await SenderHouse.open();
}, 120_000);

afterAll(() => door.close(), 60_000);

async function decoysOf(parcel: TestParcel, count: number): Promise<string[]> {
  const decoys: string[] = [];
  for (let pieces = 1; pieces <= count; pieces++) decoys.push(await parcel.register({ ...HARMLESS, pieces }));
  return decoys;
}

describe('a decoy that says public, posted first', () => {
  it('by a key that nobody has enrolled → the true `registered` is judged', async () => {
    const parcel = door.parcel();
    const decoy = await parcel.register(HARMLESS, door.people.stranger);
    const tokens = [decoy, await parcel.register(PLAIN), await parcel.release()];
    expect(await door.fateOfLast(...tokens)).toBe('dispatch.unencrypted');
  });

  it('in an upload of its own → the true `registered` is judged', async () => {
    const parcel = door.parcel();
    await door.post(await parcel.register(HARMLESS, door.people.stranger));
    expect(await door.fateOfLast(await parcel.register(PLAIN), await parcel.release())).toBe('dispatch.unencrypted');
  });

  it('that its key did not sign → the true `registered` is judged', async () => {
    const parcel = door.parcel();
    const decoy = forged(await parcel.register(HARMLESS));
    expect(await door.fateOfLast(decoy, await parcel.register(PLAIN), await parcel.release())).toBe(
      'dispatch.unencrypted',
    );
  });

  it('by a key taken back → neither opens the chain nor keeps the true one from it', async () => {
    const { ledger } = door.house;
    const lost = await ledger.enrol(door.people.sender, 'device', ['sender'], 'person-eve');
    await ledger.revoke(door.people.sender, lost.kid, ledger.now - 60);
    const parcel = door.parcel();
    const tokens = [
      await parcel.register(HARMLESS, lost),
      await parcel.register(),
      await parcel.approve(door.people.bo),
    ];
    expect(await door.fateOfLast(...tokens, await parcel.release())).toBe('passed');
    const plain = door.parcel();
    const decoy = await plain.register(HARMLESS, lost);
    expect(await door.fateOfLast(decoy, await plain.register(PLAIN), await plain.release())).toBe(
      'dispatch.unencrypted',
    );
  });

  it('the release hangs on the decoy of a stranger → dispatch.unknown-chain', async () => {
    const parcel = door.parcel();
    const decoy = await parcel.register(HARMLESS, door.people.stranger);
    expect(await door.fateOfLast(decoy, await parcel.release())).toBe('dispatch.unknown-chain');
  });

  it('the sender signed both → the release must pass under each, whichever it hangs on', async () => {
    const onTrue = door.parcel();
    const decoy = await onTrue.register(HARMLESS);
    expect(await door.fateOfLast(decoy, await onTrue.register(PLAIN), await onTrue.release())).toBe(
      'dispatch.unencrypted',
    );
    const onDecoy = door.parcel();
    const registered = await onDecoy.register(PLAIN);
    expect(await door.fateOfLast(registered, await onDecoy.register(HARMLESS), await onDecoy.release())).toBe(
      'dispatch.unencrypted',
    );
  });

  it('the sender signed both and each allows it → passes', async () => {
    const parcel = door.parcel();
    const twice = [await parcel.register(HARMLESS), await parcel.register({ ...HARMLESS, class: 'internal' })];
    expect(await door.fateOfLast(...twice, await parcel.release())).toBe('passed');
  });

  it('approval of the one → none of the other', async () => {
    const parcel = door.parcel();
    const sensitive = await parcel.register();
    const decoy = await parcel.register(HARMLESS);
    const tokens = [sensitive, decoy, await parcel.approve(door.people.bo), await parcel.release()];
    expect(await door.fateOfLast(...tokens)).toBe('dispatch.unapproved');
  });

  it('the ledger has recorded the true one, which opened the chain → the later decoy says nothing', async () => {
    const parcel = door.parcel();
    const sensitive = await parcel.register(PLAIN);
    const released = await parcel.release();
    await door.recorded(parcel.sub, sensitive);
    const decoys = await decoysOf(parcel, 9);
    expect(await door.fateOfLast(...decoys, released)).toBe('dispatch.unencrypted');
  });

  it('more of them than anybody signs by mistake → the release is held back at once', async () => {
    const parcel = door.parcel();
    const decoys = await decoysOf(parcel, 9);
    expect(await door.fateOfLast(...decoys, await parcel.release())).toBe('dispatch.no-place');
  });
});

describe('a chain that is not known here', () => {
  it('nothing is known of the shipment → dispatch.unknown-chain, with the cure', async () => {
    const parcel = door.parcel();
    await parcel.register(PLAIN);
    const answer = await door.postAlone(await parcel.release());
    expect(answer).toMatchObject({ status: 422, body: { code: 'dispatch.unknown-chain', pointer: '/prev' } });
    expect(answer.body['cure']).toContain('Post `registered` first, or in the same upload');
  });

  it('what the release hangs on is not known → dispatch.unknown-chain', async () => {
    const parcel = door.parcel();
    await door.post(await parcel.register(PLAIN));
    await parcel.line('sealed', { seals: { S1: 'H' } });
    expect((await door.postAlone(await parcel.release())).body['code']).toBe('dispatch.unknown-chain');
  });

  it('the ledger tells of it while the release waits → judged by it', async () => {
    const plain = door.parcel();
    const registered = await plain.register(PLAIN);
    const answer = plain.release().then((release) => door.postAlone(release));
    await door.house.ledger.record(registered);
    expect((await answer).body['code']).toBe('dispatch.unencrypted');

    const harmless = door.parcel();
    const opening = await harmless.register(HARMLESS);
    const passes = harmless.release().then((release) => door.postAlone(release));
    await door.house.ledger.record(opening);
    expect((await passes).status).toBe(202);
  });

  it('released by a courier, of whose shipment nothing is known → passes', async () => {
    const parcel = door.parcel();
    await parcel.register(PLAIN);
    const { courier } = door.people;
    const release = await parcel.release({ iss: courier.id, to: 'statistics' }, courier.device);
    expect((await door.postAlone(release)).status).toBe(202);
  });

  it('released by a party that sends other shipments and took this one at another door → passes', async () => {
    const carrier = await door.house.ledger.party('ministry', ['sender', 'courier']);
    const parcel = door.parcel();
    await door.post(await parcel.register(PLAIN));
    await parcel.line('accepted', { iss: carrier.id, cond: 'ok' }, carrier.device);
    const release = await parcel.release({ iss: carrier.id, to: 'statistics' }, carrier.device);
    expect((await door.postAlone(release)).status).toBe(202);
  });
});

describe('a release that the chain would give no place', () => {
  it('after `voided` → dispatch.no-place', async () => {
    const parcel = door.parcel();
    const tokens = [await parcel.register(PLAIN), await parcel.line('voided', { why: 'not-encrypted' })];
    expect(await door.fateOfLast(...tokens, await parcel.release())).toBe('dispatch.no-place');
  });

  it('a stranger says it is void → a release that does not follow from that is judged as ever', async () => {
    const parcel = door.parcel();
    const registered = await parcel.register();
    const voided = { prev: parseTokenSync(registered).tid, seq: 1, why: 'none' };
    const tokens = [registered, await parcel.sign('voided', voided, door.people.stranger)];
    tokens.push(await parcel.approve(door.people.bo), await parcel.release());
    expect(await door.fateOfLast(...tokens)).toBe('passed');
  });

  it('with a `seq` that does not follow → dispatch.no-place', async () => {
    const parcel = door.parcel();
    expect(await door.fateOfLast(await parcel.register(PLAIN), await parcel.release({ seq: 7 }))).toBe(
      'dispatch.no-place',
    );
  });

  it('that says what is not known here → dispatch.no-place', async () => {
    const parcel = door.parcel();
    expect(await door.fateOfLast(await parcel.register(PLAIN), await parcel.release({ colour: 'red' }))).toBe(
      'dispatch.no-place',
    );
  });

  it('by a key taken back, unencrypted → held back like any other', async () => {
    const { ledger } = door.house;
    const { sender } = door.people;
    const lost = await ledger.enrol(sender, 'device', ['sender'], 'person-dan');
    await ledger.revoke(sender, lost.kid, ledger.now - 60);
    const parcel = door.parcel();
    const tokens = [await parcel.register(PLAIN), await parcel.approve(door.people.bo)];
    expect(await door.fateOfLast(...tokens, await parcel.release({}, lost))).toBe('dispatch.unencrypted');
  });

  it('by a key that nobody has enrolled, unencrypted → held back like any other', async () => {
    const parcel = door.parcel();
    const tokens = [await parcel.register(PLAIN), await parcel.release({}, door.people.stranger)];
    expect(await door.fateOfLast(...tokens)).toBe('dispatch.unencrypted');
  });
});
