// When something falls due under a policy.

import type { DeadlineRule, Policy } from './policy.js';
import { addWorkingSeconds } from './working-time.js';
import type { WorkingHours } from './working-hours.js';

/**
 * The moment a rule's time is up, in seconds since the epoch like `start`. `hours` are those of the site where people
 * are waited for; the policy's own are used where it has none.
 */
export function dueAt(policy: Policy, rule: DeadlineRule, start: number, hours?: WorkingHours): number {
  return rule.counted === 'always'
    ? start + rule.seconds
    : addWorkingSeconds(start, rule.seconds, hours ?? policy.hours);
}
