// Telling (a): what would have left as it did is stopped at the door, and what leaves arrives unopened.

import type { Telling } from '../step.js';
import { bothSeals, mailroom, twoCds } from './parcel.js';
import type { CdRole } from './parties.js';

export const asItShouldGo: Telling<CdRole> = {
  title: 'The two CDs, as it should go',
  steps: [
    {
      at: '2015-02-18T10:05+01:00',
      tells: 'A clerk of the Health Data Institute registers an envelope with two CDs, not encrypted.',
      does: (scene) => scene.register(scene.hand('institute', 'clerk'), twoCds(scene, 'none')),
      sees: { institute: 'sent', statistics: 'expected' },
    },
    {
      at: '2015-02-18T10:10+01:00',
      tells: 'The clerk hands it to the post.',
      does: (scene) => scene.hand('institute', 'clerk').release(scene.sub, { to: scene.party('post'), mode: 'meet' }),
      blocked: 'dispatch.unencrypted',
    },
    {
      at: '2015-02-18T10:15+01:00',
      tells: 'The clerk declares that parcel void.',
      does: (scene) => scene.hand('institute', 'clerk').void(scene.sub, { why: 'not-encrypted' }),
    },
    {
      at: '2015-02-18T11:00+01:00',
      tells: 'The CDs are burned again, encrypted, and registered anew.',
      does: (scene) => scene.register(scene.hand('institute', 'clerk'), twoCds(scene, 'veracrypt')),
      sees: { statistics: 'expected' },
    },
    {
      at: '2015-02-18T11:05+01:00',
      tells: 'The clerk hands them to the post, alone.',
      does: (scene) => scene.hand('institute', 'clerk').release(scene.sub, { to: scene.party('post'), mode: 'meet' }),
      blocked: 'dispatch.unapproved',
    },
    {
      at: '2015-02-18T11:20+01:00',
      tells: 'A second person of the institute looks at it and approves.',
      does: (scene) => scene.hand('institute', 'colleague').approve(scene.sub),
    },
    {
      at: '2015-02-18T11:30+01:00',
      tells: 'The clerk closes the envelope with two seals.',
      does: (scene) => scene.hand('institute', 'clerk').seal(scene.sub, { seals: { 'DK-0417': 'S', 'DK-0418': 'S' } }),
    },
    {
      at: '2015-02-18T15:40+01:00',
      tells: 'The clerk hands it to the post.',
      does: (scene) =>
        scene
          .hand('institute', 'clerk')
          .release(scene.sub, { to: scene.party('post'), mode: 'meet', seals: bothSeals('intact') }),
      sees: { post: 'offered' },
    },
    {
      at: '2015-02-18T15:45+01:00',
      tells: 'The carrier looks at the seals and signs for it.',
      does: (scene) => scene.hand('post', 'carrier').accept(scene.sub, { cond: 'ok', seals: bothSeals('intact') }),
      sees: { post: 'held', institute: 'sent' },
    },
    {
      at: '2015-02-19T10:38+01:00',
      tells: 'The carrier stands in the mailroom of Statistics Denmark and hands it over.',
      does: (scene) =>
        scene.hand('post', 'carrier').release(scene.sub, {
          to: scene.party('statistics'),
          mode: 'meet',
          at: mailroom(scene),
          off: 0,
          seals: bothSeals('intact'),
        }),
      sees: { statistics: 'expected' },
    },
    {
      at: '2015-02-19T10:40+01:00',
      tells: 'The mailroom signs for it.',
      does: (scene) =>
        scene
          .hand('statistics', 'mailroom')
          .accept(scene.sub, { cond: 'ok', at: mailroom(scene), off: 0, seals: bothSeals('intact') }),
      sees: { statistics: 'arrived' },
    },
    {
      at: '2015-02-19T10:45+01:00',
      tells: 'The mailroom compares the seals, counts one piece, and confirms: unopened.',
      does: (scene) =>
        scene
          .hand('statistics', 'mailroom')
          .confirm(scene.sub, { unopened: true, pieces: 1, seals: bothSeals('intact') }),
      sees: { institute: 'sent' },
    },
  ],
  end: 'No alarm was raised: every hand-off has both signatures, and the seals arrived as they left.',
};
