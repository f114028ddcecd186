// What every work of the agent stands on: its folder, the hub as it is reached, and whom of it is trusted, as far as is kept.

import { UnbrokenClient } from '@unbroken/sdk';
import { homeIn } from './home.js';
import { hubOf } from './hub.js';
import type { Hub } from './hub.js';
import type { AgentSettings } from './settings.js';
import { PinnedTrust } from './trust/pinned-trust.js';

export interface TrustedHub {
  readonly home: ReturnType<typeof homeIn>;
  readonly hub: Hub;
  readonly client: UnbrokenClient;
  readonly trust: PinnedTrust;
}

/** Asks nobody. @throws SettingsError; EvidenceRefused, TlogRefused for a policy that cannot be used */
export async function trustedHub(settings: AgentSettings): Promise<TrustedHub> {
  const home = homeIn(settings.UNBROKEN_STATE_DIR);
  const hub = hubOf(settings);
  const client = new UnbrokenClient(hub);
  const { trust: kept, successions } = home;
  const trust = new PinnedTrust({ given: settings.UNBROKEN_AGENT_TRUST, kept, successions, client });
  await trust.open();
  return { home, hub, client, trust };
}
