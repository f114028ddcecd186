// An erasure that was decided, on the disk until it is done: by keys of rows alone, so that it names nobody.

import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnce, namesIn, readIfThere, writeDurably } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';

export interface Plan {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly reason: string;
  readonly places: readonly { readonly name: string; readonly keys: readonly (readonly string[])[] }[];
  readonly shipments: readonly ShipmentId[];
  readonly incidents: readonly string[];
  /** What these incidents are about; not in a plan of a version before. */
  readonly about?: readonly ShipmentId[];
  readonly byHand: readonly string[];
}

const PLAN = '.plan.json';

export class Erasures {
  readonly folder: string;

  constructor(stateDir: string) {
    this.folder = join(stateDir, 'erasures');
  }

  /** Those that were decided and are not done. @throws Error with the file that is none */
  async unfinished(): Promise<readonly Plan[]> {
    const names = (await namesIn(this.folder)).filter((name) => name.endsWith(PLAN) && !name.startsWith('.'));
    return Promise.all(names.map((name) => this.#read(join(this.folder, name))));
  }

  /** A crash before it: nothing is decided and nothing erased. After it the next erasure does this one first. */
  decide(plan: Plan): Promise<void> {
    return writeDurably(this.#pathOf(plan.id), `${JSON.stringify(plan)}\n`);
  }

  /**
   * Keeps its certificate, and forgets the plan; answers where it is. A crash before the first: it is erased again, which
   * changes nothing, and signed anew. Between the two: the same, and the certificate that is there stays.
   */
  async finish({ id }: Plan, certificate: string): Promise<{ readonly path: string; readonly text: string }> {
    const path = join(this.folder, `${id}.certificate`);
    const text = await makeOnce(path, certificate);
    await unlink(this.#pathOf(id));
    return { path, text };
  }

  #pathOf(id: string): string {
    return join(this.folder, `${id}${PLAN}`);
  }

  async #read(path: string): Promise<Plan> {
    try {
      return JSON.parse((await readIfThere(path)) ?? '') as Plan;
    } catch (cause) {
      throw new Error(`${path} says what is to be erased, and cannot be read. Put it back as it was`, { cause });
    }
  }
}
