// Where the consumer group stands, and where it is put. Kafka lets nobody move a group that has members.

import type { Topic } from '@unbroken/contracts';
import { groupHasMembers, topicName } from '@unbroken/platform';
import type { Admin } from 'kafkajs';

export class GroupOffsets {
  readonly #groupId: string;

  constructor(
    private readonly admin: Admin,
    private readonly prefix: string,
    group: string,
  ) {
    this.#groupId = prefix + group;
  }

  hasMembers(): Promise<boolean> {
    return groupHasMembers(this.admin, this.#groupId);
  }

  /** A group without offsets begins at the beginning of each topic. */
  async forget(): Promise<void> {
    const { groups } = await this.admin.listGroups();
    if (groups.some(({ groupId }) => groupId === this.#groupId)) await this.admin.deleteGroups([this.#groupId]);
  }

  /** Whatever is published from now on is the next it reads of this topic. */
  async toTheEnd(topic: Topic): Promise<void> {
    const name = topicName(this.prefix, topic);
    const partitions = (await this.admin.fetchTopicOffsets(name)).map(({ partition, high }) => ({
      partition,
      offset: high,
    }));
    await this.admin.setOffsets({ groupId: this.#groupId, topic: name, partitions });
  }

  /** Whether the topic still has the first of so many messages that were published on it. */
  async hasAll(topic: Topic, published: number): Promise<boolean> {
    const partitions = await this.admin.fetchTopicOffsets(topicName(this.prefix, topic));
    const isWhole = partitions.every(({ low }) => Number(low) === 0);
    return isWhole && partitions.reduce((sum, { high }) => sum + Number(high), 0) >= published;
  }
}
