// After an upgrade that draws rows otherwise, those that are there are drawn again, beside everything else: the page is
// open meanwhile and sees them change.

import { Sleeper, backoffMs } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { dashboardLog } from '../dashboard-log.js';
import type { Picture } from './picture.js';

/** To be raised whenever the row of an unchanged chain is drawn otherwise than before: by another group, say. */
export const DRAWING = 2;

/** Few enough that the pages hear of other changes in between. */
const ROWS_AT_ONCE = 200;

export class Redrawing {
  readonly #sleeper = new Sleeper();
  #isStopping = false;
  #running: Promise<void> | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly picture: Pick<Picture, 'drawAgain'>,
  ) {}

  /** Returns at once; ends by itself when every row is drawn. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the rows in hand; the next start begins again. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#sleeper.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    let drawn: ShipmentId | '' | undefined = '';
    for (let failures = 0; drawn !== undefined && !this.#isStopping;) {
      try {
        drawn = (await this.#isDone()) ? undefined : await this.#drawSome(drawn);
        failures = 0;
      } catch (error) {
        failures += 1;
        dashboardLog.warn('redrawing.failed', { attempt: failures }, error);
        await this.#sleeper.sleep(backoffMs(failures));
      }
    }
  }

  async #isDone(): Promise<boolean> {
    const [stream] = await this.database.query<{ drawing: number }[]>('SELECT drawing FROM stream');
    return (stream?.drawing ?? 0) >= DRAWING;
  }

  /** Answers up to which row; undefined when there is none left. */
  async #drawSome(after: ShipmentId | ''): Promise<ShipmentId | undefined> {
    const rows = await this.database.query<{ sub: ShipmentId }[]>(
      'SELECT sub FROM rows WHERE sub > $1 ORDER BY sub LIMIT $2',
      [after, ROWS_AT_ONCE],
    );
    const last = rows.at(-1);
    // A crash before this is written draws all of them once more. Rows that come meanwhile are drawn as they should be.
    if (last === undefined) await this.database.query('UPDATE stream SET drawing = $1', [DRAWING]);
    else await this.picture.drawAgain(rows.map(({ sub }) => sub));
    return last?.sub;
  }
}
