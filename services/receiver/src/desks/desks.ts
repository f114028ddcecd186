// The operator's two desks, which speak for people who have no keys: the finder desk repeats what a finder said, the code
// desk that a guest knew the code it was sent. Their keys are the operator's own (docs/operations.md, "The two desks").

import { SettingsError } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import { KeyRefused, readKeyFile, signerIn } from '@unbroken/sdk/node';
import type { PartyId, Signer } from '@unbroken/tokens';

/** A key that signs at a desk, and the party it is enrolled for. */
export interface Desk {
  readonly party: PartyId;
  readonly signer: Signer;
}

export type DeskName = 'finder' | 'code';

export interface Desks {
  /** Whether there is such a desk, so that nobody is asked in vain. */
  has(name: DeskName): boolean;
  /** @throws Error where it has no usable key */
  open(name: DeskName): Promise<Desk>;
}

const names = { finder: 'UNBROKEN_FINDER_DESK_KEY', code: 'UNBROKEN_CODE_DESK_KEY' } as const;
type KeySettings = Pick<CommonSettings, (typeof names)[DeskName]>;

export const namesKeys = (settings: KeySettings): boolean =>
  Object.values(names).some((name) => settings[name] !== undefined);

/** The desks whose key files the settings name. @throws SettingsError naming each file that is no key of its desk */
export async function keptDesks(settings: KeySettings): Promise<Desks> {
  const kept = new Map<DeskName, Desk>();
  for (const name of ['finder', 'code'] as const) {
    const path = settings[names[name]];
    if (path !== undefined) kept.set(name, await readDesk(name, path));
  }
  return {
    has: (name) => kept.has(name),
    open: (name) => {
      const desk = kept.get(name);
      return desk === undefined ? Promise.reject(new Error(`there is no ${name} desk here`)) : Promise.resolve(desk);
    },
  };
}

async function readDesk(name: DeskName, path: string): Promise<Desk> {
  const refuse = (wrong: string, cure: string) => new SettingsError([{ name: names[name], wrong, cure }]);
  const cure = `Enrol one with \`unbroken party enrol --use ${name === 'code' ? 'code-desk' : 'gateway --roles finder-desk'}\` and name its file`;
  try {
    const key = await readKeyFile(path);
    if (key === undefined) throw refuse(`${path} is not there`, cure);
    const fits = name === 'code' ? key.use === 'code-desk' : key.use === 'gateway' || key.use === 'device';
    if (!fits) throw refuse(`${path} holds a ${key.use} key`, cure);
    return { party: key.party, signer: await signerIn(path, key) };
  } catch (error) {
    if (error instanceof KeyRefused) throw refuse(error.message.replace(/\.$/, ''), error.cure.replace(/\.$/, ''));
    throw error;
  }
}
