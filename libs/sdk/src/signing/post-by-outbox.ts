// A token on its way to the hub by the device's outbox: kept first, carried in behind what waits there already.

import type { TokenId } from '@unbroken/tokens';
import type { Door } from '../client/unbroken-client.js';
import type { DeviceOutbox } from '../outbox/device-outbox.js';

export interface SentByOutbox {
  /** The hub had not recorded it when the waiting ended. */
  readonly pending: boolean;
  /** False: no hub has it yet, and it is kept here to be carried in. */
  readonly carried: boolean;
}

/**
 * @param wait seconds to wait for the record; 0: do not wait
 * @throws HubProblem where the hub refuses it, which the outbox keeps with it; what the hub gave where that does not hold
 */
export async function postByOutbox(
  outbox: DeviceOutbox,
  signed: { readonly token: string; readonly tid: TokenId; readonly door: Door },
  wait: number,
): Promise<SentByOutbox> {
  await outbox.keep(signed.token, signed.door);
  const { tokens } = await outbox.carryIn(wait);
  const carried = tokens.get(signed.tid) ?? { state: 'waiting' as const };
  if (carried.state === 'refused') throw carried.problem;
  if (carried.state === 'doubted') throw carried.fault;
  if (carried.state !== 'waiting') return { pending: carried.state === 'taken', carried: true };
  await outbox.stands([signed.token]);
  return { pending: true, carried: false };
}
