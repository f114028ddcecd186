// What is wrong with a token before anybody asks what it says: the published vectors, each with what its sender is told.

import { parseToken, keyId, readPublicJwk, TokenRefused, verifyToken } from '@unbroken/tokens';
import { envelopeVectors, keyVectors } from '@unbroken/tokens/vectors';

export interface EnvelopeRow {
  readonly code: string;
  readonly wrong: readonly string[];
  readonly told: readonly string[];
  readonly cure: string;
}

/** One row a code, in the order in which they are checked. */
export async function envelopeRows(): Promise<readonly EnvelopeRow[]> {
  const rows = new Map<string, { wrong: string[]; told: Set<string>; cure: string }>();
  const tell = (name: string, { code, message, pointer, cure }: TokenRefused): void => {
    const row = rows.get(code) ?? { wrong: [], told: new Set(), cure };
    rows.set(code, row);
    row.wrong.push(name);
    row.told.add(pointer === undefined ? message : `${message} (\`${pointer}\`)`);
  };
  for (const { name, token, key } of await envelopeVectors()) {
    await refusalOf(async () => {
      const envelope = parseToken(token);
      if (key !== undefined) await verifyToken(envelope, { ...key, kid: keyId(key.jwk) });
    }).then((refused) => refused && tell(name, refused));
  }
  for (const { name, jwk } of await keyVectors()) {
    await refusalOf(() => Promise.resolve(readPublicJwk(jwk))).then((refused) => refused && tell(name, refused));
  }
  return [...rows].map(([code, { wrong, told, cure }]) => ({ code, wrong, told: [...told], cure }));
}

async function refusalOf(read: () => Promise<unknown>): Promise<TokenRefused | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    if (error instanceof TokenRefused) return error;
    throw error;
  }
}
