// When it is over, people ask to be forgotten: the finder, and the officer whom the draft names. A legal hold comes first; then
// every proof still verifies, and a certificate says what went.

import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyEvidence } from '@unbroken/evidence';
import { defineSettings, openDatabase, readSettings } from '@unbroken/platform';
import type { UnbrokenClient } from '@unbroken/sdk';
import { Erasures, erase } from '@unbroken/standalone';
import { waitFor } from '@unbroken/testing';
import type { TestClock } from '@unbroken/testing';
import { openNote, parseNote, parseVkey } from '@unbroken/tlog';
import { parseToken } from '@unbroken/tokens';
import type { RunningSystem } from '../../running-system.js';

interface Parts {
  readonly system: RunningSystem;
  readonly client: UnbrokenClient;
  readonly clock: TestClock;
  readonly sub: string;
}

const finder = ['Jane Doe', '+45 12 34 56 78'];
const officer = ['dpo@health.example'];
const reason = 'file 15/0219';

export async function erasedAfterwards({ system, client, clock, sub }: Parts): Promise<void> {
  const settings = readSettings(defineSettings({}), system.env);
  const erasures = new Erasures(settings.UNBROKEN_STATE_DIR);
  const ask = (names: readonly string[], onlyLook = false) =>
    erase(settings, { names, reason: onlyLook ? '' : reason, onlyLook }, clock);
  const holding = async (held: boolean) => {
    const database = await openDatabase({ service: 'alerts', settings, entities: [], migrations: [], poolSize: 1 });
    await database.query('UPDATE incidents SET held = $1', [held]);
    await database.destroy();
  };

  const before = (await client.chain(sub)).tokens.length;
  await client.tellFound(sub, { mine: 'no', opened: 'yes', left: 'kept', contact: 'Jane Doe, +45 1234 5678' });
  await waitFor(async () => (await client.chain(sub)).tokens.length > before, { what: 'what the finder told' });
  const trust = await client.trust();
  const evidence = await waitFor(
    async () => {
      const bundle = await client.evidence(sub);
      return bundle.tokens.length > before ? bundle : undefined;
    },
    { what: 'evidence of it' },
  );
  expect((await verifyEvidence(evidence, trust, clock.now() / 1000)).holds).toBe(true);

  // The story's incident holds its chain, and its own file.
  for (const names of [finder, officer]) {
    await expect(ask(names)).rejects.toMatchObject({
      code: 'erase.held',
      cure: expect.stringContaining('release-hold') as string,
    });
  }
  expect(await erasures.unfinished()).toEqual([]);
  await holding(false);

  await expect(erase(settings, { names: finder, reason: 'of Jane Doe', onlyLook: false }, clock)).rejects.toMatchObject(
    {
      code: 'erase.reason',
    },
  );
  const [looked] = await ask(finder, true);
  expect(looked).toMatchObject({ shipments: [sub], certificate: null });
  // The rows are gone, and before there is a certificate the process ends: the next run goes on.
  const key = join(settings.UNBROKEN_STATE_DIR, 'keys', 'log-custody-0.json');
  await rename(key, `${key}.away`);
  await expect(ask(finder)).rejects.toThrow('is missing');
  await rename(`${key}.away`, key);
  expect(await erasures.unfinished()).toMatchObject([{ reason, shipments: [sub] }]);
  const done = await ask(officer);
  expect(done.map(({ places }) => places.map(([place, rows]) => `${rows} ${place.split(':')[0]}`))).toEqual([
    ['1 receiver.found_reports'],
    ['2 alerts.incident_texts'],
  ]);
  expect(await ask([...finder, ...officer])).toEqual([]);

  const [log] = trust.logs.filter(({ origin }) => origin.includes('/custody/'));
  for (const { certificate } of done) {
    const note = parseNote(certificate?.text ?? '');
    await openNote(note, [parseVkey(log?.vkey ?? '')]);
    expect(note.text).toMatch(/^[^\n]+\/erasure\nid [0-9a-f-]{36}\nat .*\nreason file 15\/0219\nerased \d /);
    expect(note.text).toContain(`\nshipment ${sub}\n`);
    expect(note.text).toContain('remains tokens');
    expect(note.text).toContain('pg_wal');
    expect(note.text).not.toMatch(/Jane|5678|dpo@/);
    expect(await readFile(certificate?.path ?? '', 'utf8')).toBe(certificate?.text);
  }
  expect(await erasures.unfinished()).toEqual([]);

  const after = await client.evidence(sub);
  expect(after.tokens.map(({ body }) => body)).toEqual(evidence.tokens.map(({ body }) => body));
  for (const bundle of [evidence, after])
    expect((await verifyEvidence(bundle, trust, clock.now() / 1000)).holds).toBe(true);
  const found = after.tokens.map(({ body }) => parseToken(body).claims).filter(({ evt }) => evt === 'found');
  expect(found.at(-1)?.['contact']).toMatch(/^[\w-]{43}$/);
}
