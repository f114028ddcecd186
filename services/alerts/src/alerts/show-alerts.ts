// An alert as people and programs are shown it: with what happened in words, and what to do now.

import type { ChainStore, RegistryView } from '@unbroken/chains';
import type { Alert as ShownAlert } from '@unbroken/contracts';
import { isShipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { Facts, alertSentence, naming, stepsNow } from '@unbroken/words';
import type { Alert, Decision } from './alert.js';
import { alertRecordOf } from './announce.js';

export class ShowAlerts {
  constructor(
    private readonly chains: Pick<ChainStore, 'getMany'>,
    private readonly view: Pick<RegistryView, 'registry'>,
  ) {}

  /** In the same order. */
  async show(alerts: readonly Alert[]): Promise<ShownAlert[]> {
    const subs = alerts.map(({ sub }) => sub).filter((sub) => isShipmentId(sub));
    const states = await this.chains.getMany([...new Set(subs)]);
    return alerts.map((alert) => {
      const { acknowledged, resolved, ...record } = alertRecordOf(alert);
      const state = isShipmentId(alert.sub) ? states.get(alert.sub) : undefined;
      return {
        ...record,
        ...(acknowledged && alert.acknowledged
          ? { acknowledged: { ...acknowledged, ...why(alert.acknowledged) } }
          : {}),
        ...(resolved && alert.resolved ? { resolved: { ...resolved, ...why(alert.resolved) } } : {}),
        sentence: alertSentence(alert.code, new Facts(alert, state, this.#nameOf)),
        next: [...stepsNow(alert.code, state?.status)],
      };
    });
  }

  readonly #nameOf = naming((party) => this.view.registry.party(party as PartyId)?.name);
}

const why = ({ reason }: Decision): { reason: string } => ({ reason });
