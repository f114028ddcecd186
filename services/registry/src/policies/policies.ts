// Policy documents: kept as the bytes that were posted, because their hash is what parties sign (event `policed`).

import { isUtf8 } from 'node:buffer';
import { PolicyRefused, defaultPolicyHash, defaultPolicyText, readPolicy } from '@unbroken/custody';
import { whileAway } from '@unbroken/intake';
import { Outbox, Problem } from '@unbroken/platform';
import type { OutboxRelay } from '@unbroken/platform';
import type { Hash } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';

export class Policies {
  readonly #outbox = new Outbox();

  constructor(
    private readonly database: DataSource,
    private readonly relay: OutboxRelay,
  ) {}

  /**
   * Publishes a document and names it; the same bytes again change nothing. A crash before the commit keeps nothing;
   * after it the outbox publishes the document. Throws a Problem 422 for what is no policy document.
   */
  async publish(document: Buffer): Promise<Hash> {
    const hash = readable(document);
    await whileAway(() =>
      this.database.transaction(async (manager) => {
        const fresh: unknown[] = await manager.query(
          'INSERT INTO policies (hash, document) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
          [hash, document],
        );
        if (fresh.length === 0) return;
        await this.#outbox.append(manager, [
          { topic: 'registry.documents.v1', key: hash, value: document, headers: {} },
        ]);
      }),
    );
    this.relay.wake();
    return hash;
  }

  /** The document's bytes; undefined where none of this hash was published here. */
  async document(hash: string): Promise<Buffer | undefined> {
    if (hash === defaultPolicyHash) return Buffer.from(defaultPolicyText);
    const rows: { document: Buffer }[] = await this.database.query('SELECT document FROM policies WHERE hash = $1', [
      hash,
    ]);
    return rows[0]?.document;
  }
}

function readable(document: Buffer): Hash {
  if (!isUtf8(document)) throw policyProblem('policy.utf8', 'The document is not UTF-8.', 'Send UTF-8.');
  try {
    return readPolicy(document.toString()).hash;
  } catch (error) {
    if (error instanceof PolicyRefused) throw policyProblem(error.code, error.message, error.cure, error.pointer);
    throw error;
  }
}

const policyProblem = (code: string, detail: string, cure: string, pointer?: string): Problem =>
  new Problem({
    status: 422,
    code,
    title: 'The document is not a policy',
    detail,
    cure,
    ...(pointer === undefined ? {} : { pointer }),
  });
