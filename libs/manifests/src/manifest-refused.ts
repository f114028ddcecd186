// The closed set of reasons to refuse a manifest or one of its pieces (docs/protocol/manifests.md), beside those of a token.

const cures = {
  'manifest.too-large': 'A piece is at most 8192 bytes: name fewer seals of that parcel.',
  'manifest.parts': 'Send token~item~index~path, four parts joined by tildes.',
  'manifest.claims':
    'Sign released or accepted with sub the own party and items {count, root}, and leave prev, seq, rel and seals to the items.',
  'manifest.count': 'A manifest has 1 to 1000 items, each of another parcel.',
  'manifest.item': 'An item is one JSON object of sub, prev, seq, and where needed rel and seals, each of its form.',
  'manifest.path': 'Send the index of the item and its inclusion path under the root (RFC 6962), from the leaf up.',
} as const;

/** Stable: these go to quarantine and to other people's programs. */
export type ManifestRefusal = keyof typeof cures;

export class ManifestRefused extends Error {
  override readonly name = 'ManifestRefused';
  readonly cure: string;

  constructor(
    readonly code: ManifestRefusal,
    what: string,
  ) {
    super(what);
    this.cure = cures[code];
  }
}
