// When a scan happened: what a system of the carrier writes, as seconds since 1970. The clock on the wall in a zone is not
// always a time: an hour in spring is missing, an hour in autumn is there twice.

import { DateTime } from 'luxon';

/** `iso`, or the tokens of https://moment.github.io/luxon/#/parsing; `zone` is IANA's name. */
export interface TimeForm {
  readonly format: string;
  readonly zone: string;
}

/** Seconds since 1970, or what is wrong, as the end of a sentence about the text. */
export type ReadTime = { readonly at: number } | { readonly wrong: string };

type Wall = (text: string, zone: string) => DateTime;

const OFFSET_TOKEN = /Z|z|X|x/;
const OFFSET_WRITTEN = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

/** What is wrong with a format: it must say which day and which minute. Undefined: nothing. */
export function formatFault(format: string): string | undefined {
  if (format === 'iso') return undefined;
  const shown = DateTime.fromISO('2026-03-04T15:16:17Z', { zone: 'utc' }).toFormat(format);
  const read = DateTime.fromFormat(shown, format, { zone: 'utc' });
  if (!read.isValid) return `is not read by itself: ${read.invalidExplanation ?? read.invalidReason}`;
  const isWhole = read.toFormat('yyyy-MM-dd HH:mm') === '2026-03-04 15:16';
  return isWhole ? undefined : 'does not say year, month, day, hour and minute';
}

/** Reads many texts of one form. */
export function timeReader({ format, zone }: TimeForm): (text: string) => ReadTime {
  const wall = wallOf(format);
  const saysOffset = (text: string) =>
    format === 'iso' ? OFFSET_WRITTEN.test(text) : OFFSET_TOKEN.test(format.replace(/'[^']*'/g, ''));
  return (text) => {
    if (saysOffset(text)) {
      const read = wall(text, zone);
      return read.isValid ? { at: Math.floor(read.toSeconds()) } : { wrong: `is no time in the form ${format}` };
    }
    const read = wall(text, 'utc');
    if (!read.isValid) return { wrong: `is no time in the form ${format}` };
    const there = read.setZone(zone, { keepLocalTime: true });
    if (there.hour !== read.hour || there.minute !== read.minute) {
      return { wrong: `is an hour that the clocks of ${zone} pass over on that day` };
    }
    // Twice on the day when clocks go back: the first counts, so that a deadline never starts too late.
    const first = Math.min(...there.getPossibleOffsets().map((possible) => possible.toSeconds()));
    return { at: Math.floor(first) };
  };
}

function wallOf(format: string): Wall {
  if (format === 'iso') return (text, zone) => DateTime.fromISO(text, { zone });
  const parser = DateTime.buildFormatParser(format, { locale: 'en-US' });
  return (text, zone) => DateTime.fromFormatParser(text, parser, { zone, locale: 'en-US' });
}
