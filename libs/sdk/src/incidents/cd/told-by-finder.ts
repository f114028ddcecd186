// Somebody without keys tells on the finder's page, and the finder desk signs what they told.

import type { FinderReport } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import type { Written } from '../../signing/pen.js';
import { StoryFailed } from '../stage.js';
import { until } from '../until.js';
import type { CdScene } from './parcel.js';

const SIGNED_WITHIN_MS = 20_000;

/** The `found` token, once it is recorded. The page itself never says whether there is such a parcel. */
export async function toldByFinder({ sub, stage }: CdScene, report: FinderReport): Promise<Written> {
  const { client } = stage;
  await client.tellFound(sub, report);
  const written = await until(SIGNED_WITHIN_MS, stage, async () => {
    const { tokens } = await client.chain(sub);
    return tokens.find(({ token = '' }) => token !== '' && parseStatement(token).claims.evt === 'found');
  });
  if (written?.token !== undefined)
    return { tid: parseStatement(written.token).tid, sub, token: written.token, pending: false, carried: true };
  throw new StoryFailed(
    'story.not-seen',
    'What the finder told on the page is not in the chain.',
    'See whether the receiver service runs and has a finder desk, and tell the story again.',
  );
}
