// Makes a view of chains again from the log, while its service is stopped: after a bug in it was mended, or when its
// tables were lost.
//
// One transaction empties the view and fills it: a crash before its commit leaves the view as it was, and after it the view
// is whole. What the service's topic brings afterwards is folded on top, and what is folded already is passed over. Run
// again, it does the same again.

import { createKafka, groupHasMembers, openDatabase } from '@unbroken/platform';
import type { CommonSettings, RawMessage } from '@unbroken/platform';
import type { KeyId, PartyId } from '@unbroken/tokens';
import type { DataSourceOptions, EntityManager } from 'typeorm';
import { ChainStore } from './chain-store.js';
import type { Folded } from './fold-batch.js';
import { RegistryView } from './registry-view.js';

/** The custody log, some entries at a time, in its order, as custody.recorded.v1 carries them. */
export type RecordedLog = AsyncIterable<readonly RawMessage[]>;

export interface FoldedView {
  /** Its schema. */
  readonly service: string;
  /** Its consumer group, without the prefix. */
  readonly group: string;
  readonly migrations: NonNullable<DataSourceOptions['migrations']>;
  /** The tables that follow from the log alone: nothing that a person has decided. */
  readonly tables: readonly string[];
  /** Whether `ChainStore.find` is used. */
  readonly searched: boolean;
  /** Within the transaction, after each batch. */
  readonly folded?: (manager: EntityManager, folded: readonly Folded[]) => Promise<void>;
  /** Within the transaction, when all is folded. */
  readonly whole?: (manager: EntityManager, chains: ChainStore, view: RegistryView) => Promise<void>;
}

/** The service runs: it would fold into what is being emptied. */
export class ViewAtWork extends Error {
  override readonly name = 'ViewAtWork';
  readonly code = 'view.at-work';

  constructor(service: string) {
    super(`${service} is at work: stop it first.`);
  }
}

/**
 * @param say what is done, a line each
 * @throws ViewAtWork; whatever database or Kafka fail with. The view is as it was then.
 */
export async function rebuildView(
  what: FoldedView,
  {
    settings,
    log,
    say,
  }: { readonly settings: CommonSettings; readonly log: RecordedLog; readonly say: (line: string) => void },
): Promise<void> {
  const { service, migrations, searched } = what;
  await mustRest(what, settings);
  const dataSource = await openDatabase({ service, settings, entities: [], migrations, poolSize: 3 });
  const view = registryOf(settings);
  try {
    view.start();
    const chains = new ChainStore(dataSource, { searched });
    let entries = 0;
    await dataSource.transaction(async (manager) => {
      await manager.query(`TRUNCATE ${what.tables.join(', ')}`);
      for await (const messages of log) {
        const folded = await chains.fold(manager, messages, view);
        await what.folded?.(manager, folded);
        chains.committed(folded);
        entries += messages.length;
      }
      await what.whole?.(manager, chains, view);
    });
    say(`made again from ${entries} entries of the log`);
  } finally {
    await view.stop();
    await dataSource.destroy();
  }
}

async function mustRest({ group, service }: FoldedView, settings: CommonSettings): Promise<void> {
  const admin = createKafka(settings, 'rebuild').admin();
  await admin.connect();
  try {
    if (await groupHasMembers(admin, settings.UNBROKEN_KAFKA_TOPIC_PREFIX + group)) throw new ViewAtWork(service);
  } finally {
    await admin.disconnect();
  }
}

function registryOf(settings: CommonSettings): RegistryView {
  const operatorKid = settings.UNBROKEN_OPERATOR_KID as KeyId | undefined;
  return new RegistryView({
    kafka: createKafka(settings, 'rebuild'),
    prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX,
    deployment: settings.UNBROKEN_DEPLOYMENT,
    operator: settings.UNBROKEN_OPERATOR_PARTY as PartyId,
    ...(operatorKid && { operatorKid }),
  });
}
