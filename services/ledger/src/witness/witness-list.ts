// Who watches these logs: the witnesses of the deployment, from the file that UNBROKEN_WITNESSES names. It is part of the
// trust policy: verifiers keep a copy, so it changes seldom and deliberately.

import { readFileSync } from 'node:fs';
import { SettingsError } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import { TlogRefused, readTrustPolicy } from '@unbroken/tlog';
import type { Witness } from '@unbroken/tlog';
import { isPartyId } from '@unbroken/tokens';
import { z } from 'zod';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

const written = z.strictObject({
  /** How many of them must have cosigned a checkpoint. */
  quorum: z.int().min(0),
  witnesses: z.array(
    z.strictObject({
      name: z.string(),
      vkey: z.string(),
      party: z.custom<string>(isPartyId, 'is not a party id'),
      /** The submission prefix: /add-checkpoint is asked below it. */
      url: z.string().refine(isSafeUrl, 'is not https, nor http on this machine'),
    }),
  ),
});

export interface ListedWitness extends Witness {
  readonly vkey: string;
  readonly url: string;
}

export interface WitnessList {
  readonly quorum: number;
  readonly witnesses: readonly ListedWitness[];
}

/** Nest's injection token of the deployment's list. */
export const WITNESS_LIST = Symbol('WITNESS_LIST');

export const noWitnesses: WitnessList = { quorum: 0, witnesses: [] };

/** As many must have cosigned before a checkpoint counts as witnessed; of none, none ever is. */
export const enoughOf = ({ quorum }: WitnessList): number => Math.max(1, quorum);

/** @throws SettingsError where the file cannot be used */
export function readWitnessList({ UNBROKEN_WITNESSES: path }: Pick<CommonSettings, 'UNBROKEN_WITNESSES'>): WitnessList {
  if (path === undefined) return noWitnesses;
  try {
    const { quorum, witnesses } = written.parse(JSON.parse(readFileSync(path, 'utf8')));
    const policy = readTrustPolicy({ logs: [], witnesses, quorum });
    return {
      quorum,
      witnesses: policy.witnesses.map((witness, at) => ({
        ...witness,
        vkey: witnesses[at]?.vkey ?? '',
        url: (witnesses[at]?.url ?? '').replace(/\/+$/, ''),
      })),
    };
  } catch (error) {
    throw new SettingsError([{ name: 'UNBROKEN_WITNESSES', wrong: `${path} cannot be used: ${reason(error)}`, cure }]);
  }
}

const cure =
  'Write {"quorum": 1, "witnesses": [{"name", "vkey", "party", "url"}]}; `unbroken-agent keys` prints name, vkey and party';

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

function reason(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  if (error instanceof TlogRefused) return `${error.message}. ${error.cure}`;
  return error instanceof Error ? error.message : String(error);
}
