// Telling (d): as it went up to the wrong door, and from there as it goes where somebody acts on the alarm: the finder's word,
// what was exposed, the clock, the draft to the authority, the way back, confirmed.

import { copiedSentence, exposureSentence, itemWords } from '@unbroken/words';
import { notificationItems } from '@unbroken/contracts';
import type { Incident } from '@unbroken/contracts';
import type { Telling } from '../step.js';
import { asItWent } from './as-it-went.js';
import { confirmedOpened } from './confirmed-opened.js';
import { mailroom, oneSeal } from './parcel.js';
import type { CdScene } from './parcel.js';
import type { CdRole } from './parties.js';

const wrongDoor = asItWent.steps.findIndex(({ alarms }) => alarms?.includes('misdelivery.wrong-party'));

export const withItsIncident: Telling<CdRole> = {
  title: 'The two CDs, with its incident',
  steps: [
    ...asItWent.steps.slice(0, wrongDoor + 1),
    {
      at: '2015-02-19T10:55+01:00',
      tells: 'An employee has opened it, sees whom it was meant for, and tells the finder desk.',
      does: (scene) => scene.hand('finders', 'desk').find(scene.sub, { opened: 'yes', mine: false, left: 'kept-here' }),
      alarms: ['misdelivery.stranger'],
    },
    {
      at: '2015-02-19T11:05+01:00',
      tells: 'The institute makes one incident of the alarms, starts the 72 hours, and holds what is recorded.',
      decides: openTheIncident,
    },
    {
      at: '2015-02-19T11:20+01:00',
      tells: 'The post is sent back to the visa centre, which hands it over.',
      does: (scene) => scene.hand('visa', 'desk').release(scene.sub, { to: scene.party('post'), mode: 'meet' }),
    },
    {
      at: '2015-02-19T11:25+01:00',
      tells: 'The carrier takes it, opened, with the seal broken.',
      does: (scene) => scene.hand('post', 'carrier').accept(scene.sub, { cond: 'opened', seals: oneSeal('broken') }),
      alarms: ['parcel.opened', 'seal.broken'],
    },
    {
      at: '2015-02-19T11:40+01:00',
      tells: 'This time the carrier stands at the right door.',
      does: (scene) =>
        scene
          .hand('post', 'carrier')
          .release(scene.sub, { to: scene.party('statistics'), mode: 'meet', at: mailroom(scene), off: 0 }),
    },
    confirmedOpened('2015-02-19T11:45+01:00'),
    {
      at: '2015-02-20T09:00+01:00',
      tells: 'The data protection officer tells the authority what is known by now, and what is not.',
      decides: notify,
    },
    {
      at: '2015-02-24T09:00+01:00',
      tells: 'The numbers are certain, the people concerned are told, and the incident is closed.',
      decides: conclude,
    },
  ],
  end: 'Known in minutes, notified within a day: from 10:38 to 11:25 nobody can say that the CDs were not copied, and that is what is said.',
};

async function openTheIncident(scene: CdScene): Promise<void> {
  const party = scene.party('institute');
  const { alerts } = await scene.stage.client.alerts({ sub: scene.sub, party, state: 'open' });
  const incidents = scene.incidents('institute');
  const { id } = await incidents.open({
    alerts: alerts.map((alert) => alert.id),
    reason: 'Health data in wrong hands',
  });
  await incidents.act(id, { act: 'acknowledge', reason: 'The post is on its way back' });
  await incidents.act(id, { act: 'hold', reason: 'Evidence for the authority' });
  await incidents.act(id, { act: 'clock', aware: 'controller', reason: 'The finder desk called' });
  sayOf(scene, `One incident of ${alerts.length} alerts is open. The 72 hours run.`);
}

async function notify(scene: CdScene): Promise<void> {
  const incidents = scene.incidents('institute');
  const { id } = await only(scene);
  const report = await incidents.exposure(scene.sub);
  for (const window of report.windows) sayOf(scene, exposureSentence(window, scene.nameOf));
  sayOf(scene, copiedSentence(report));
  const said = {
    peopleCategories: 'Residents of Denmark from 2010 to 2012',
    recordCategories: 'National ids and health data',
    contact: 'Data protection officer of the Health Data Institute, dpo@health.example',
  };
  await incidents.act(id, { act: 'phase', said, reason: 'First word: the numbers follow' });
  const authority = 'Datatilsynet';
  await incidents.act(id, { act: 'notified', authority, reason: 'Sent by the portal', reference: '2015-31-0042' });
  const { phases } = await incidents.draft(id);
  const items = phases[0]?.items;
  const unknown = notificationItems.filter((item) => (items?.[item] ?? null) === null).map((item) => itemWords[item]);
  sayOf(scene, `We have told ${authority} what we know. Unknown so far: ${unknown.join(', ') || 'nothing'}.`);
}

async function conclude(scene: CdScene): Promise<void> {
  const incidents = scene.incidents('institute');
  const { id } = await only(scene);
  const people = 'about 5,282,616';
  await incidents.act(id, {
    act: 'phase',
    said: { peopleNumber: people, recordNumber: people },
    reason: 'The numbers',
  });
  await incidents.act(id, { act: 'people-told', how: 'Public notice and a letter', reason: 'High risk (Art. 34)' });
  const { file } = await incidents.act(id, { act: 'close', reason: 'Notified, told, and the CDs destroyed' });
  sayOf(scene, `The incident is closed. Its file keeps ${file.length} acts.`);
}

async function only(scene: CdScene): Promise<Incident> {
  const [incident] = await scene.incidents('institute').list();
  if (incident === undefined) throw new Error('the institute has no incident');
  return incident;
}

const sayOf = (scene: CdScene, text: string): void =>
  scene.stage.say({ kind: 'seen', who: scene.nameOf(scene.party('institute')), text });
