// Hears what the ledger has refused. Whoever has to do with the parcel that it names should hear that a statement about it
// did not count, at once or when that parcel is known here; what names none is the operator's to look at in quarantine.

import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ChainStore } from '@unbroken/chains';
import { headers } from '@unbroken/contracts';
import { CLOCK } from '@unbroken/platform';
import type { Clock, RawMessage } from '@unbroken/platform';
import { Inject } from '@nestjs/common';
import { isShipmentId, isTokenId, sha256Hash } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import type { Holding } from '../alerts/alert.js';
import { AlertsOutbox } from '../alerts/alerts-outbox.js';
import { openAlerts } from '../alerts/find-alerts.js';
import { partiesTold } from '../alerts/parties-told.js';
import { raiseAlerts } from '../alerts/raise-alerts.js';
import { ALERTS_TRANSPORT } from '../transport.js';
import { Judging } from './judging.js';
import { hasOpened, letWait } from './waiting-refusals.js';
import type { Refusal } from './waiting-refusals.js';

@Controller()
export class RefusedConsumer {
  constructor(
    private readonly judging: Judging,
    private readonly chains: ChainStore,
    private readonly outbox: AlertsOutbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Anybody can have tokens refused, any number of them: while one alert of a chain and a reason is open, another says
   * nothing new. A batch that comes again finds its alerts open, or raised under the same name.
   */
  @EventPattern('custody.refused.v1', ALERTS_TRANSPORT)
  async refused(@Payload() messages: readonly RawMessage[]): Promise<void> {
    const refusals = messages.flatMap(refusalIn);
    if (refusals.length === 0) return;
    await this.judging.inTransaction(async (manager) => {
      const subs = [...new Set(refusals.map(({ sub }) => sub))];
      const opened = new Map([...(await this.chains.lock(manager, subs))].filter(([, state]) => hasOpened(state)));
      const told = new Set((await openAlerts(manager, subs)).map(kindOf));
      const holding = refusals.flatMap(({ sub, tid, refusal }): Holding[] => {
        const state = opened.get(sub);
        const finding = { sub, tid, code: 'token.refused', refusal } as const;
        if (state === undefined || told.has(kindOf(finding))) return [];
        told.add(kindOf(finding));
        return [{ ...finding, ...partiesTold(state) }];
      });
      const now = this.clock.now();
      await letWait(
        manager,
        refusals.filter(({ sub }) => !opened.has(sub)),
        now,
      );
      const raised = await raiseAlerts(manager, holding, now);
      await this.outbox.announce(manager, raised);
      return raised;
    });
  }
}

const kindOf = ({ sub, code, refusal }: Pick<Holding, 'sub' | 'code'> & { readonly refusal?: string | null }): string =>
  `${sub} ${code} ${refusal ?? ''}`;

/** Bytes that could not be read so far as a token id are named by their hash. */
function refusalIn({ key, value, headers: given }: RawMessage): Refusal[] {
  if (!isShipmentId(key)) return [];
  const named = given[headers.tokenId];
  const tid = isTokenId(named) ? named : (sha256Hash(value ?? new Uint8Array()) as string as TokenId);
  return [{ sub: key, tid, refusal: given[headers.reasonCode] ?? 'token.json' }];
}
