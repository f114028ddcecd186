// What a party keeps of one chain beside its entries: the receipts that show them, the log's word that they are all, and
// whose chains say which keys counted. With the entries it is an evidence bundle.

import { join } from 'node:path';
import { readIfThere, writeDurably } from '@unbroken/platform/process';
import { z } from 'zod';

export const copiedChainFormat = 'unbroken-copied-chain/1';

/**
 * An entry's place in its log, and its receipt; null where the log has ended and none could be had any more. `log` is
 * there where it is another than the part's.
 */
const shown = z.strictObject({ index: z.int().min(0), receipt: z.string().nullable(), log: z.string().optional() });
const part = z.strictObject({ log: z.string(), tokens: z.array(shown), completeness: z.string().nullable() });

const copiedChain = z.strictObject({
  format: z.literal(copiedChainFormat),
  sub: z.string(),
  /** What the hub called this state of the chain; null where it is to be copied again. */
  version: z.int().nullable(),
  /** Whether all its receipts are under checkpoints that enough witnesses have cosigned. */
  witnessed: z.boolean(),
  chain: part,
  parties: z.array(part.extend({ party: z.string() })),
  policies: z.array(z.string()),
});
export type CopiedChain = z.infer<typeof copiedChain>;
export type CopiedPart = z.infer<typeof part>;
export type CopiedToken = z.infer<typeof shown>;

/** Where an entry of this part is. */
export const placeIn = ({ log }: Pick<CopiedPart, 'log'>, token: CopiedToken) => ({
  log: token.log ?? log,
  index: token.index,
});

export class CopiedChains {
  constructor(private readonly folder: string) {}

  /** Undefined where it was never copied. @throws Error with the file that cannot be read */
  async of(sub: string): Promise<CopiedChain | undefined> {
    const path = this.#pathOf(sub);
    const text = await readIfThere(path);
    if (text === undefined) return undefined;
    try {
      return copiedChain.parse(JSON.parse(text));
    } catch (cause) {
      throw new Error(`${path} is no copied chain. Move it away: the chain is copied again`, { cause });
    }
  }

  /** After its entries. A crash before this leaves the older receipts, which hold; the chain is copied again. */
  keep(chain: CopiedChain): Promise<void> {
    return writeDurably(this.#pathOf(chain.sub), `${JSON.stringify(chain)}\n`);
  }

  #pathOf(sub: string): string {
    return join(this.folder, 'chains', `${sub}.json`);
  }
}
