// One Jest run for the whole repository: libraries are used from source, so editing one needs no build first.
export const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/test', '<rootDir>/deploy'],
  testMatch: ['**/*.test.ts'],
  // A part of a suite is run by the suite that imports it, on servers that are started once for all of its parts.
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.part\\.test\\.ts$'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/deploy/local/test-run/jest-global-setup.js',
  globalTeardown: '<rootDir>/deploy/local/test-run/jest-global-teardown.js',
  testSequencer: '<rootDir>/deploy/local/test-run/longest-first.js',
  testTimeout: 60_000,
  // Much of the time is waiting for servers that were stopped on purpose.
  maxWorkers: 3,
  // Each file leaves its modules behind, and collecting garbage around two gigabytes of them takes its time.
  workerIdleMemoryLimit: '800MB',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@unbroken/source', 'node', 'node-addons'] },
};
