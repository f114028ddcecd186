// The known places of chains in IndexedDB.

import type { KnownPlace, PlaceStore } from '../outbox/known-place.js';
import { DURABLE } from './device-database.js';
import type { DeviceDatabase } from './device-database.js';

export class IndexedPlaces implements PlaceStore {
  constructor(private readonly database: DeviceDatabase) {}

  of(sub: string): Promise<KnownPlace | undefined> {
    return this.database.get('places', sub);
  }

  /** A crash leaves the older place. What this device has signed since is in its outbox, and counts from there. */
  async keep(place: KnownPlace): Promise<void> {
    const tx = this.database.transaction('places', 'readwrite', DURABLE);
    await Promise.all([tx.store.put(place), tx.done]);
  }
}
