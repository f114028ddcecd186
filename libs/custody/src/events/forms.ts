// The forms that claims are made of (docs/protocol, section 2). Written once; every event's schema is composed of them.

import { patterns } from '@unbroken/tokens';
import type { Hash, KeyId, PartyId, PublicJwk, SiteId, TokenId } from '@unbroken/tokens';
import { z } from 'zod';

const text = <T extends string>(pattern: RegExp) => z.string().regex(pattern) as unknown as z.ZodType<T, T>;

export const hash = text<Hash>(patterns.hash);
export const tokenRef = text<TokenId>(patterns.hash);
export const keyRef = text<KeyId>(patterns.hash);
export const party = text<PartyId>(patterns.partyId);
export const site = text<SiteId>(patterns.siteId);

/** A site as its own party may write it: `party/site`, or the local name alone. `siteOf` in registry/ makes it whole. */
export const ownSite = z.union([site, z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)]);

/** Seconds since the epoch, whole (RFC 7519 NumericDate, narrowed). */
export const numericDate = z.int().min(0).max(253402300799);

/** A short machine-readable reason; never free text, so that nothing personal fits in. */
export const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** What stands for a person in enrolments and policies; only the party knows whom. */
export const personRef = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** Public names and numbers: no control characters, at most 200. */
export const label = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u);

export const sealId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/);

export const sealState = z.enum(['intact', 'broken', 'missing', 'other', 'unobserved']);
export const seals = z.record(sealId, sealState);

export const publicJwk: z.ZodType<PublicJwk, PublicJwk> = z.union([
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string().regex(patterns.hash),
    y: z.string().regex(patterns.hash),
  }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().regex(patterns.hash) }),
]);

export const roles = ['sender', 'courier', 'receiver', 'auditor', 'operator', 'finder-desk', 'vault'] as const;
export const role = z.enum(roles);
export type Role = (typeof roles)[number];

export const keyUses = ['device', 'gateway', 'enroller', 'witness', 'code-desk'] as const;
export const keyUse = z.enum(keyUses);
export type KeyUse = (typeof keyUses)[number];

export const classes = ['public', 'internal', 'personal', 'sensitive'] as const;
export const confidentiality = z.enum(classes);
export type Confidentiality = (typeof classes)[number];

export const kinds = z.enum(['physical', 'digital']);
export const modes = z.enum(['meet', 'collect', 'drop']);
export const encryption = z.enum(['none', 'age', 'luks', 'veracrypt', 'zip-aes', 'other']);
