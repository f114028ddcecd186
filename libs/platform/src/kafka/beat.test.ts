import { Beat, restAtMost } from './beat.js';

describe('a beat', () => {
  it('batches end while somebody rests → all go on at the same moment; afterwards the next rests anew', () => {
    const beat = new Beat(restAtMost(100));
    expect(beat.after(10, 1_000)).toBe(40);
    expect(beat.after(90, 1_015)).toBe(25);
    expect(beat.after(1, 1_039)).toBe(1);
    expect(beat.after(90, 1_040)).toBe(100);
  });

  it('a lone message that took no time → hardly any rest', () => {
    expect(new Beat(restAtMost(250)).after(0.5, 1_000)).toBe(2);
  });
});
