// What a browser keeps for its device, in IndexedDB: tokens that are not settled, what was kept of those that are, and the
// places of chains. A transaction is on the disk before it is done (`durability: strict`), for a phone may die at any time.

import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { KnownPlace } from '../outbox/known-place.js';
import type { OutboxToken } from '../outbox/outbox-token.js';
import type { KeptToken } from '../promises/kept-token.js';

interface DeviceSchema extends DBSchema {
  /** By the order of keeping. */
  outbox: { key: number; value: OutboxToken & { readonly sum: string }; indexes: { sum: string } };
  /** By token id. */
  tokens: { key: string; value: KeptToken & { readonly tid: string } };
  /** By chain. */
  places: { key: string; value: KnownPlace };
}

export type DeviceDatabase = IDBPDatabase<DeviceSchema>;

/** How every write is made. */
export const DURABLE = { durability: 'strict' } as const;

const VERSION = 1;

/** Opens it, and makes it the first time. @param name of the database; one for each party that signs on this device */
export function openDeviceDatabase(name = 'unbroken-device'): Promise<DeviceDatabase> {
  return openDB<DeviceSchema>(name, VERSION, {
    upgrade(database) {
      database.createObjectStore('outbox', { autoIncrement: true }).createIndex('sum', 'sum', { unique: true });
      database.createObjectStore('tokens', { keyPath: 'tid' });
      database.createObjectStore('places', { keyPath: 'sub' });
    },
  });
}
