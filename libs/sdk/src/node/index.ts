// What needs a file system: the command's key and salt stores.
export { DirectoryKeyStore } from '../keys/directory-key-store.js';
export { KeptTokens } from '../keys/kept-tokens.js';
export { SaltStore } from '../keys/salt-store.js';
export type { Committed } from '../keys/salt-store.js';
