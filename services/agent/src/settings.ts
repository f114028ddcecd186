// What an agent is told: who it acts for, which hub it speaks to, whom it trusts.

import { roles } from '@unbroken/custody';
import {
  SettingsError,
  defineProcessSettings,
  port,
  readSettings,
  secretFile,
  setting,
} from '@unbroken/platform/process';
import type { SettingsOf } from '@unbroken/platform/process';
import { verifierKey } from '@unbroken/tlog';
import { isPartyId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { z } from 'zod';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;
const PARTY_CURE = 'Give the id of your party, for example danish-post';

/** https, or http to this machine: nothing of a party goes over a network in the clear. */
const isSafeUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
};

const roleList = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(roles)).min(1));

const shape = {
  UNBROKEN_HTTP_PORT: setting(port().default(8490), { cure: 'Give a port from 1 to 65535' }),
  UNBROKEN_AGENT_PARTY: setting(z.custom<PartyId>(isPartyId, 'is not a party id'), { cure: PARTY_CURE }),
  UNBROKEN_AGENT_HUB: setting(z.string().refine(isSafeUrl, 'is not https, nor http on this machine'), {
    cure: 'Give the address of the hub, for example https://hub.example',
  }),
  UNBROKEN_AGENT_HUB_CA: setting(z.string().min(1).optional(), {
    cure: 'Name a PEM file with the certificate authority of the hub, or leave it out where a public one issued its certificate',
  }),
  UNBROKEN_AGENT_TRUST: setting(z.string().min(1).optional(), {
    cure: 'Name the file with the trust policy, as `unbroken trust` writes it; compare its keys with the operator by another way',
  }),
  UNBROKEN_AGENT_WITNESS: setting(z.string().refine(isKeyName, 'is not a key name').optional(), {
    cure: 'Give a name without spaces and pluses, such as witness.example/danish-post; it stays for ever',
  }),
  UNBROKEN_AGENT_NAME: setting(z.string().min(1).optional(), {
    cure: 'Give what people call your party, to have the agent open its chain, or leave it out',
  }),
  UNBROKEN_AGENT_ROLES: setting(roleList.optional(), { cure: `List roles of ${roles.join(', ')}, joined by commas` }),
  UNBROKEN_AGENT_INBOX: setting(z.string().min(1).optional(), {
    cure: 'Name a folder with a folder for each feed, which holds its mapping.json and takes its files, or leave it out',
  }),
  UNBROKEN_AGENT_TLS_CERT: setting(z.string().min(1).optional(), {
    cure: 'Name a PEM file with the certificate to answer under',
  }),
  UNBROKEN_AGENT_TLS_KEY: secretFile('Name a PEM file with the key of that certificate').optional(),
} as const;

function isKeyName(text: string): boolean {
  try {
    return verifierKey(text, 'cosignature/v1', new Uint8Array(32)).name === text;
  } catch {
    return false;
  }
}

const definition = defineProcessSettings(shape);
export type AgentSettings = SettingsOf<(typeof definition)['shape']>;

/** @throws SettingsError with every mistake */
export function readAgentSettings(env: NodeJS.ProcessEnv): AgentSettings {
  const settings = readSettings(definition, env);
  const mistakes = [...exposed(settings), ...untrusted(settings)];
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return settings;
}

/** The name the witness signs under: for ever, so it is the party's own unless it was given. */
export const witnessName = (settings: AgentSettings): string =>
  settings.UNBROKEN_AGENT_WITNESS ?? `${settings.UNBROKEN_AGENT_PARTY}/witness`;

function exposed({
  UNBROKEN_HTTP_HOST: host,
  UNBROKEN_AGENT_TLS_CERT: cert,
  UNBROKEN_AGENT_TLS_KEY: key,
}: AgentSettings) {
  if ((cert === undefined) !== (key === undefined)) {
    const name = cert === undefined ? 'UNBROKEN_AGENT_TLS_CERT' : 'UNBROKEN_AGENT_TLS_KEY';
    return [{ name, wrong: 'is not set, though its other half is', cure: 'Name certificate and key, or neither' }];
  }
  if (cert !== undefined || LOOPBACK.test(host)) return [];
  const cure =
    'Set UNBROKEN_AGENT_TLS_CERT and UNBROKEN_AGENT_TLS_KEY, or listen on 127.0.0.1 behind something that does TLS';
  return [{ name: 'UNBROKEN_HTTP_HOST', wrong: 'is open to a network without TLS', cure }];
}

/** Who trusts what the hub first says trusts the hub. */
function untrusted({ UNBROKEN_ENV, UNBROKEN_AGENT_TRUST }: AgentSettings) {
  if (UNBROKEN_ENV !== 'production' || UNBROKEN_AGENT_TRUST !== undefined) return [];
  return [
    {
      name: 'UNBROKEN_AGENT_TRUST',
      wrong: 'is not set, and production trusts no hub at first sight',
      cure: 'Write the policy with `unbroken trust`, compare its keys with the operator by another way, and name the file',
    },
  ];
}
