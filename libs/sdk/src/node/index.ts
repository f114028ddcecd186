// What needs a file system: the command's stores of keys, salts and tokens.
export { DirectoryKeyStore } from '../keys/directory-key-store.js';
export { KeptTokens } from '../keys/kept-tokens.js';
export { SaltStore } from '../keys/salt-store.js';
export type { Committed } from '../keys/salt-store.js';
export { readKeyFile, signerIn } from '../keys/key-file.js';
export { KeyRefused } from '../keys/key-store.js';
export { DirectoryOutbox } from '../outbox/directory-outbox.js';
export { DirectoryPlaces } from '../outbox/directory-places.js';
