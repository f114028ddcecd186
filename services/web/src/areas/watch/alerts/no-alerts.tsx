import { Message } from '../../../shell/message.js';
import type { ShownState } from '../../../hub/alerts.js';

const titles: Readonly<Record<ShownState, string>> = {
  open: 'Nothing needs you now.',
  acknowledged: 'Nobody is working on an alert.',
  resolved: 'Nothing has been resolved yet.',
};

interface NoAlertsProps {
  readonly state: ShownState;
  readonly sub: string | undefined;
}

export function NoAlerts({ state, sub }: NoAlertsProps) {
  return (
    <Message shape="whole" title={titles[state]}>
      {sub !== undefined && <p>Only alerts of one parcel are shown.</p>}
      {state === 'open' && <p>A new alert appears here by itself, within a second.</p>}
    </Message>
  );
}
