// The lines one watches while the machine starts: what is done, what it found or waited for, and how long it took.

const NAME_WIDTH = 16;

/**
 * Does one step and prints its line.
 * @template T
 * @param {string} name one or two words
 * @param {string} doing what it does or waits for, shown meanwhile
 * @param {() => Promise<{ told: string, result: T }>} work told: what came of it
 * @returns {Promise<T>}
 */
export async function step(name, doing, work) {
  const label = `  ${name.padEnd(NAME_WIDTH)}`;
  const live = process.stdout.isTTY;
  process.stdout.write(live ? `${label}${doing} …` : `${label}${doing} …\n`);
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const replace = live ? '\r\u001b[2K' : '';
  try {
    const { told, result } = await work();
    process.stdout.write(`${replace}${label}${told} (${seconds()})\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${replace}${label}failed (${seconds()})\n`);
    throw error;
  }
}

/** @param {string} text one line outside any step */
export function say(text) {
  process.stdout.write(`${text}\n`);
}
