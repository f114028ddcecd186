// An alarm that the story says must come: waited for, and timed.

import type { Alert } from '@unbroken/contracts';
import type { FindingCode } from '@unbroken/custody';
import { findingSentence } from '@unbroken/words';
import type { Alarm } from './raised-alarm.js';
import { StoryFailed } from './stage.js';
import type { Stage } from './stage.js';
import { until } from './until.js';

/** A deadline of the live telling is three seconds; whatever takes longer than this does not come. */
const PATIENCE_MS = 20_000;

/**
 * Waits until the alert is there.
 * @param posted when the token was posted, on performance.now()
 * @throws StoryFailed naming the alarm that did not come
 */
export async function expectAlarm(
  code: FindingCode,
  { sub, tid }: { readonly sub: string; readonly tid: string },
  posted: number,
  stage: Stage,
  patienceMs = PATIENCE_MS,
): Promise<Alarm> {
  const alert = await until(patienceMs, stage, async () => {
    const { alerts } = await stage.client.alerts({ sub, state: 'all' });
    return alerts.find((raised) => raised.code === code && raised.tid === tid);
  });
  if (alert === undefined) throw missing(code, patienceMs);
  const afterMs = sinceDue(alert) ?? performance.now() - posted;
  const since = alert.dueAt === undefined ? ('post' as const) : ('due' as const);
  return { code, sub, tid, sentence: alert.sentence, afterMs, since, next: alert.next[0] };
}

const sinceDue = ({ dueAt, raisedAt }: Alert): number | undefined =>
  dueAt === undefined ? undefined : Date.parse(raisedAt) - Date.parse(dueAt);

const missing = (code: FindingCode, patienceMs: number): StoryFailed =>
  new StoryFailed(
    'story.alarm-missing',
    `The alarm ${code} ("${findingSentence(code)}") did not come within ${patienceMs / 1000} s.`,
    'See whether all services are ready at /readyz, and tell the story again.',
  );

/** @throws StoryFailed where an alert is open that the story did not expect */
export async function expectNoOther(
  parcels: readonly string[],
  expected: readonly Alarm[],
  stage: Stage,
): Promise<void> {
  for (const sub of parcels) {
    const { alerts } = await stage.client.alerts({ sub, state: 'all', limit: 200 });
    const other = alerts.find(({ code, tid }) => !expected.some((alarm) => alarm.code === code && alarm.tid === tid));
    if (other !== undefined) {
      throw new StoryFailed(
        'story.alarm-unexpected',
        `An alarm came that should not have: ${other.code} ("${other.sentence}").`,
        `Look at the chain with \`unbroken chain ${sub}\`.`,
      );
    }
  }
}
