// The rooms of telling, joined: whom (contacts), what (decide), how (send), and how it went (show).

import type { InjectionToken, Provider } from '@nestjs/common';
import { ChainStore, RegistryView } from '@unbroken/chains';
import type { Clock, CommonSettings } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { AlertsOutbox } from '../alerts/alerts-outbox.js';
import { ShowAlerts } from '../alerts/show-alerts.js';
import { RunningEscalating, RunningSending } from '../lifecycle.js';
import { CONTACTS } from './contacts/contact.js';
import { readContacts } from './contacts/contacts-file.js';
import { Escalating } from './decide/escalate.js';
import { Notices } from './decide/notices.js';
import { Attempts } from './send/attempts.js';
import { JobQueue } from './send/job-queue.js';
import { mailOver } from './send/mail.js';
import { Messages } from './send/message.js';
import { Sending } from './send/sending.js';
import { ShownNotifications } from './show/shown-notifications.js';

/** @throws SettingsError where the contacts, or how to reach them, cannot be used */
export function notifyProviders(settings: CommonSettings, clock: Clock, database: InjectionToken): Provider[] {
  const contacts = readContacts(settings);
  const sendMail = mailOver(settings, contacts);
  const page = settings.UNBROKEN_PAGE_URL;
  return [
    { provide: CONTACTS, useValue: contacts },
    { provide: AlertsOutbox, useFactory: () => new AlertsOutbox(new Notices(contacts), clock) },
    {
      provide: Escalating,
      inject: [database],
      useFactory: (dataSource: DataSource) => new RunningEscalating({ dataSource, contacts, clock }),
    },
    {
      provide: Sending,
      inject: [database, ShowAlerts, ChainStore, RegistryView],
      useFactory: (dataSource: DataSource, shown: ShowAlerts, chains: ChainStore, view: RegistryView) => {
        const queue = new JobQueue(dataSource);
        const messages = new Messages({ shown, chains, view, page });
        const attempts = new Attempts({ dataSource, queue, contacts, messages, sendMail, clock });
        return new RunningSending({ dataSource, queue, attempts, contacts, clock });
      },
    },
    {
      provide: ShownNotifications,
      inject: [database, RegistryView],
      useFactory: (dataSource: DataSource, view: RegistryView) =>
        new ShownNotifications({ dataSource, contacts, view }),
    },
  ];
}
