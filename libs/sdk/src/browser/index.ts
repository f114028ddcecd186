// What needs a browser: the device's stores in IndexedDB.
export { openDeviceDatabase } from './device-database.js';
export type { DeviceDatabase } from './device-database.js';
export { IndexedKeptTokens } from './indexed-kept-tokens.js';
export { IndexedOutbox } from './indexed-outbox.js';
export { IndexedPlaces } from './indexed-places.js';
