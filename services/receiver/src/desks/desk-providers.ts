// The desks, joined: keys, limits, what finders told, and the work beside the requests.

import type { Provider } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { ChainStore, RegistryView } from '@unbroken/chains';
import { Intake, openingProviders } from '@unbroken/intake';
import { CLOCK } from '@unbroken/platform';
import type { Clock, CommonSettings } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { CodeDesk } from '../codes/code-desk.js';
import { CodePosting } from '../codes/code-posting.js';
import { Codes } from '../codes/codes.js';
import { SEND_CODE, sendOver } from '../codes/send-code.js';
import type { SendCode } from '../codes/send-code.js';
import { FinderDesk } from '../found/finder-desk.js';
import { ReportSigning } from '../found/report-signing.js';
import { Reports } from '../found/reports.js';
import { Guests } from '../guests/guests.js';
import { runningBeside } from '../lifecycle.js';
import { DeskLimits } from '../limits/desk-limits.js';
import { keptDesks, namesKeys } from './desks.js';
import type { Desks } from './desks.js';
import { DevelopmentDesks } from './development-desks.js';
import { Forgetting } from './forgetting.js';

/** Nest's injection token of the desks' keys. */
export const DESKS = Symbol('DESKS');

/** `service` names the database. In development, where no key is named, the desks have a party of their own. */
export function deskProviders(settings: CommonSettings, clock: Clock, service: string): Provider[] {
  const database = getDataSourceToken(service);
  const page = settings.UNBROKEN_PAGE_URL;
  const byThemselves = settings.UNBROKEN_ADMISSION === 'automatic' && !namesKeys(settings);
  return [
    { provide: CLOCK, useValue: clock },
    ...openingProviders(clock, database),
    {
      provide: DESKS,
      inject: [Intake, RegistryView],
      useFactory: (intake: Intake, view: RegistryView): Desks | Promise<Desks> =>
        byThemselves
          ? new DevelopmentDesks({ intake, view, clock, stateDir: settings.UNBROKEN_STATE_DIR })
          : keptDesks(settings),
    },
    {
      provide: DeskLimits,
      inject: [database],
      useFactory: (dataSource: DataSource) => new DeskLimits(dataSource, clock),
    },
    { provide: Reports, inject: [database], useFactory: (dataSource: DataSource) => new Reports(dataSource) },
    {
      provide: ReportSigning,
      inject: [Reports, ChainStore, Intake, DESKS],
      useFactory: (reports: Reports, chains: ChainStore, intake: Intake, desks: Desks) =>
        new ReportSigning({ reports, chains, intake, desks, clock }),
    },
    {
      provide: FinderDesk,
      inject: [Reports, DeskLimits, DESKS, ReportSigning],
      useFactory: (reports: Reports, limits: DeskLimits, desks: Desks, signing: ReportSigning) =>
        new FinderDesk({ reports, limits, desks, clock, wake: () => signing.wake() }),
    },
    { provide: Guests, inject: [database], useFactory: (dataSource: DataSource) => new Guests(dataSource) },
    { provide: Codes, inject: [database], useFactory: (dataSource: DataSource) => new Codes(dataSource) },
    { provide: SEND_CODE, useValue: sendOver(settings, clock) },
    {
      provide: CodeDesk,
      inject: [Codes, Guests, DeskLimits, DESKS, ChainStore, Intake, SEND_CODE],
      useFactory: (
        codes: Codes,
        guests: Guests,
        limits: DeskLimits,
        desks: Desks,
        chains: ChainStore,
        intake: Intake,
        sendCode: SendCode,
      ) => new CodeDesk({ codes, guests, limits, desks, chains, intake, sendCode, clock, page }),
    },
    {
      provide: CodePosting,
      inject: [Codes, Intake],
      useFactory: (codes: Codes, intake: Intake) => new CodePosting({ codes, intake, clock }),
    },
    {
      provide: Forgetting,
      inject: [DeskLimits, Reports, Codes, Guests],
      useFactory: (limits: DeskLimits, reports: Reports, codes: Codes, guests: Guests) =>
        new Forgetting({ limits, reports, codes, guests, clock }),
    },
    ...[ReportSigning, CodeDesk, CodePosting, Forgetting].map(runningBeside),
  ];
}
