import { checkDigit, s10Fault } from './s10.js';

describe('S10', () => {
  it.each([
    ['RR473124829DK', 'the worked example of the standard'],
    ['RR000000005DK', 'a sum of zero, whose 11 is written 5'],
    ['RR000000080DK', 'a remainder of ten, written 0'],
  ])('%s: %s → in order', (number) => expect(s10Fault(number)).toBeUndefined());

  it('one wrong digit → names the digit that would be right', () =>
    expect(s10Fault('RR473124839DK')).toBe('has check digit 9, where 47312483 asks for 2'));

  it.each(['rr473124829dk', 'RR47312482DK', 'RR473124829', 'RR 473124829 DK', ''])('%j → not of the form', (number) =>
    expect(s10Fault(number)).toContain('two letters'),
  );

  it('check digits are one digit', () => {
    for (let serial = 0; serial < 5000; serial++)
      expect(
        checkDigit(
          String(serial * 19_997)
            .padStart(8, '0')
            .slice(-8),
        ),
      ).toBeLessThan(10);
  });
});
