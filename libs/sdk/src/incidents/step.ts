// A story is a list of steps: what a person does, what is signed by it, and what must be seen then.

import type { FindingCode } from '@unbroken/custody';
import type { Written } from '../signing/pen.js';
import type { Scene } from './scene.js';

/** Where a party looks for its parcels. */
export type View = 'sent' | 'offered' | 'held' | 'expected' | 'arrived';

export interface Step<Role extends string = string> {
  /** When it truly happened, RFC 3339 with its offset. */
  readonly at: string;
  readonly tells: string;
  /** What is signed and posted; a step without it is only told. */
  readonly does?: (scene: Scene<Role>) => Promise<Written>;
  /** What somebody decides without signing, such as acknowledging an alert. */
  readonly decides?: (scene: Scene<Role>) => Promise<void>;
  /** The hub must refuse what is done, with this code. */
  readonly blocked?: FindingCode;
  /** Alarms that must come, on the token of this step, else on the one signed last. */
  readonly alarms?: readonly FindingCode[];
  /** Who must then see the parcel where. */
  readonly sees?: Partial<Readonly<Record<Role, View>>>;
}

export interface Telling<Role extends string = string> {
  readonly title: string;
  readonly steps: readonly Step<Role>[];
  /** What is to be learned, in one sentence. */
  readonly end: string;
}
