import { waitPreferred } from './prefer.js';

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
