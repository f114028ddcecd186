// Working hours as people read them: mon-fri 08:00-16:00, Europe/Copenhagen.

import { z } from 'zod';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const told = z.object({
  tz: z.string(),
  week: z.partialRecord(z.enum(days), z.array(z.tuple([z.string(), z.string()]))),
  closed: z.array(z.string()).default([]),
});

/** One line for each run of days with the same hours; none where nothing readable is told of them. */
export function hoursLines(hours: unknown): string[] {
  const read = told.safeParse(hours);
  if (!read.success) return [];
  const { tz, week, closed } = read.data;
  const runs: { from: string; to: string; times: string }[] = [];
  let before: string | undefined;
  for (const day of days) {
    const times = (week[day] ?? []).map((interval) => interval.join('-')).join(', ');
    const run = runs.at(-1);
    if (times !== '' && times === before && run !== undefined) run.to = day;
    else if (times !== '') runs.push({ from: day, to: day, times });
    before = times;
  }
  return [
    ...runs.map(({ from, to, times }) => `${from === to ? from : `${from}-${to}`} ${times}, ${tz}`),
    ...(closed.length === 0 ? [] : [`closed on ${closed.join(', ')}`]),
  ];
}
