// CPU time and memory of everything this benchmark has started, by part, from /proc (proc(5)). Memory that processes
// share is counted in shares (Pss), so that the parts add up.
import { readFileSync, readdirSync } from 'node:fs';

/** Of a Linux kernel, as `getconf CLK_TCK` says. */
const TICKS_PER_SECOND = 100;
const PAGE = 4096;

/**
 * @typedef {object} Used
 * @property {number} cpuUs microseconds of CPU, reaped children included
 * @property {number} residentMb
 */

/** @returns {Record<string, Used>} by part: node services by name, `kafka`, `postgres` */
export function used() {
  /** @type {Record<string, Used>} */
  const parts = {};
  const ours = descendants(process.pid);
  for (const pid of ours) {
    const stat = statOf(pid);
    const part = partOf(pid);
    if (stat === undefined || part === undefined) continue;
    const sum = (parts[part] ??= { cpuUs: 0, residentMb: 0 });
    sum.cpuUs += stat.cpuUs;
    sum.residentMb += stat.residentMb;
  }
  return parts;
}

/** CPU between two looks, in microseconds, by part. @param {Record<string, Used>} before @param {Record<string, Used>} after */
export function cpuBetween(before, after) {
  return Object.fromEntries(
    Object.entries(after).map(([part, { cpuUs }]) => [part, cpuUs - (before[part]?.cpuUs ?? 0)]),
  );
}

/** @param {number} pid @returns {number[]} */
function descendants(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = statOf(Number(name))?.parent;
    if (parent === undefined) continue;
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  /** @type {number[]} */
  const found = [];
  for (const queue = [pid]; queue.length > 0;) {
    const next = children.get(/** @type {number} */ (queue.shift())) ?? [];
    found.push(...next);
    queue.push(...next);
  }
  return found;
}

/** @param {number} pid */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; after it come the fields from the third on.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (/** @type {number} */ field) => Number(fields[field - 3]);
    const ticks = at(14) + at(15) + at(16) + at(17);
    return {
      parent: at(4),
      cpuUs: (ticks / TICKS_PER_SECOND) * 1e6,
      residentMb: residentMb(pid) ?? (at(24) * PAGE) / 1024 / 1024,
    };
  } catch {
    return undefined;
  }
}

/** @param {number} pid @returns {number | undefined} undefined where the kernel does not tell */
function residentMb(pid) {
  try {
    const kB = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return kB === undefined ? undefined : Number(kB) / 1024;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function partOf(pid) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (command.includes('kafka.Kafka')) return 'kafka';
    // A connection's process bears its role's name; the others write for all.
    const role = /^postgres: unbroken_(\w+)/.exec(command)?.[1];
    if (command.includes('postgres')) return role === undefined ? 'postgres' : `postgres ${role}`;
    const service = /(?:^|\0)UNBROKEN_SERVICE=([^\0]*)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1];
    if (command.includes('standalone')) return service ?? 'services';
    const [beside] = /naive|bare-\w+/.exec(command) ?? [];
    if (beside !== undefined) return beside;
    return undefined;
  } catch {
    return undefined;
  }
}
