import { readFile } from 'node:fs/promises';
import { TestClock } from './test-clock.js';
import { waitFor } from './wait-for.js';

describe('waitFor', () => {
  it('a condition that comes true → what it returned', async () => {
    let asked = 0;
    const answer = await waitFor(() => (++asked === 3 ? 'third' : undefined), { what: 'the third question' });
    expect(answer).toBe('third');
  });

  it('time over → an error that names what was waited for and the last failure, which is its cause', async () => {
    const failure = new Error('connection refused');
    const waiting = waitFor(() => Promise.reject(failure), { timeoutMs: 30, what: 'the ledger to answer' });
    await expect(waiting).rejects.toMatchObject({
      message: 'Waited 30 ms in vain for the ledger to answer: connection refused',
      cause: failure,
    });
  });

  it('what failed was Node itself, whose errors are of another realm → told too', async () => {
    const nobody = () => readFile('/nobody/is/here');
    const waiting = waitFor(nobody, { timeoutMs: 30, what: 'a file' });
    await expect(waiting).rejects.toThrow('Waited 30 ms in vain for a file: ENOENT');
  });
});

describe('TestClock', () => {
  it('advanced or set → shows that moment, and otherwise stands still', () => {
    const clock = new TestClock(new Date('2026-03-02T08:00:00Z'));
    clock.advance(90_000);
    expect(new Date(clock.now()).toISOString()).toBe('2026-03-02T08:01:30.000Z');
    clock.set(new Date('2026-03-05T10:00:00Z'));
    expect(clock.now()).toBe(Date.parse('2026-03-05T10:00:00Z'));
  });
});
