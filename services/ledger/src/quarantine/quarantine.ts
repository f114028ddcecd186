// Refused bytes are kept with the reason and told to whoever listens: nothing that arrived is thrown away in silence.

import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { headers } from '@unbroken/contracts';
import type { Outbox } from '@unbroken/platform';
import type { Batch } from '../append/batch.js';
import { rfc3339 } from '../rfc3339.js';

/** A token is eight times smaller; whatever is larger is kept whole in the table, and would not fit into a message. */
const MOST_BYTES_TOLD = 65_536;

/** Keeps and announces what was not refused before; the same bytes delivered again change nothing. */
export async function quarantine(manager: EntityManager, outbox: Outbox, { toRefuse, now }: Batch): Promise<void> {
  if (toRefuse.length === 0) return;
  const byHash = new Map(toRefuse.map((refused) => [hashOf(refused.arrival.bytes), refused] as const));
  const refused = [...byHash.values()];
  const kept = await manager.query<{ hash: string }[]>(
    `INSERT INTO refused (hash, tid, sub, code, pointer, bytes, refused_at)
     SELECT decode(hash, 'hex'), tid, sub, code, pointer, bytes, $1::timestamptz
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])
       AS refused (hash, tid, sub, code, pointer, bytes)
     ON CONFLICT (hash) DO NOTHING
     RETURNING encode(hash, 'hex') AS hash`,
    [
      rfc3339(now),
      [...byHash.keys()],
      refused.map(({ judgement }) => judgement.tid ?? null),
      refused.map(({ judgement }) => judgement.sub ?? null),
      refused.map(({ judgement }) => judgement.code),
      refused.map(({ judgement }) => judgement.pointer ?? null),
      refused.map(({ arrival }) => arrival.bytes),
    ],
  );
  const announced = new Set(kept.map(({ hash }) => hash));
  await outbox.append(
    manager,
    [...byHash].flatMap(([hash, { arrival, judgement }]) =>
      announced.has(hash)
        ? [
            {
              topic: 'custody.refused.v1' as const,
              key: judgement.sub ?? null,
              value: arrival.bytes.subarray(0, MOST_BYTES_TOLD),
              headers: {
                [headers.reasonCode]: judgement.code,
                ...(judgement.tid !== undefined && { [headers.tokenId]: judgement.tid }),
              },
            },
          ]
        : [],
    ),
  );
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
