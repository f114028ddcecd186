import { lastLine, tally } from './tally.js';

const green = {
  numPassedTests: 10,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  success: true,
};

describe('the last line of npm test', () => {
  it('all passed → N passed, 0 failed', () => {
    expect(lastLine(tally(green, 0, 0))).toBe('10 passed, 0 failed');
  });
  it('some skipped → says so', () => {
    expect(lastLine(tally({ ...green, numPendingTests: 2, numTodoTests: 1 }, 0, 0))).toBe(
      '10 passed, 0 failed, 3 skipped',
    );
  });
  it('failed tests, files that could not run and failed checks → all count', () => {
    const red = { ...green, numFailedTests: 2, numRuntimeErrorTestSuites: 1, success: false };
    expect(lastLine(tally(red, 1, 1))).toBe('10 passed, 4 failed');
  });
  it('Jest wrote no results, or ended badly with every test passed → never 0 failed', () => {
    expect(lastLine(tally(undefined, 1, 0))).toBe('0 passed, 1 failed');
    expect(lastLine(tally(green, 1, 0))).toBe('10 passed, 1 failed');
  });
});
