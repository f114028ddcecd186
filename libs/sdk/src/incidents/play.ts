// Plays a telling step by step against the hub, and says what everybody sees.

import type { ShipmentView } from '@unbroken/contracts';
import { HubProblem } from '../client/hub-errors.js';
import { stateMark, stateSentence } from '../words/state-sentence.js';
import { expectAlarm, expectNoOther } from './alarm.js';
import type { Alarm } from './raised-alarm.js';
import { look, viewNames } from './look.js';
import type { Scene } from './scene.js';
import { StoryFailed } from './stage.js';
import type { Step, Telling, View } from './step.js';
import { until } from './until.js';

export interface Told {
  readonly parcels: readonly string[];
  readonly alarms: readonly Alarm[];
}

const SEEN_WITHIN_MS = 20_000;

/**
 * Plays all steps in order.
 * @throws StoryFailed at the first thing that is not as the story says; HubProblem, HubUnreachable
 */
export async function play<Role extends string>(telling: Telling<Role>, scene: Scene<Role>): Promise<Told> {
  const { stage } = scene;
  const alarms: Alarm[] = [];
  stage.say({ kind: 'title', text: telling.title });
  let before: string | undefined;
  for (const step of telling.steps) {
    if (stage.tempo === 'true' && before !== undefined) await stage.pass(Date.parse(step.at) - Date.parse(before));
    before = step.at;
    alarms.push(...(await playStep(step, scene)));
  }
  await expectNoOther(scene.parcels, alarms, stage);
  stage.say({ kind: 'end', text: telling.end });
  return { parcels: scene.parcels, alarms };
}

async function playStep<Role extends string>(step: Step<Role>, scene: Scene<Role>): Promise<Alarm[]> {
  const { stage } = scene;
  stage.say({ kind: 'told', at: step.at, text: step.tells });
  const posted = performance.now();
  if (step.blocked !== undefined) await expectBlocked(step, scene);
  else if (step.does !== undefined) scene.wrote(await step.does(scene));
  const expected = (step.alarms ?? []).map((code) => expectAlarm(code, scene.last, posted, stage));
  const alarms = await Promise.all(expected);
  if (step.does !== undefined) await tellState(scene);
  for (const alarm of alarms) stage.say({ kind: 'alarm', alarm });
  await step.decides?.(scene);
  for (const [role, view] of Object.entries<View | undefined>(step.sees ?? {})) {
    if (view !== undefined) await expectSeen(role as Role, view, scene);
  }
  return alarms;
}

/** Says where the parcel stands, unless that is what was said last. */
async function tellState<Role extends string>(scene: Scene<Role>): Promise<void> {
  const { state } = await scene.stage.client.chain(scene.sub);
  const text = stateSentence(state, scene.nameOf);
  const mark = stateMark(state);
  if (scene.isNews(`${mark} ${text}`)) scene.stage.say({ kind: 'state', mark, text });
}

async function expectBlocked<Role extends string>({ does, blocked }: Step<Role>, scene: Scene<Role>): Promise<void> {
  try {
    await does?.(scene);
  } catch (error) {
    if (!(error instanceof HubProblem) || error.code !== blocked) throw error;
    scene.stage.say({ kind: 'blocked', code: error.code, what: error.message, cure: error.cure });
    return;
  }
  throw new StoryFailed(
    'story.not-blocked',
    `The hub took what it must refuse with ${String(blocked)}.`,
    'Check that the sender service runs and knows the sender’s policy, and tell the story again.',
  );
}

async function expectSeen<Role extends string>(role: Role, view: View, scene: Scene<Role>): Promise<void> {
  const { client } = scene.stage;
  const { state } = await client.chain(scene.sub);
  const seen = await until(SEEN_WITHIN_MS, scene.stage, async () => {
    const shown = await look(client, scene.party(role), view, scene.sub);
    return shown?.status === state?.status ? shown : undefined;
  });
  const who = scene.nameOf(scene.party(role));
  if (seen !== undefined) {
    scene.stage.say({ kind: 'seen', who, text: `${viewNames[view]}: ${wordsOf(seen, scene)}` });
    return;
  }
  throw new StoryFailed(
    'story.not-seen',
    `${who} does not see the parcel under "${viewNames[view]}".`,
    'See whether all services are ready at /readyz, and tell the story again.',
  );
}

function wordsOf({ status, holder, responsible }: ShipmentView, { nameOf }: Scene): string {
  const apart = holder === responsible ? '' : `; ${nameOf(responsible)} is responsible`;
  return `${status}, in the hands of ${nameOf(holder)}${apart}`;
}
