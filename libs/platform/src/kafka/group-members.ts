// Whether anybody consumes in a group now. Kafka counts one that was killed for six seconds more.

import type { Admin } from 'kafkajs';

/** `groupId` as Kafka knows it, prefix included. */
export async function groupHasMembers(admin: Admin, groupId: string): Promise<boolean> {
  const { groups } = await admin.describeGroups([groupId]);
  return groups.some(({ state }) => state !== 'Empty' && state !== 'Dead');
}
