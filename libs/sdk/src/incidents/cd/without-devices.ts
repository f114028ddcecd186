// Telling (c): the post has no devices at all. Its own tracking speaks for it, and the consignee's silence is the alarm.

import type { Telling } from '../step.js';
import { bothSeals, twoCds } from './parcel.js';
import type { CdRole } from './parties.js';
import { scanned } from './scanned.js';

export const withoutDevices: Telling<CdRole> = {
  title: 'The two CDs, with a post that has no devices',
  steps: [
    {
      at: '2015-02-18T10:05+01:00',
      tells: 'A clerk of the Health Data Institute registers an envelope with two encrypted CDs.',
      does: (scene) => scene.register(scene.hand('institute', 'clerk'), twoCds(scene, 'veracrypt')),
      sees: { statistics: 'expected' },
    },
    {
      at: '2015-02-18T10:20+01:00',
      tells: 'A second person approves.',
      does: (scene) => scene.hand('institute', 'colleague').approve(scene.sub),
    },
    {
      at: '2015-02-18T10:30+01:00',
      tells: 'The clerk closes the envelope with two seals.',
      does: (scene) => scene.hand('institute', 'clerk').seal(scene.sub, { seals: { 'DK-0417': 'S', 'DK-0418': 'S' } }),
    },
    {
      at: '2015-02-18T15:40+01:00',
      tells: 'It waits for the post to collect it.',
      does: (scene) =>
        scene
          .hand('institute', 'clerk')
          .release(scene.sub, { to: scene.party('post'), mode: 'collect', seals: bothSeals('intact') }),
      sees: { post: 'offered' },
    },
    {
      at: '2015-02-18T16:05+01:00',
      tells: 'A scanner of the post reads the parcel; the post’s gateway signs what its tracking says.',
      does: (scene) => {
        const { when, src } = scanned(scene, 'COLLECTED');
        return scene.hand('post', 'tracking').accept(scene.sub, { cond: 'ok', when, src });
      },
      sees: { post: 'held' },
    },
    {
      at: '2015-02-19T10:41+01:00',
      tells: 'The tracking says: delivered. It does not say to whom.',
      does: (scene) => {
        const { when, source } = scanned(scene, 'DELIVERED');
        return scene.hand('post', 'tracking').importScan(scene.sub, { what: 'delivered', when, source });
      },
      sees: { statistics: 'expected' },
    },
    {
      at: '2015-02-20T10:41+01:00',
      tells: 'Statistics Denmark has confirmed nothing, and its working hours to do so are over.',
      alarms: ['delivered.unconfirmed'],
    },
    {
      at: '2015-02-20T10:50+01:00',
      tells: 'The institute acknowledges the alert and asks the post where the envelope is.',
      decides: async (scene) => {
        const { client } = scene.stage;
        const [alert] = (await client.alerts({ sub: scene.sub, state: 'open' })).alerts;
        const reason = 'Asked the post where it handed the envelope over';
        if (alert !== undefined) await client.acknowledge(alert.id, { by: scene.party('institute'), reason });
      },
    },
  ],
  end: 'Without one device at the post the wrong delivery is noticed within a working day, not by chance.',
};
