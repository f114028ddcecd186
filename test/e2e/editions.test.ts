// `npm run up`, in both editions, from the first party to a restart of everything: what people see is the same.

import type { Alert } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import type { PartyId } from '@unbroken/tokens';
import { settleCast } from './cast/cast.js';
import type { Cast } from './cast/cast.js';
import { post } from './cast/door.js';
import { Parcel } from './cast/parcel.js';
import type { SignedToken } from './cast/parcel.js';
import { delivered, misdelivered } from './cast/stories.js';
import { evidenceHeld, evidenceOfAgent, isInCopy, isWitnessed } from './evidence-held.js';
import { Up } from './system/up.js';
import { seen } from './views.js';
import type { Seen } from './views.js';

/** Long enough to stop everything before it is over. */
const DEADLINE_S = 12;

describe.each([
  { edition: 'all in one process', split: false },
  { edition: 'a process for each service, behind one address', split: true },
])('$edition', ({ split }) => {
  let up: Up;
  let cast: Cast;
  const subs: string[] = [];

  beforeAll(async () => {
    up = await Up.start({ split });
    cast = await settleCast(up.client);
  }, 240_000);

  afterAll(() => up.stop(), 90_000);

  const told = async (token: SignedToken) => expect(await post(up.url, token)).toBe(202);

  const sees = (sub: string, wanted: Seen, after: string) => {
    const asWanted = async () => {
      expect(await seen(up.client, cast, sub)).toEqual(wanted);
      return true;
    };
    return waitFor(asWanted, { what: `${JSON.stringify(wanted)} after ${after}`, timeoutMs: 60_000 });
  };

  const alertsOf = async (sub: string): Promise<Alert[]> => (await up.client.alerts({ sub, state: 'all' })).alerts;

  /** The shipment's alerts once there are so many, or more. */
  const raised = (sub: string, count: number): Promise<Alert[]> => {
    const enough = async () => {
      const alerts = await alertsOf(sub);
      return alerts.length >= count ? alerts : undefined;
    };
    return waitFor(enough, { what: `${count} alerts`, timeoutMs: 30_000 });
  };

  it('a parcel delivered → each sees it where it is, at every step', async () => {
    const { parcel } = await delivered(cast);
    subs.push(parcel.sub);
    const steps: readonly [string, Seen][] = [
      ['registered', { sender: 'prepared', consignee: 'expected' }],
      ['sealed', { sender: 'prepared', consignee: 'expected' }],
      ['released to the courier', { sender: 'offered', courier: 'offered', consignee: 'expected' }],
      ['accepted by the courier', { sender: 'in-custody', courier: 'held', consignee: 'expected' }],
      ['released to the consignee', { sender: 'offered', courier: 'held', consignee: 'at the door' }],
      ['accepted by the consignee', { sender: 'arrived', consignee: 'arrived' }],
      ['confirmed', { sender: 'confirmed' }],
    ];
    expect(parcel.tokens).toHaveLength(steps.length);
    for (const [place, [after, wanted]] of steps.entries()) {
      await told(parcel.tokens[place] as SignedToken);
      await sees(parcel.sub, wanted, after);
    }
    const { state, tokens } = await up.client.chain(parcel.sub);
    expect(tokens.flatMap(({ findings }) => findings)).toEqual([]);
    expect(state).toMatchObject({ status: 'confirmed', closed: true, seals: { 'DK-0417': 'intact' } });
    expect(await alertsOf(parcel.sub)).toEqual([]);
  }, 120_000);

  it('a parcel taken by a stranger → astray, and everybody concerned is alarmed', async () => {
    const { parcel, alerts } = await misdelivered(cast);
    subs.push(parcel.sub);
    for (const token of parcel.tokens) await told(token);
    const alarms = await raised(parcel.sub, alerts.length);
    expect(alarms.map(({ code }) => code).sort()).toEqual(alerts);
    const { sender, courier, consignee, stranger } = cast;
    for (const { parties, responsible } of alarms) {
      expect(responsible).toBe(courier.id);
      expect([...parties].sort()).toEqual([sender.id, courier.id, consignee.id, stranger.id].sort());
    }
    expect((await up.client.chain(parcel.sub)).state).toMatchObject({ status: 'astray', holder: stranger.id });
  }, 60_000);

  it('its evidence, checked without the hub → holds; with a statement taken out it does not', async () => {
    const sub = subs.at(-1) ?? '';
    const newest = (await up.client.chain(sub)).tokens.at(-1)?.tid ?? '';
    // Witnesses are asked beside everything else: on a busy machine what was recorded a moment ago may not be cosigned yet.
    const cosigned = async () => isWitnessed(await up.client.receipt(newest));
    await waitFor(cosigned, { what: 'a receipt that is witnessed', timeoutMs: 45_000 });
    const { whole, cut } = await evidenceHeld(up.url, sub);
    expect(whole).toEqual({ exit: 0, failed: [], witnessed: true });
    expect(cut).toMatchObject({ exit: 1, witnessed: true });
    expect(cut.failed).toContain('completeness');
  }, 60_000);

  it('a parcel for a party that runs an agent → in its own copy, and evidence out of it holds, witnessed', async () => {
    const party = 'statistics-denmark';
    const parcel = await Parcel.register({
      ...cast,
      consignee: { id: party as PartyId },
    });
    await parcel.handOver(cast.sender, cast.courier);
    for (const token of parcel.tokens) await told(token);
    const home = up.agentHome(party);
    const inItsCopy = () => isInCopy(home, parcel.sub, parcel.tokens.length);
    await waitFor(inItsCopy, { what: 'the parcel in the agent’s copy, witnessed', timeoutMs: 90_000 });
    expect(await evidenceOfAgent(home, party, parcel.sub)).toEqual({ exit: 0, failed: [], witnessed: true });
  }, 120_000);

  it('everything stopped and started → the same chains and alerts, and a deadline that passed meanwhile is told as missed', async () => {
    const { client, url } = up;
    const parcel = await Parcel.register(cast);
    const until = Math.floor(Date.now() / 1000) + DEADLINE_S;
    await parcel.says(cast.sender, 'released', { to: cast.courier.id, mode: 'meet', until });
    for (const token of parcel.tokens) await told(token);
    await sees(parcel.sub, { sender: 'offered', courier: 'offered', consignee: 'expected' }, 'the release');
    const paths = subs.flatMap((sub) => [`/ledger/v1/chains/${sub}`, `/alerts/v1/alerts?state=all&sub=${sub}`]);
    const answers = () => Promise.all(paths.map(async (path) => (await fetch(url + path)).text()));
    const before = await answers();
    expect(await alertsOf(parcel.sub)).toEqual([]);

    await up.stop();
    await waitFor(() => Date.now() > until * 1000, { what: 'the deadline to pass', timeoutMs: DEADLINE_S * 1000 });
    await up.start();

    expect(await answers()).toEqual(before);
    const missed = await raised(parcel.sub, 1);
    const due = new Date(until * 1000).toISOString();
    expect(missed).toMatchObject([
      { code: 'handoff.unanswered', tid: parcel.tokens[1]?.tid, dueAt: due, late: true, state: 'raised' },
    ]);
    await parcel.says(cast.courier, 'accepted', { cond: 'ok' });
    await told(parcel.tokens.at(-1) as SignedToken);
    await sees(parcel.sub, { sender: 'in-custody', courier: 'held', consignee: 'expected' }, 'the acceptance');
    expect((await client.chain(parcel.sub)).tokens).toHaveLength(parcel.tokens.length);
  }, 240_000);
});
