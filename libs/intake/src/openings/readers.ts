// Who opens something (docs/protocol, section 11). Nobody has to say it yet; who says it shows it, and of the others it is
// honestly said that nothing identified them.

import { randomBytes } from 'node:crypto';
import { WhoAsks } from '@unbroken/chains';
import type { Asking, RegistryView } from '@unbroken/chains';
import type { Opening } from '@unbroken/contracts';
import type { Clock } from '@unbroken/platform';
import { sourceOf } from '../access/source.js';

export type Reader = Pick<Opening, 'party' | 'kid' | 'person' | 'source'>;

const DAY_MS = 24 * 3_600_000;
const SHOWN = 8;

export class Readers {
  readonly #who: WhoAsks;

  constructor(
    view: Pick<RegistryView, 'registry' | 'deployment'>,
    private readonly clock: Clock,
  ) {
    this.#who = new WhoAsks(view, clock, {
      scope: 'chains',
      title: 'It is not shown who asks',
      missing: {
        detail: 'Who has seen a chain is told to the parties it names, and nothing shows who asks.',
        cure: 'Send Authorization: Bearer … with what `unbroken access --scope chains` writes.',
      },
    });
  }

  /** @throws Problem 401 where nothing shows who asks */
  shown(authorization: string | undefined): Promise<Asking> {
    return this.#who.shown(authorization);
  }

  /**
   * Whoever sends a request. `address` is where it came from, and is not kept: what is told apart by it is forgotten with a
   * key of the day.
   * @throws Problem 401 where they show who they are, and it does not hold
   */
  async of(authorization: string | undefined, address: string): Promise<Reader> {
    if (authorization !== undefined) return readerOf(await this.#who.shown(authorization));
    const source = sourceOf(address, keyOfTheDay(this.clock.now())).slice(0, SHOWN);
    return { party: null, kid: null, person: null, source };
  }
}

/** One for all services of this process. */
let today = { no: -1, key: new Uint8Array() };

function keyOfTheDay(now: number): Uint8Array {
  const no = Math.floor(now / DAY_MS);
  if (no !== today.no) today = { no, key: randomBytes(32) };
  return today.key;
}

export const readerOf = ({ party, kid, person }: Asking): Reader => ({ party, kid, person, source: null });
