// Imports point one way: services → intake, platform, sdk, chains → manifests, contracts → custody → tokens; tlog beside them.
// A room is entered by its package name, never by a relative path through its wall.

const room = '^(libs|services)/([^/]+)/';

/** Which libraries a library may use. */
const allowed = {
  tokens: [],
  tlog: [],
  custody: ['tokens'],
  manifests: ['custody', 'tokens', 'tlog'],
  contracts: ['custody', 'tokens', 'tlog'],
  platform: ['contracts', 'custody'],
  words: ['manifests', 'contracts', 'custody', 'tokens'],
  chains: ['platform', 'manifests', 'contracts', 'custody', 'tokens', 'tlog'],
  intake: ['chains', 'platform', 'manifests', 'contracts', 'custody', 'tokens', 'tlog'],
  evidence: ['manifests', 'contracts', 'custody', 'tokens', 'tlog'],
  'evidence-pdf': ['evidence', 'words', 'manifests', 'contracts', 'custody', 'tokens', 'tlog'],
  sdk: ['evidence-pdf', 'evidence', 'words', 'manifests', 'contracts', 'custody', 'tokens', 'tlog'],
  testing: ['platform', 'manifests', 'contracts', 'custody', 'tokens', 'tlog', 'evidence', 'sdk'],
};

const directions = Object.entries(allowed).map(([lib, uses]) => ({
  name: `libs/${lib} uses only ${uses.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^libs/${lib}/src/`, pathNot: '\\.test\\.ts$' },
  to: { path: room, pathNot: `^libs/(${[lib, ...uses].join('|')})/` },
}));

const outsideWorld = '(^|/)node_modules/(@nestjs/|kafkajs|typeorm|pg/|@fastify/|fastify)';

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'a service imports no service',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: '^services/standalone/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'a room is entered by its name',
      comment: 'a relative import reaches into another room',
      severity: 'error',
      from: { path: room },
      to: { path: room, pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'the rules know no framework, broker or database',
      severity: 'error',
      from: { path: '^libs/(custody|manifests|tokens|tlog|evidence)/src/' },
      to: { path: outsideWorld },
    },
    {
      name: 'what runs in browsers imports nothing of Node',
      severity: 'error',
      from: {
        path: '^libs/(custody|manifests|tokens|tlog|evidence|words)/src/',
        pathNot: '(^libs/(tokens|tlog)/src/node/|\\.test\\.ts$)',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'an agent loads neither Kafka nor a database',
      comment: 'it speaks HTTPS alone: of the platform it takes /process and /http',
      severity: 'error',
      from: { path: '^services/agent/src/', pathNot: '(\\.test\\.ts$|/fixture/)' },
      to: { path: '^libs/platform/src/index\\.ts$' },
    },
    {
      name: 'only tokens uses jose',
      severity: 'error',
      from: { path: '^(libs|services)/', pathNot: '^libs/tokens/' },
      to: { path: '(^|/)node_modules/jose/' },
    },
    { name: 'no cycle', severity: 'error', from: {}, to: { circular: true, viaOnly: { pathNot: 'node_modules' } } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(libs|services)/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@unbroken/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
