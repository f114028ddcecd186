// What the hub says in words. Its times are in UTC, for whoever reads them anywhere: "2026-11-21 07:11 UTC"; here they are
// said as all others on the page.

import { Fragment } from 'react';
import { MomentText } from './moment-text.js';
import { partsOf } from './said-times.js';

export function Said({ text }: { readonly text: string }) {
  return partsOf(text).map((part, at) =>
    'time' in part ? <MomentText key={at} at={part.time} form="clock" /> : <Fragment key={at}>{part.text}</Fragment>,
  );
}
