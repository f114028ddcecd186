// The kinds of value a setting can have. Each carries its cure as zod metadata, which `readSettings` prints.

import { z } from 'zod';

/** What `readSettings` looks for in a setting's zod metadata. */
export interface SettingMeta {
  /** One sentence: what to write instead. */
  readonly cure: string;
  /** A file, or a directory of files, that nobody else may read in production. */
  readonly secret?: 'file' | 'directory';
}

/** Hangs the cure on a setting; the outermost call of its schema. */
export const setting = <T extends z.ZodType>(schema: T, meta: SettingMeta): T => schema.meta({ ...meta });

/** A whole number within bounds, written in decimal. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'is not a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `is not between ${least} and ${most}`);

export const port = () => wholeNumber(1, 65_535);

const HOST_PORT = /^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(\d{1,5})$/;

/** "host:port,host:port" → ["host:port", "host:port"]. */
export const hostPortList = () =>
  z
    .string()
    .transform((text) => text.split(',').map((entry) => entry.trim()))
    .refine((entries) => entries.every(isHostPort), 'is not a list of host:port');

function isHostPort(entry: string): boolean {
  const found = HOST_PORT.exec(entry)?.[1];
  return found !== undefined && Number(found) >= 1 && Number(found) <= 65_535;
}

/** "a,b" → ["a", "b"], each of them `isOne`; left out, none. */
export const listOf = (isOne: (entry: string) => boolean, otherwise: string) =>
  z
    .string()
    .default('')
    .transform((text) => (text === '' ? [] : text.split(',').map((entry) => entry.trim())))
    .refine((entries) => entries.every(isOne), otherwise);

/** The path of a file that holds a secret: secrets themselves never stand in the environment. */
export const secretFile = (cure: string) => setting(z.string().min(1), { cure, secret: 'file' });

/** The path of a directory of such files. */
export const secretDirectory = (cure: string) => setting(z.string().min(1), { cure, secret: 'directory' });
