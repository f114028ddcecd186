// The services by name: all of them in one process, or the one that settings name. What is not run is not loaded.

import type { MakeService } from '@unbroken/intake';
import { SettingsError } from '@unbroken/platform';

const services: Readonly<Record<string, () => Promise<MakeService>>> = {
  registry: async () => (await import('@unbroken/registry')).registryService,
  sender: async () => (await import('@unbroken/sender')).senderService,
  courier: async () => (await import('@unbroken/courier')).courierService,
  receiver: async () => (await import('@unbroken/receiver')).receiverService,
  ledger: async () => (await import('@unbroken/ledger')).ledgerService,
  alerts: async () => (await import('@unbroken/alerts')).alertsService,
  dashboard: async () => (await import('@unbroken/dashboard')).dashboardService,
};

/** Every service, or only the one of this name. Throws a SettingsError naming those there are. */
export async function servicesNamed(name: string | undefined): Promise<readonly MakeService[]> {
  if (name === undefined) return Promise.all(Object.values(services).map((load) => load()));
  const service = services[name];
  if (service !== undefined) return [await service()];
  const cure = `Name one of ${Object.keys(services).join(', ')}, or leave it out to run all of them`;
  throw new SettingsError([{ name: 'UNBROKEN_SERVICE', wrong: 'is not a service', cure }]);
}
