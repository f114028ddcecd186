// The policy of shipments that name no known document: strict for what is sensitive, in the working week of the
// deployment's home. Its hash is a published promise: changing a letter makes it another policy.

import type { Hash } from '@unbroken/tokens';
import { policyHash } from './policy.js';
import type { DeadlineRule, Policy } from './policy.js';

const HOUR = 3600;
const officeDay: [string, string][] = [['08:00', '16:00']];

export const defaultPolicy: Policy = {
  format: 'custody-policy/1',
  name: 'Unbroken default',
  encryption: { from: 'sensitive', accepted: ['age', 'luks', 'veracrypt', 'zip-aes'] },
  approval: { from: 'sensitive' },
  basis: { from: 'personal' },
  position: { from: 'never' },
  ways: [
    { kind: 'physical', modes: ['meet', 'collect'], upTo: 'sensitive' },
    { kind: 'physical', modes: ['drop'], upTo: 'internal' },
    { kind: 'digital', modes: ['meet', 'collect', 'drop'], upTo: 'sensitive' },
  ],
  deadlines: {
    meet: { seconds: 900, counted: 'always' },
    /** Three working days. */
    collect: { seconds: 24 * HOUR, counted: 'working' },
    drop: { seconds: 8 * HOUR, counted: 'working' },
    confirm: { seconds: 8 * HOUR, counted: 'working' },
  },
  hours: {
    tz: 'Europe/Copenhagen',
    week: { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay },
  },
};

/**
 * Deadlines that came after the first documents were published: these hold under every policy that says nothing of them,
 * the default one among them, which keeps its name.
 */
export const unsaid: Readonly<Record<'dispatch' | 'silent', DeadlineRule>> = {
  /** Three working days. */
  dispatch: { seconds: 24 * HOUR, counted: 'working' },
  silent: { seconds: 24 * HOUR, counted: 'working' },
};

/** The document as published, and its name. */
export const defaultPolicyText = `${JSON.stringify(defaultPolicy, null, 2)}\n`;
export const defaultPolicyHash: Hash = policyHash(defaultPolicyText);
