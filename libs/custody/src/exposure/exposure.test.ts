import { told, carried, opened } from '../scenario/stories.js';
import type { Scenario } from '../scenario/scenario.js';
import type { ChainState } from '../chain-state.js';
import { emptyChain } from '../state-shape.js';
import { evolve } from '../evolve.js';
import type { RecordedToken } from '../recorded.js';
import fc from 'fast-check';
import { anyHistory } from '../scenario/any-history.js';
import { exposureReport } from './exposure-report.js';
import type { ExposureWindow } from './exposure-report.js';
import { exposureOf } from './exposure.js';

const NOW = 1_500_000_000;
const windowsOf = (s: Scenario) => exposureOf(s.state(), NOW).windows;
const toTheHour = (token: RecordedToken): RecordedToken => ({
  ...token,
  claims: { ...token.claims, iat: Math.floor(token.claims.iat / 3600) * 3600 },
});
const isAtTheTip = ({ claims }: RecordedToken, { head }: ChainState): boolean =>
  'seq' in claims || ('prev' in claims && claims.prev === head);
const isNoSettlement = ({ claims }: RecordedToken): boolean => claims.evt !== 'settled';
/** Each as `kind from-event seen-event to-event opened: hands`. */
const shortly = ({ kind, from, seen, to, opened, hands }: ExposureWindow): string =>
  `${kind} ${from?.evt ?? '-'} ${seen.evt} ${to?.evt ?? '-'} ${opened}: ${hands.map(({ party }) => party ?? '?').join(' ')}`;

describe('no exposure', () => {
  it('handed over and confirmed unopened, as addressed → no window', () => {
    const s = told((s) => {
      s.tell('sealed', 'sender', { seals: { A1: 'S' } });
      s.handOff('sender', 'post', { accept: { seals: { A1: 'intact' } } });
      s.handOff('post', 'consignee', { accept: { seals: { A1: 'intact' } } });
      s.tell('confirmed', 'consignee', { pieces: 1, unopened: true });
    });
    expect(windowsOf(s)).toEqual([]);
  });

  it('accepted by another with a mandate of the addressee → no window', () => {
    const s = carried();
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    s.tell('accepted', 'facilities', { cond: 'ok' }, { mandates: [{ by: 'consignee', to: 'facilities' } as never] });
    expect(windowsOf(s)).toEqual([]);
  });

  it('delivered by another system’s word, and then confirmed → no window', () => {
    const s = carried();
    s.tell(
      'imported',
      'post',
      { what: 'delivered', when: 1_450_000_500, src: 'A'.repeat(43) },
      { standing: { use: 'gateway' } },
    );
    s.tell('confirmed', 'consignee', { pieces: 1, unopened: true });
    expect(windowsOf(s)).toEqual([]);
  });
});

describe('windows', () => {
  /** With one seal on it, and in the post's hands, which has seen the seal so. */
  const sealed = (seen: 'intact' | 'unobserved') => {
    const s = opened();
    s.tell('sealed', 'sender', { seals: { A1: 'H' } });
    s.handOff('sender', 'post', { accept: { seals: { A1: seen } } });
    return s;
  };

  /** The two CDs as it went: a stranger signs with the seal whole, and hands it on opened. */
  const cds = () => {
    const s = opened({ class: 'sensitive', pieces: 1 });
    s.tell('sealed', 'sender', { seals: { A1: 'I' } });
    s.handOff('sender', 'post', { accept: { seals: { A1: 'intact' } } });
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    s.tell('accepted', 'visa', { cond: 'ok', seals: { A1: 'intact' } });
    s.handOff('visa', 'consignee', { accept: { cond: 'opened', seals: { A1: 'broken' } } });
    s.tell('confirmed', 'consignee', { pieces: 1, unopened: false, seals: { A1: 'broken' } });
    return s;
  };

  it('through wrong hands and opened → from the last statement in order to the next, in whose hands, seals before and after', () => {
    const s = cds();
    const report = exposureOf(s.state(), NOW);
    expect(exposureReport.parse(report)).toEqual(report);
    expect(report.windows.map(shortly)).toEqual([
      'wrong-hands released accepted accepted said: post visa',
      'opened accepted accepted confirmed said: visa consignee',
    ]);
    const [wrong] = report.windows as [ExposureWindow];
    expect(wrong).toMatchObject({ custodian: 'post', sealsBefore: { A1: 'intact' }, sealsAfter: { A1: 'broken' } });
    const { tokens } = s;
    const at = (place: number) => tokens[place]?.claims.iat;
    expect([wrong.from?.at, wrong.seen.at, wrong.to?.at]).toEqual([at(4), at(5), at(7)]);
    expect(wrong.hands).toEqual([
      { party: 'post', from: at(4), to: at(5) },
      { party: 'visa', from: at(5), to: at(7) },
    ]);
    expect(report.contents).toMatchObject({ class: 'sensitive', how: 'none', pieces: 1, keyReleased: null });
  });

  it('still in wrong hands → the window is open, and nobody says whether it was opened', () => {
    const s = carried();
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    s.tell('accepted', 'visa', { cond: 'ok' });
    expect(windowsOf(s).map(shortly)).toEqual(['wrong-hands released accepted - unknown: post visa']);
  });

  it('back with every seal whole → says that the seals were whole, no more', () => {
    const s = sealed('intact');
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    s.tell('accepted', 'visa', { cond: 'ok' });
    s.handOff('visa', 'consignee', { accept: { seals: { A1: 'intact' } } });
    expect(windowsOf(s).map(shortly)).toEqual(['wrong-hands released accepted accepted seals-intact: post visa']);
  });

  it('a seal seen broken by its rightful holder → since it was last seen whole, until it is sealed anew', () => {
    const s = sealed('intact');
    s.tell('inspected', 'post', { seals: { A1: 'broken' } });
    s.tell('sealed', 'post', { seals: { B2: 'H' } });
    expect(windowsOf(s).map(shortly)).toEqual(['opened accepted inspected sealed seals: post']);
  });

  it('not looked at is not seen whole → the window begins with the sealing', () => {
    const s = sealed('unobserved');
    s.tell('inspected', 'post', { seals: { A1: 'missing' } });
    expect(windowsOf(s).map(shortly)).toEqual(['opened sealed inspected - seals: sender post']);
  });

  it('a party signs that it was closed when nobody handed it over → the window does not begin with that', () => {
    const s = carried();
    s.tell('accepted', 'visa', { cond: 'ok' });
    s.tell('reported', 'post', { what: 'opened' });
    const opened = windowsOf(s).find(({ kind }) => kind === 'opened');
    expect(opened).toMatchObject({ from: { evt: 'accepted', by: 'post' }, hands: [{ party: 'post' }] });
  });

  it('a party signs for what nobody handed it, a finder calls twice, the post reports a loss → each once, until it moves', () => {
    const claimed = carried();
    claimed.tell('accepted', 'visa', { cond: 'ok' });
    expect(windowsOf(claimed).map(shortly)).toEqual(['claimed accepted accepted - unknown: visa']);

    const found = carried();
    const on = found.tokens.at(-1)?.tid;
    for (const opened of ['yes', 'unknown'])
      found.tell('found', 'desk', { opened, mine: false, left: 'visa-centre' }, { after: on as never });
    expect(windowsOf(found).map(shortly)).toEqual([
      'opened accepted found - said: post',
      'finder accepted found - said: ?',
    ]);

    const lost = carried();
    lost.tell('reported', 'post', { what: 'lost' });
    lost.handOff('post', 'consignee');
    expect(windowsOf(lost).map(shortly)).toEqual(['lost accepted reported accepted unknown: post']);
  });

  it('"delivered", and silence → open since the last signed statement', () => {
    const s = carried();
    s.tell(
      'imported',
      'post',
      { what: 'delivered', when: 1_450_000_500, src: 'A'.repeat(43) },
      { standing: { use: 'gateway' } },
    );
    expect(windowsOf(s).map(shortly)).toEqual(['unconfirmed accepted imported - unknown: post']);
  });

  it('statements that share a second, as of a feed of whole minutes → the hands in the order of the line, each named', () => {
    const s = carried();
    const at = s.tokens.at(-1)?.claims.iat as number;
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' }, { iat: at });
    s.tell('accepted', 'visa', { cond: 'ok' }, { iat: at });
    s.tell('released', 'visa', { to: 'consignee', mode: 'meet' }, { iat: at });
    s.tell('accepted', 'consignee', { cond: 'ok' }, { iat: at });
    const [wrong] = windowsOf(s);
    expect(wrong?.hands).toEqual([
      { party: 'post', from: at, to: at },
      { party: 'visa', from: at, to: at },
    ]);
  });

  it('in one branch of a fork → whoever had it in the other is not named', () => {
    const s = carried();
    const on = s.tokens.at(-1)?.tid as never;
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' }, { after: on });
    s.tell('accepted', 'visa', { cond: 'ok' });
    s.tell('released', 'post', { to: 'consignee', mode: 'drop' }, { after: on });
    s.tell('accepted', 'consignee', { cond: 'ok' });
    expect(windowsOf(s).map(shortly)).toEqual(['wrong-hands released accepted - unknown: post visa']);
  });

  it('any history without a fork → whoever held it from one statement to the other is named, in order, and nobody else', () => {
    fc.assert(
      fc.property(anyHistory(20), fc.boolean(), (scenario, inOneSecond) => {
        const tokens = inOneSecond ? scenario.tokens.map(toTheHour) : scenario.tokens;
        fc.pre(tokens.every(({ claims, standing }) => claims.evt !== 'witnessed' && standing.key === 'good'));
        const states = tokens.reduce(
          (all, token) => [...all, evolve(all.at(-1) as ChainState, token)],
          [emptyChain(scenario.state().sub)],
        );
        const last = states.at(-1) as ChainState;
        // A remark that was told late or a key taken back changes who held it then: what was known before says nothing of it.
        // So does a fork, also one that was settled before it arose, of which no state says that it is disputed.
        fc.pre(states.every(({ disputed }) => disputed.length === 0) && tokens.every(isNoSettlement));
        fc.pre(tokens.every((token, at) => isAtTheTip(token, states[at] as ChainState)));
        const after = (tid: string) => tokens.findIndex((token) => token.tid === tid) + 1;
        for (const { kind, from, to, hands } of exposureOf(last, NOW).windows) {
          if (kind === 'claimed' || kind === 'finder' || from === null) continue;
          const held = states
            .slice(after(from.tid), to === null ? undefined : after(to.tid))
            .map(({ holder }) => holder);
          expect(hands.map(({ party }) => party)).toEqual(
            held.filter((party, at) => at === 0 || party !== held[at - 1]),
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it('any history → a report of its form; the same in whatever order it was recorded, but for disputes', () => {
    fc.assert(
      fc.property(anyHistory(20), (scenario) => {
        const report = exposureOf(scenario.state(), NOW);
        expect(exposureReport.parse(report)).toEqual(report);
        for (const { hands } of report.windows)
          for (const { from, to } of hands) if (to !== null) expect(to).toBeGreaterThanOrEqual(from);
        if (report.status === 'disputed') return;
        const backwards = exposureOf(scenario.state(scenario.tokens.toReversed()), NOW);
        expect(backwards.windows.length).toBe(report.windows.length);
      }),
      { numRuns: 200 },
    );
  });
});
