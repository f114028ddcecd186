// The promise in the answer: which bytes were taken when, and by when they are recorded.

import { createHash } from 'node:crypto';
import { readPromise } from '@unbroken/tokens';
import type { IntakePromise } from '@unbroken/tokens';
import { GATED, POST, Turnstile, tidOf } from './doors.part.test.js';
import type { Doors } from './doors.part.test.js';
import { promiseKey } from './promise/promise-key.js';

export function promiseGivenTests(at: () => Doors): void {
  const promiseIn = async (body: object): Promise<IntakePromise> => {
    const { jwk } = await promiseKey(at().house.settings.UNBROKEN_STATE_DIR);
    return readPromise(String(Reflect.get(body, 'promise')), [jwk]);
  };
  const sum = (text: string) => createHash('sha256').update(text).digest('base64url');

  it('says which bytes were taken when, and by when they are recorded; the same bytes again → the same promise', async () => {
    const { house, token } = at();
    const sent = await token();
    const { body } = await house.post(POST, sent);
    const received = Math.floor(house.clock.now() / 1000);
    const line = { tid: tidOf(sent), sum: sum(sent), received, due: received + 24 * 3600 };
    expect(await promiseIn(body)).toEqual({
      iss: house.settings.UNBROKEN_DEPLOYMENT,
      service: 'courier',
      tokens: [line],
    });
    house.clock.advance(600_000);
    expect((await house.post(POST, sent)).body).toEqual(body);
    const other = await token();
    const both = await house.post(POST, { tokens: [other, sent, other] });
    const later = { tid: tidOf(other), sum: sum(other), received: received + 600, due: received + 600 + 24 * 3600 };
    expect((await promiseIn(both.body)).tokens).toEqual([later, line, later]);
  });

  it('of a batch with a bad token → names the others; by another service → in its own name', async () => {
    const { house, token } = at();
    const sent = await token();
    Turnstile.closed = false;
    const { body } = await house.post(GATED, { tokens: ['bad', sent] });
    expect(await promiseIn(body)).toMatchObject({ service: 'receiver', tokens: [{ tid: tidOf(sent) }] });
  });

  it('nothing taken → nothing promised', async () => {
    const { house } = at();
    const { status, body } = await house.post(POST, { tokens: ['bad', 'worse'] });
    expect({ status, promise: body['promise'] }).toEqual({ status: 422, promise: undefined });
  });

  it('after a restart → by the same key', async () => {
    const { house, token } = at();
    const sent = await token();
    const { body } = await house.post(POST, sent);
    await house.stop();
    await house.start();
    expect((await house.post(POST, sent)).body).toEqual(body);
  }, 60_000);
}
