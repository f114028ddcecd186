// The services by name: all of them in one process, or the one that settings name.

import { alertsService } from '@unbroken/alerts';
import { courierService } from '@unbroken/courier';
import { dashboardService } from '@unbroken/dashboard';
import type { MakeService } from '@unbroken/intake';
import { ledgerService } from '@unbroken/ledger';
import { SettingsError } from '@unbroken/platform';
import { receiverService } from '@unbroken/receiver';
import { registryService } from '@unbroken/registry';
import { senderService } from '@unbroken/sender';

const services: Readonly<Record<string, MakeService>> = {
  registry: registryService,
  sender: senderService,
  courier: courierService,
  receiver: receiverService,
  ledger: ledgerService,
  alerts: alertsService,
  dashboard: dashboardService,
};

/** Every service, or only the one of this name. Throws a SettingsError naming those there are. */
export function servicesNamed(name: string | undefined): readonly MakeService[] {
  if (name === undefined) return Object.values(services);
  const service = services[name];
  if (service !== undefined) return [service];
  const cure = `Name one of ${Object.keys(services).join(', ')}, or leave it out to run all of them`;
  throw new SettingsError([{ name: 'UNBROKEN_SERVICE', wrong: 'is not a service', cure }]);
}
