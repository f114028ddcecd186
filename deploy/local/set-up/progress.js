// The lines one watches while the machine starts: what is done, what it found or waited for, and how long it took.

const NAME_WIDTH = 16;

/**
 * The lines of steps that are not done yet, in the order in which they began; on a terminal the newest is the last line.
 * @type {string[]}
 */
const open = [];

/**
 * Does one step and prints its line. Several may be under way at a time.
 * @template T
 * @param {string} name one or two words
 * @param {string} doing what it does or waits for, shown meanwhile
 * @param {() => Promise<{ told: string, result: T }>} work told: what came of it
 * @returns {Promise<T>}
 */
export async function step(name, doing, work) {
  const label = `  ${name.padEnd(NAME_WIDTH)}`;
  const line = `${label}${doing} …`;
  open.push(line);
  write(process.stdout.isTTY ? '' : `${line}\n`);
  const began = performance.now();
  const done = (/** @type {string} */ told) => {
    open.splice(open.indexOf(line), 1);
    write(`${label}${told} (${((performance.now() - began) / 1000).toFixed(1)} s)\n`);
  };
  try {
    const { told, result } = await work();
    done(told);
    return result;
  } catch (error) {
    done('failed');
    throw error;
  }
}

/** @param {string} text one line outside any step */
export function say(text) {
  write(`${text}\n`);
}

/** @param {string} text whole lines, above the one that is still changing */
function write(text) {
  process.stdout.write(process.stdout.isTTY ? `\r\u001b[2K${text}${open.at(-1) ?? ''}` : text);
}
