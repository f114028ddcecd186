import { DEPLOYMENT } from '../fixture/signers.js';
import { Thread, VerificationInterrupted } from './thread.js';

it('a thread that dies with tokens in hand → they are given back, not answered', async () => {
  const thread = new Thread({ deployment: DEPLOYMENT });
  await thread.ready;
  const verdicts = thread.judge(Array.from({ length: 5_000 }, () => Buffer.from('no token')));
  await thread.end();
  await expect(verdicts).rejects.toThrow(VerificationInterrupted);
  expect(thread.load).toBe(0);
});
