// An alert as people and programs are shown it: with what happened in words, and what to do now.

import type { ChainStore, RegistryView } from '@unbroken/chains';
import { isAboutParcel } from '@unbroken/contracts';
import type { Alert as ShownAlert } from '@unbroken/contracts';
import type { PartyId } from '@unbroken/tokens';
import { Facts, alertSentence, naming, stepsNow } from '@unbroken/words';
import type { Alert, Assignment, Decision } from './alert.js';
import { alertRecordOf } from './announce.js';

export class ShowAlerts {
  constructor(
    private readonly chains: Pick<ChainStore, 'getMany'>,
    private readonly view: Pick<RegistryView, 'registry'>,
  ) {}

  /** In the same order. */
  async show(alerts: readonly Alert[]): Promise<ShownAlert[]> {
    const states = await this.chains.getMany([...new Set(alerts.filter(isAboutParcel).map(({ sub }) => sub))]);
    return alerts.map((alert) => {
      const state = isAboutParcel(alert) ? states.get(alert.sub) : undefined;
      const { assigned, acknowledged, resolved, ...record } = alertRecordOf(alert);
      return {
        ...record,
        ...(assigned && alert.assigned
          ? { assigned: { ...assigned, ...contactOf(alert.assigned), reason: alert.assigned.reason } }
          : {}),
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

const contactOf = ({ contact }: Assignment): { contact?: string } => (contact === null ? {} : { contact });

const why = ({ reason }: Decision): { reason: string } => ({ reason });
