// A line of the post's tracking feed, as its gateway translates it.

import { sourceHash } from '../../signing/hand.js';
import type { Hash } from '@unbroken/tokens';
import type { CdScene } from './parcel.js';

/** The line as it came, its hash, and when it says that it happened, in seconds since 1970. */
export function scanned(scene: CdScene, event: 'COLLECTED' | 'DELIVERED'): { source: string; src: Hash; when: number } {
  const when = Math.floor(scene.stage.now() / 1000);
  const source = `RR123456785DK;${event};${new Date(when * 1000).toISOString()}`;
  return { source, src: sourceHash(source), when };
}
