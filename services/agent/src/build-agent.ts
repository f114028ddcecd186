// The agent's rooms, joined: one small process that speaks HTTPS and nothing else.

import { readFile } from 'node:fs/promises';
import { Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Readiness, createHttpApp } from '@unbroken/platform/http';
import type { ServiceParts } from '@unbroken/platform/http';
import { agentLog } from './agent-log.js';
import { CopiedChains } from './copy/copied-chain.js';
import { Copying } from './copy/copying.js';
import { EntryFiles } from './copy/entry-files.js';
import { Findings } from './findings/findings.js';
import { Gateway } from './gateway/gateway.js';
import { GatewayWork } from './gateway/inbox/gateway-work.js';
import { AgentKeys } from './keys/agent-keys.js';
import { witnessName } from './settings.js';
import { Settling } from './settle/settling.js';
import type { AgentSettings } from './settings.js';
import { trustedHub } from './trusted-hub.js';
import { LogWatch } from './watch/log-watch.js';
import { SeenRecord } from './watch/seen-record.js';
import { SplitReport } from './watch/split-report.js';
import { CosignedRecord } from './witness/cosigned-record.js';
import { Witness } from './witness/witness.js';
import { WitnessController } from './witness/witness.controller.js';

const MEBIBYTE = 1024 * 1024;

/** What goes on beside requests. */
interface Work {
  start(): void;
  stop(): Promise<void>;
}

/** Started with the application, stopped before it ends. */
class RunningAgent implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly works: readonly Work[]) {}

  onApplicationBootstrap(): void {
    for (const work of this.works) work.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.works.map((work) => work.stop()));
  }
}

@Module({})
class AgentModule {}

export interface AgentOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Opens the keys, reads what is trusted, and composes.
 * @throws KeyRefused where a key file is readable by others; EvidenceRefused, TlogRefused for a policy that cannot be used
 */
export async function buildAgent(
  settings: AgentSettings,
  { now = Date.now }: AgentOptions = {},
): Promise<ServiceParts> {
  const { home, hub, client, trust } = await trustedHub(settings);
  const party = settings.UNBROKEN_AGENT_PARTY;
  const keys = new AgentKeys(home, party, now);
  const signer = await keys.witness(witnessName(settings));
  const findings = new Findings(home.findings, now);
  const cosigned = new CosignedRecord(home.cosigned);
  const seen = new SeenRecord(home.seen);
  const watch = new LogWatch({ hub, trust, seen, cosigned, findings });
  const files = new EntryFiles(home.copy);
  const chains = new CopiedChains(home.copy);
  const copying = new Copying({ party, client, trust, watch, findings, files, chains, now });
  const { UNBROKEN_AGENT_NAME: name, UNBROKEN_AGENT_ROLES: roles } = settings;
  const settling = name === undefined || roles === undefined ? [] : [new Settling({ client, keys, name, roles, now })];
  const gateway = new GatewayWork({
    gateway: new Gateway({ home, keys, client, trust, now }),
    home: home.gateway,
    inbox: settings.UNBROKEN_AGENT_INBOX,
  });
  const works: Work[] = [watch, new SplitReport(hub, findings), copying, gateway, ...settling];
  const module: DynamicModule = {
    module: AgentModule,
    controllers: [WitnessController],
    providers: [
      { provide: Witness, useValue: new Witness({ signer, trust, cosigned, seen, findings, now }) },
      { provide: RunningAgent, useValue: new RunningAgent(works) },
    ],
  };
  const app = await createHttpApp(module, settings, {
    rawBodies: true,
    bodyLimit: MEBIBYTE,
    ...(await tlsOf(settings)),
  });
  for (const { readiness } of [findings, gateway]) app.get(Readiness).register(readiness);
  agentLog.info('agent.opened', { party, witness: signer.vkey });
  return { app, transports: [] };
}

async function tlsOf({ UNBROKEN_AGENT_TLS_CERT: cert, UNBROKEN_AGENT_TLS_KEY: key }: AgentSettings) {
  if (cert === undefined || key === undefined) return {};
  const [certText, keyText] = await Promise.all([readFile(cert, 'utf8'), readFile(key, 'utf8')]);
  return { tls: { cert: certText, key: keyText } };
}
