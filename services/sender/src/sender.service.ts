// The sender service: drafts, a door that minds the dispatch rules, and what has been sent.

import { getDataSourceToken } from '@nestjs/typeorm';
import { ChainStore, RegistryView } from '@unbroken/chains';
import { roleService } from '@unbroken/intake';
import type { MakeService } from '@unbroken/intake';
import { CLOCK } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { DispatchGate } from './dispatch/dispatch-gate.js';
import { Pending } from './dispatch/pending.js';
import { RefusedConsumer, refusedTransport } from './dispatch/refused.consumer.js';
import { Pending1763700100000 } from './migrations/pending.js';
import { DraftController } from './shipments/draft.controller.js';
import { SentController } from './shipments/sent.controller.js';

const name = 'sender';

export const senderService: MakeService = (settings, parts) => {
  const { clock } = parts;
  const pending = new Pending();
  const room = roleService(
    {
      name,
      controllers: [DraftController, SentController, RefusedConsumer],
      providers: [
        { provide: CLOCK, useValue: clock },
        { provide: Pending, useValue: pending },
      ],
      migrations: [Pending1763700100000],
      heard: (manager, folded) =>
        pending.heard(
          manager,
          folded.flatMap(({ recorded }) => recorded.map(({ tid }) => tid)),
        ),
      gate: {
        token: DispatchGate,
        providers: [
          {
            provide: DispatchGate,
            inject: [getDataSourceToken(name), ChainStore, RegistryView],
            useFactory: (database: DataSource, chains: ChainStore, view: RegistryView) =>
              new DispatchGate({ database, chains, view, pending, clock }),
          },
        ],
      },
    },
    settings,
    parts,
  );
  return { ...room, transports: () => [...room.transports(), refusedTransport(parts, settings)] };
};
