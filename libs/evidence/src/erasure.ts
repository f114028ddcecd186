// The operator's word on what was erased of a person, where, and what is left that names nobody: the text of a signed note
// (https://c2sp.org/signed-note) under the custody log's own key. Its first line is no log's origin and its second no number,
// so it can never pass for a checkpoint. It names nobody itself.

export interface Erasure {
  /** The log's. */
  readonly origin: string;
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  /** One line. */
  readonly reason: string;
  /** How many rows, by the place they were in. */
  readonly erased: readonly (readonly [place: string, rows: number])[];
  readonly shipments: readonly string[];
  /** What a person has to do by hand yet. */
  readonly byHand: readonly string[];
}

/** What an erasure leaves, in every case. */
export const remains = [
  'tokens, their receipts and the logs: device key ids, times, opaque person references, and salted commitments that nothing opens any more',
  'who opened which chain and when: party, key id and opaque person reference',
  'Kafka: bytes that were refused or not handled, until their topic lets go of them (90 days), and tokens (7 days)',
  'bytes refused within the last 8 days: they go with an erasure after that',
  'PostgreSQL: erased words in its write-ahead log (pg_wal, and its archive), and in the space of rows that are gone, until they are recycled and written over',
  'what parties keep themselves, and backups made before',
] as const;

export const erasureText = ({ origin, id, at, reason, erased, shipments, byHand }: Erasure): string =>
  [
    `${origin}/erasure`,
    `id ${id}`,
    `at ${at}`,
    `reason ${reason}`,
    ...erased.map(([place, rows]) => `erased ${rows} ${place}`),
    ...shipments.map((sub) => `shipment ${sub}`),
    ...byHand.map((what) => `by-hand ${what}`),
    ...remains.map((what) => `remains ${what}`),
    '',
  ].join('\n');
