// Whether anybody consumes in a group, and goes on. Kafka counts one that was killed, or could not say goodbye, until its
// session ends: that is waited for, so that whoever has stopped a service is not told that it is at work.

import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { SESSION_MS } from './supervised-consumer.js';

/** The broker looks at sessions now and then. */
const FORGOTTEN_AFTER_MS = SESSION_MS + 2_000;
const ASK_EVERY_MS = 200;

/** `groupId` as Kafka knows it, prefix included. Where somebody is there it takes until one that was killed is forgotten. */
export async function groupHasMembers(admin: Admin, groupId: string): Promise<boolean> {
  const end = performance.now() + FORGOTTEN_AFTER_MS;
  for (;;) {
    const { groups } = await admin.describeGroups([groupId]);
    if (groups.every(({ state }) => state === 'Empty' || state === 'Dead')) return false;
    if (performance.now() >= end) return true;
    await pause(ASK_EVERY_MS);
  }
}
