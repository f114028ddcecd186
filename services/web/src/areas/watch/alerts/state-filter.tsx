// Which alerts are shown; the address says it too.

import { CloseButton, SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { shownStates } from '../../../hub/alerts.js';
import type { ShownState } from '../../../hub/alerts.js';
import { ShipmentName } from '../../../words/shipment-name.js';
import css from './state-filter.module.css';

const labels: Readonly<Record<ShownState, string>> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
};

interface StateFilterProps {
  readonly state: ShownState;
  readonly sub: string | undefined;
}

export function StateFilter({ state, sub }: StateFilterProps) {
  const navigate = useNavigate({ from: '/alerts' });
  return (
    <div className={css['filter']}>
      <SegmentedControl
        aria-label="Which alerts to show"
        value={state}
        onChange={(chosen) => void navigate({ search: { state: chosen === 'open' ? undefined : chosen, sub } })}
        data={shownStates.map((value) => ({ value, label: labels[value] }))}
      />
      {sub !== undefined && (
        <span className={css['only']}>
          only of <ShipmentName sub={sub} />
          <CloseButton
            size="sm"
            aria-label="Show those of every parcel"
            onClick={() => void navigate({ search: { state: state === 'open' ? undefined : state } })}
          />
        </span>
      )}
    </div>
  );
}
