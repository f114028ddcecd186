// A phone that dies at each of its writes.

import { sync } from './basement.js';
import type { Basement } from './basement.js';
import { cutOffAt, ProcessDied } from './cut-off.js';

/** More than there are from the signing to the final receipt. */
const WRITES = 9;

export function dyingTests(at: () => Basement): void {
  it.each(['before', 'after'] as const)(
    'the phone dies just %s each of its writes, while signing and while carrying in → nothing lost, nothing doubled',
    async (when) => {
      const story = async (number: number) => {
        const three = await at().phones();
        const { sender, courier } = three;
        const sub = await at().registered(three);
        const died = await diesWhile(async () => {
          const { hand, outbox } = await sender.start(cutOffAt(number, when));
          await hand.release(sub, { to: courier.id, mode: 'meet' });
          sender.isOnline = true;
          await outbox.sync(5);
        });
        await sync(sender);
        return { died, line: await at().line(sub), kept: await sender.kept() };
      };
      const stories = await Promise.all(Array.from({ length: WRITES }, (_, at) => story(at + 1)));
      expect(stories.filter(({ died }) => died).length).toBeGreaterThanOrEqual(5);
      expect(stories.at(-1)?.died).toBe(false);
      // Dead before anything was kept: nothing was ever shown, and the person signs again.
      if (when === 'before') expect(stories.shift()?.line).toEqual(['registered']);
      for (const told of stories) {
        expect(told.line).toEqual(['registered', 'released']);
        expect(told.kept).toHaveLength(2);
      }
    },
    60_000,
  );
}

async function diesWhile(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (error instanceof ProcessDied) return true;
    throw error;
  }
}
