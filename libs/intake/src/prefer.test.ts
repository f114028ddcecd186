import { minimalPreferred, waitPreferred } from './prefer.js';

describe('waitPreferred', () => {
  it.each([
    ['wait=5', 5],
    ['respond-async, wait=10', 10],
    ['WAIT = "7"; foo=bar', 7],
    ['wait=31', 30],
    ['wait=999999', 30],
  ])('%s → %d seconds', (header, seconds) => expect(waitPreferred(header)).toBe(seconds));

  it.each([undefined, '', 'return=minimal', 'wait', 'wait=0', 'wait=-1', 'wait=1.5', 'wait=soon', 'await=5'])(
    '%s → no wait',
    (header) => expect(waitPreferred(header)).toBeUndefined(),
  );

  it('several headers → the first wait counts', () => expect(waitPreferred(['a', 'wait=2', 'wait=9'])).toBe(2));
});

describe('minimalPreferred', () => {
  it.each(['return=minimal', 'wait=5, return=minimal', 'Return = "minimal"; q=1'])('%s → yes', (header) =>
    expect(minimalPreferred(header)).toBe(true),
  );

  it.each([undefined, 'wait=5', 'return=representation', 'noreturn=minimal', 'return=minimals'])('%s → no', (header) =>
    expect(minimalPreferred(header)).toBe(false),
  );
});
