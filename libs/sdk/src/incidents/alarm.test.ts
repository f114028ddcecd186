import type { Alert } from '@unbroken/contracts';
import type { TokenId } from '@unbroken/tokens';
import { UnbrokenClient } from '../client/unbroken-client.js';
import { AnsweringHub } from '../fixture/answering-hub.js';
import { someHead, someShipment } from '@unbroken/words/fixture';
import { expectAlarm, expectNoOther } from './alarm.js';
import type { Stage } from './stage.js';

const raised: Alert = {
  id: '00000000-0000-4000-8000-000000000000',
  code: 'parcel.opened',
  severity: 'critical',
  sub: someShipment,
  tid: someHead as TokenId,
  raisedAt: '2026-03-02T08:00:02.500Z',
  state: 'raised',
  parties: [],
  responsible: null,
  sentence: 'It had been opened.',
  next: ['Call the sender.'],
};
const about = { sub: someShipment, tid: someHead };

let hub: AnsweringHub;
afterEach(async () => hub.close());

async function stageWith(...alerts: Alert[]): Promise<Stage> {
  const answer = { status: 200, body: { alerts, cursor: null } };
  const path = `GET /alerts/v1/alerts?sub=${someShipment}&state=all`;
  hub = new AnsweringHub({ [path]: answer, [`${path}&limit=200`]: answer });
  const client = new UnbrokenClient({ url: await hub.listen() });
  const nothing = () => Promise.resolve();
  return { client, tempo: 'live', now: () => 0, pass: nothing, pause: nothing, say: () => undefined };
}

describe('an alarm of the story', () => {
  it('is there → timed from the POST, with the first thing to do', async () => {
    const alarm = await expectAlarm('parcel.opened', about, performance.now() - 100, await stageWith(raised));
    expect(alarm).toMatchObject({ since: 'post', sentence: 'It had been opened.', next: 'Call the sender.' });
    expect(alarm.afterMs).toBeGreaterThanOrEqual(100);
  });

  it('of a deadline → timed from when it fell due', async () => {
    const late = { ...raised, dueAt: '2026-03-02T08:00:02.000Z' };
    const alarm = await expectAlarm('parcel.opened', about, performance.now(), await stageWith(late));
    expect(alarm).toMatchObject({ since: 'due', afterMs: 500 });
  });

  it.each([
    ['nothing was raised', []],
    ['another code was raised', [{ ...raised, code: 'seal.broken' as const }]],
    ['it was raised on another token', [{ ...raised, tid: `C${someHead.slice(1)}` as TokenId }]],
  ])('%s → the story fails and says which alarm did not come', async (_, alerts) => {
    const asked = expectAlarm('parcel.opened', about, performance.now(), await stageWith(...alerts), 0);
    await expect(asked).rejects.toMatchObject({
      code: 'story.alarm-missing',
      message: expect.stringContaining('parcel.opened') as string,
    });
  });

  it('was raised and not expected → the story fails and says which', async () => {
    await expect(expectNoOther([someShipment], [], await stageWith(raised))).rejects.toMatchObject({
      code: 'story.alarm-unexpected',
      message: expect.stringContaining('parcel.opened') as string,
    });
  });

  it('was expected → nothing else is wrong', async () => {
    const stage = await stageWith(raised);
    const alarm = await expectAlarm('parcel.opened', about, performance.now(), stage);
    await expect(expectNoOther([someShipment], [alarm], stage)).resolves.toBeUndefined();
  });
});
