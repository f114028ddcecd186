// Who may accept for whom, where and until when; and hand-offs between the units of one party (docs/protocol, section 4,
// rule 3, and section 5). Each case beside the one that just misses.

import { mandate } from './scenario/scenario.js';
import type { Scenario } from './scenario/scenario.js';
import { carried, opened } from './scenario/stories.js';

const WRONG_HANDS = ['misdelivery.wrong-party', 'misdelivery.off-route'];
const HERE = { at: 'consignee/mailroom' };
/** The time of signing of the acceptance in `acceptedBy`. */
const SIGNED = 1_450_000_000 + 5 * 60;

/** The courier offers it to the consignee; somebody accepts. */
function acceptedBy(who: string, mandates: ReturnType<typeof mandate>[], claims: object = HERE) {
  const s = carried();
  s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
  const accepted = s.tell('accepted', who, { cond: 'ok', ...claims }, { mandates });
  return { findings: s.findings(accepted), state: s.state(), signed: accepted.claims.iat };
}

describe('a mandate to accept for the consignee', () => {
  it.each([
    ['for every place', [mandate('consignee', 'facilities')]],
    ['for this place', [mandate('consignee', 'facilities', { site: 'consignee/mailroom' })]],
    ['that ends with this second', [mandate('consignee', 'facilities', { until: SIGNED })]],
    [
      'beside one that has ended',
      [mandate('consignee', 'facilities', { until: 1 }), mandate('consignee', 'facilities')],
    ],
  ])('%s → arrived, nothing found', (_, mandates) => {
    const { findings, state, signed } = acceptedBy('facilities', mandates);
    expect(signed).toBe(SIGNED);
    expect(findings).toEqual([]);
    expect(state).toMatchObject({ status: 'arrived', holder: 'facilities', responsible: 'facilities' });
  });

  it.each([
    ['for another place', [mandate('consignee', 'facilities', { site: 'consignee/archive' })]],
    ['that ended a second before', [mandate('consignee', 'facilities', { until: SIGNED - 1 })]],
    ['given to another party', [mandate('consignee', 'cleaners')]],
    ['given by another party', [mandate('neighbour', 'facilities')]],
    ['the other way round', [mandate('facilities', 'consignee')]],
    ['of one who was mandated itself', [mandate('consignee', 'cleaners'), mandate('cleaners', 'facilities')]],
    ['none', []],
  ])('%s → wrong hands', (_, mandates) => {
    const { findings, state } = acceptedBy('facilities', mandates);
    expect(findings).toEqual(WRONG_HANDS);
    expect(state).toMatchObject({ status: 'astray', holder: 'facilities', responsible: 'post' });
  });

  it('for a place, and nobody says where it was handed over → wrong hands', () => {
    const mandates = [mandate('consignee', 'facilities', { site: 'consignee/mailroom' })];
    expect(acceptedBy('facilities', mandates, {}).findings).toEqual(WRONG_HANDS);
  });

  it('counts when it happened, not when it was signed', () => {
    const until = SIGNED - 60;
    const mandates = [mandate('consignee', 'facilities', { until })];
    expect(acceptedBy('facilities', mandates, { ...HERE, when: until }).findings).toEqual([]);
    expect(acceptedBy('facilities', mandates, { ...HERE, when: until + 1 }).findings).toEqual(WRONG_HANDS);
  });

  it('does not extend to confirming', () => {
    const s = carried();
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    const mandates = [mandate('consignee', 'facilities')];
    s.tell('accepted', 'facilities', { cond: 'ok' }, { mandates });
    const confirmed = s.tell('confirmed', 'facilities', { pieces: 1, unopened: true }, { mandates });
    expect(s.findings(confirmed)).toEqual(['custody.not-consignee']);
  });
});

describe('a courier’s subcontractor', () => {
  const accepts = (mandates: ReturnType<typeof mandate>[]) => {
    const s = opened();
    s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    const accepted = s.tell('accepted', 'riders', { cond: 'ok' }, { mandates });
    return { findings: s.findings(accepted), responsible: s.state().responsible };
  };

  it('mandated by the courier → nothing found, and it is responsible', () => {
    expect(accepts([mandate('post', 'riders')])).toEqual({ findings: [], responsible: 'riders' });
  });

  it('mandated by the consignee alone → not for what is offered to the courier', () => {
    expect(accepts([mandate('consignee', 'riders')])).toEqual({
      findings: ['misdelivery.wrong-party'],
      responsible: 'sender',
    });
  });
});

describe('between units of one party', () => {
  const within = (s: Scenario, party: string) => {
    const released = s.tell('released', party, { to: party, mode: 'drop' });
    const before = s.state().responsible;
    const accepted = s.tell('accepted', party, { cond: 'ok' });
    return { found: [...s.findings(released), ...s.findings(accepted)], before, state: s.state() };
  };

  it.each([
    ['the sender’s', () => opened(), 'sender'],
    ['the courier’s', () => carried(), 'post'],
    ['the consignee’s', () => arrived(), 'consignee'],
  ])('%s → nothing found, responsible as before', (_, story, party) => {
    const { found, before, state } = within(story(), party);
    expect(found).toEqual([]);
    expect(state).toMatchObject({ holder: party, responsible: before, offer: null });
  });

  it('of one that merely holds it → nothing found by that, and it goes on merely holding', () => {
    const s = carried();
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    s.tell('accepted', 'stranger', { cond: 'ok' });
    expect(within(s, 'stranger')).toMatchObject({ found: [], state: { status: 'astray', responsible: 'post' } });
  });

  it('offered to one’s own unit, and another party takes it → wrong party', () => {
    const s = carried();
    s.tell('released', 'post', { to: 'post', mode: 'drop' });
    expect(s.findings(s.tell('accepted', 'consignee', { cond: 'ok' }))).toEqual(['misdelivery.wrong-party']);
  });
});

function arrived(): Scenario {
  const s = carried();
  s.handOff('post', 'consignee');
  return s;
}
