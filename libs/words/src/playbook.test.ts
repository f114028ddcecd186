import { describe, expect, it } from '@jest/globals';
import { alertCodes } from '@unbroken/contracts';
import type { ShipmentClaims } from '@unbroken/custody';
import { newJti } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import { alertSentence } from './alert-sentence.js';
import { Facts } from './facts.js';
import { raisedWhen } from './findings/raised-when.js';
import { someHead, someShipment } from './fixture/index.js';
import { playbook } from './playbook.js';
import { statementSentence } from './statement-sentence.js';

/** The chain is not known here any more: the least a sentence can be made of. */
const bare = new Facts({ tid: 'x' as TokenId, dueAt: null, late: false, refusal: null }, undefined, String);

describe.each(alertCodes)('%s', (code) => {
  it('says what to do, in whole sentences', () => {
    expect(playbook[code].steps.length).toBeGreaterThan(0);
    for (const step of playbook[code].steps) expect(step).toMatch(/^[A-Z].*[.?]$/);
  });

  it('says what happened also when little is known', () => {
    const sentence = alertSentence(code, bare);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN/);
  });

  it('calls a parcel a parcel', () => {
    const { steps } = playbook[code];
    expect([alertSentence(code, bare), raisedWhen[code], ...steps].join(' ')).not.toMatch(/shipment/i);
  });
});

it('what was reported → in words, never the code of it', () => {
  const said = (what: ShipmentClaims<'reported'>['what']) => {
    const head = { iss: 'danish-post', sub: someShipment, jti: newJti(), iat: 1, prev: someHead };
    return statementSentence({ ...head, evt: 'reported', what } as ShipmentClaims<'reported'>, String);
  };
  expect(said('not-in-shipment')).toBe('danish-post reported it: something is there that is not of this parcel');
  expect(said('lost')).toBe('danish-post reported it: lost');
});

describe('severity', () => {
  it('wrong hands, opened, lost, stolen, broken seals, a log of two histories or changed → critical', () => {
    const critical = alertCodes.filter((code) => playbook[code].severity === 'critical');
    expect([...critical].sort()).toEqual([
      'log.split-view',
      'log.tampered',
      'misdelivery.off-route',
      'misdelivery.wrong-party',
      'misdelivery.wrong-place',
      'parcel.lost',
      'parcel.opened',
      'parcel.stolen',
      'seal.broken',
      'seal.missing',
    ]);
  });
});
