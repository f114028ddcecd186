// Erases a person: what names them goes from every table that may, what was signed stays and still verifies. Each step may
// be the last before a crash: until the plan is on the disk nothing is erased, and from then on the next run goes on.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { alertsPlaces, holdsOf, stopHolds } from '@unbroken/alerts';
import { Person } from '@unbroken/intake';
import type { ErasablePlace } from '@unbroken/intake';
import { ledgerPlaces, signErasure } from '@unbroken/ledger';
import { openDatabase, systemClock } from '@unbroken/platform';
import type { Clock, CommonSettings } from '@unbroken/platform';
import { receiverPlaces } from '@unbroken/receiver';
import type { DataSource, EntityManager } from 'typeorm';
import { EraseRefused } from './erase-refused.js';
import { Erasures } from './planned.js';
import type { Plan } from './planned.js';

export interface ErasureAsked {
  /** How they are called and reached; none: only what was begun is done. */
  readonly names: readonly string[];
  /** In the certificate: it names nobody. */
  readonly reason: string;
  /** Nothing is erased. */
  readonly onlyLook: boolean;
}

export interface Erased {
  readonly id: string;
  readonly places: readonly (readonly [place: string, rows: number])[];
  readonly shipments: readonly string[];
  readonly byHand: readonly string[];
  /** The signed note, and its file; null where it was only looked. */
  readonly certificate: { readonly path: string; readonly text: string } | null;
}

/** What was begun and is done now, then what was asked for. @throws EraseRefused */
export async function erase(
  settings: CommonSettings,
  asked: ErasureAsked,
  clock: Clock = systemClock,
): Promise<readonly Erased[]> {
  const person = personOf(asked);
  const open = (service: string) => openDatabase({ service, settings, entities: [], migrations: [], poolSize: 2 });
  const opened: DataSource[] = [];
  try {
    for (const service of ['alerts', 'receiver', 'ledger']) opened.push(await open(service));
    const [alerts, receiver, ledger] = opened as [DataSource, DataSource, DataSource];
    const erasing = new Erasing(settings, { alerts, receiver, ledger }, clock);
    const done: Erased[] = [];
    const stillHeld: EraseRefused[] = [];
    for (const plan of asked.onlyLook ? [] : await erasing.unfinished()) {
      try {
        done.push(await erasing.carryOut(plan));
      } catch (error) {
        // A hold that came meanwhile stops this one, and no other.
        if (!(error instanceof EraseRefused)) throw error;
        stillHeld.push(error);
      }
    }
    if (person !== undefined) done.push(...(await erasing.erase(person, asked)));
    const [first] = stillHeld;
    if (first !== undefined && done.length === 0) throw first;
    return done;
  } finally {
    await Promise.all(opened.map((database) => database.destroy()));
  }
}

function personOf({ names, reason, onlyLook }: ErasureAsked): Person | undefined {
  if (names.length === 0) return undefined;
  try {
    const person = new Person(names);
    if (onlyLook || (/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(reason) && !person.isIn(reason))) return person;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EraseRefused('erase.names', `${error.message}.`, 'Give a whole name, an address or a telephone number.');
  }
  throw new EraseRefused(
    'erase.reason',
    'The reason is not one line of 1 to 200 signs, or names the person: the certificate would keep it.',
    'Say why without naming anybody, such as "request of 3 March 2026, file 26/0417".',
  );
}

interface Databases {
  readonly alerts: DataSource;
  readonly receiver: DataSource;
  readonly ledger: DataSource;
}

class Erasing {
  readonly #erasures: Erasures;

  constructor(
    private readonly settings: CommonSettings,
    private readonly databases: Databases,
    private readonly clock: Clock,
  ) {
    this.#erasures = new Erasures(settings.UNBROKEN_STATE_DIR);
  }

  unfinished(): Promise<readonly Plan[]> {
    return this.#erasures.unfinished();
  }

  /** None where nothing here names them. */
  async erase(person: Person, { reason, onlyLook }: ErasureAsked): Promise<readonly Erased[]> {
    const plan = await this.#planOf(person, reason);
    if (plan.places.length === 0 && plan.byHand.length === 0) return [];
    if (onlyLook) return [erasedBy(plan, null)];
    await mustBeFree(this.databases.alerts.manager, plan);
    if (plan.places.length > 0) await this.#erasures.decide(plan);
    const done = plan.places.length > 0 ? await this.carryOut(plan) : erasedBy(plan, null);
    const left = await this.#planOf(person, reason);
    if (left.places.length === 0) return [done];
    throw new EraseRefused(
      'erase.left',
      `Something that names them was written meanwhile: ${left.places.map(({ name }) => name).join('; ')}.`,
      'Run it once more.',
    );
  }

  /** Also of a plan that a crash left. @throws EraseRefused where somebody holds what it would erase: the plan stays */
  async carryOut(plan: Plan): Promise<Erased> {
    const { alerts } = this.databases;
    await alerts.transaction(async (manager) => {
      await stopHolds(manager);
      await mustBeFree(manager, plan);
      const places = this.#places(alertsPlaces(manager));
      for (const { name, keys } of plan.places) {
        const place = places.find((one) => one.name === name);
        if (place === undefined) throw new Error(`no place here is called ${name}: the plan is of another version`);
        await place.erase(keys);
      }
    });
    const { id, at, reason, byHand } = plan;
    const { places: erased, shipments } = erasedBy(plan, null);
    const certificate = await signErasure(this.settings, { id, at, reason, erased, shipments, byHand });
    return erasedBy(plan, await this.#erasures.finish(plan, certificate));
  }

  async #planOf(person: Person, reason: string): Promise<Plan> {
    return this.databases.alerts.transaction(async (manager) => {
      const found = [];
      for (const place of this.#places(alertsPlaces(manager)))
        found.push({ name: place.name, rows: await place.find(person) });
      const rows = found.flatMap((one) => one.rows);
      return {
        id: randomUUID(),
        at: new Date(this.clock.now()).toISOString(),
        reason,
        places: found
          .filter((one) => one.rows.length > 0)
          .map((one) => ({ name: one.name, keys: distinct(one.rows.map(({ key }) => key)) })),
        shipments: [...new Set(rows.flatMap(({ sub }) => sub ?? []))].sort(),
        incidents: [...new Set(rows.flatMap(({ incident }) => incident ?? []))].sort(),
        about: [...new Set(rows.flatMap(({ about = [] }) => about))].sort(),
        byHand: await this.#byHand(person),
      };
    });
  }

  #places(ofAlerts: readonly ErasablePlace[]): readonly ErasablePlace[] {
    const { receiver, ledger } = this.databases;
    return [...receiverPlaces(receiver), ...ledgerPlaces(ledger), ...ofAlerts];
  }

  async #byHand(person: Person): Promise<readonly string[]> {
    const path = this.settings.UNBROKEN_CONTACTS;
    if (path === undefined || !person.isIn(await readFile(path, 'utf8'))) return [];
    return ['the file of contacts (UNBROKEN_CONTACTS) names them: take them out, and start the alerts service again'];
  }
}

const distinct = (keys: readonly (readonly string[])[]): readonly (readonly string[])[] => [
  ...new Map(keys.map((key) => [JSON.stringify(key), key])).values(),
];

const erasedBy = ({ id, places, shipments, about = [], byHand }: Plan, certificate: Erased['certificate']): Erased => ({
  id,
  places: places.map(({ name, keys }) => [name, keys.length]),
  shipments: [...new Set([...shipments, ...about])].sort(),
  byHand,
  certificate,
});

/** @throws EraseRefused naming each hold */
async function mustBeFree(manager: EntityManager, { shipments: subs, incidents }: Plan): Promise<void> {
  const holds = await holdsOf(manager, { subs, incidents });
  if (holds.length > 0) throw held(holds);
}

function held(holds: Awaited<ReturnType<typeof holdsOf>>): EraseRefused {
  const told = holds.map(
    ({ incident, owner, sub }) => `incident ${incident} of ${owner} holds ${sub ?? 'its own file'}`,
  );
  const [first] = holds;
  return new EraseRefused(
    'erase.held',
    `A legal hold stands against it: ${told.join('; ')}.`,
    `Ask ${first?.owner ?? 'its party'} to end it (unbroken incident release-hold ${first?.incident ?? ''}), then run this again`,
  );
}
