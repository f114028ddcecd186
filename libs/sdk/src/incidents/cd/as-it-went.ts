// Telling (b): as it went in February 2015, with every hand-off signed. Dates of posting and of publication as the press
// reported them; the hours between are ours.

import type { Telling } from '../step.js';
import { confirmedOpened } from './confirmed-opened.js';
import { mailroom, oneSeal, twoCds } from './parcel.js';
import type { CdRole } from './parties.js';
import { toldByFinder } from './told-by-finder.js';

export const asItWent: Telling<CdRole> = {
  title: 'The two CDs, as it went',
  steps: [
    {
      at: '2015-02-18T10:05+01:00',
      tells: 'A system that blocks nothing registers an envelope with two CDs, not encrypted.',
      does: (scene) => scene.register(scene.hand('institute', 'oldSystem'), twoCds(scene, 'none')),
      sees: { statistics: 'expected' },
    },
    {
      at: '2015-02-18T10:20+01:00',
      tells: 'The envelope is closed with one seal.',
      does: (scene) => scene.hand('institute', 'oldSystem').seal(scene.sub, { seals: { 'DK-0417': 'I' } }),
    },
    {
      at: '2015-02-18T15:40+01:00',
      tells: 'It is handed to the post as registered mail. Nobody stops it, so it is recorded and flagged.',
      does: (scene) =>
        scene.hand('institute', 'oldSystem').release(scene.sub, { to: scene.party('post'), mode: 'meet' }),
      alarms: ['dispatch.unencrypted', 'dispatch.unapproved'],
      sees: { post: 'offered' },
    },
    {
      at: '2015-02-18T15:45+01:00',
      tells: 'The post signs for it.',
      does: (scene) => scene.hand('post', 'carrier').accept(scene.sub, { cond: 'ok', seals: oneSeal('intact') }),
      sees: { post: 'held' },
    },
    {
      at: '2015-02-19T10:38+01:00',
      tells: 'The carrier hands it over at a door up to 500 m from Statistics Denmark.',
      does: (scene) =>
        scene
          .hand('post', 'carrier')
          .release(scene.sub, { to: scene.party('statistics'), mode: 'meet', at: mailroom(scene), off: 500 }),
      alarms: ['misdelivery.wrong-place'],
    },
    {
      at: '2015-02-19T10:41+01:00',
      tells: 'Behind the door is a visa centre. Its desk signs for the envelope.',
      does: async (scene) =>
        scene
          .hand('visa', 'desk')
          .accept(scene.sub, { rel: await scene.offer(), cond: 'ok', seals: oneSeal('intact') }),
      alarms: ['misdelivery.wrong-party', 'misdelivery.off-route'],
      sees: { visa: 'held', institute: 'sent' },
    },
    {
      at: '2015-02-19T10:50+01:00',
      tells: 'An employee opens it, sees whom it was meant for, and says so on the finder’s page, without an account.',
      does: (scene) => toldByFinder(scene, { mine: 'no', opened: 'yes', left: 'kept', contact: '+45 00 00 00 00' }),
      alarms: ['misdelivery.stranger'],
    },
    {
      at: '2015-02-19T11:20+01:00',
      tells: 'The visa centre takes it to Statistics Denmark.',
      does: (scene) => scene.hand('visa', 'desk').release(scene.sub, { to: scene.party('statistics'), mode: 'meet' }),
      sees: { statistics: 'expected' },
    },
    {
      at: '2015-02-19T11:30+01:00',
      tells: 'The mailroom takes it, opened, with the seal broken.',
      does: (scene) =>
        scene
          .hand('statistics', 'mailroom')
          .accept(scene.sub, { cond: 'opened', at: mailroom(scene), off: 0, seals: oneSeal('broken') }),
      alarms: ['parcel.opened', 'seal.broken'],
      sees: { statistics: 'arrived' },
    },
    confirmedOpened('2015-02-19T11:40+01:00'),
    {
      at: '2016-07-20T12:00+02:00',
      tells: 'In truth the public learned of it only now, seventeen months later.',
    },
  ],
  end: 'The wrong door was known while the carrier stood at it; from 10:41 to 11:30 the envelope was in other hands, and they signed.',
};
