// Tells the story of the two CDs against a running hub, with parties made for this one telling.

import type { PartyId } from '@unbroken/tokens';
import { enter, freshSuffix } from '../cast.js';
import type { Member } from '../cast.js';
import { play } from '../play.js';
import type { Told } from '../play.js';
import { Scene } from '../scene.js';
import type { Stage } from '../stage.js';
import { cdParties } from './parties.js';
import type { CdRole } from './parties.js';
import { tellings } from './tellings.js';
import type { TellingName } from './tellings.js';

const ids: Readonly<Record<CdRole, string>> = {
  institute: 'health-data',
  post: 'danish-post',
  statistics: 'statistics-denmark',
  visa: 'visa-centre',
  finders: 'finder-desk',
};

export interface ToldCd extends Told {
  readonly telling: TellingName;
  readonly parties: Readonly<Record<CdRole, PartyId>>;
}

/**
 * Plays one telling, signed for real, over HTTP.
 * @throws StoryFailed naming what did not come as told; HubProblem, HubUnreachable
 */
export async function tellCd(telling: TellingName, stage: Stage): Promise<ToldCd> {
  const suffix = freshSuffix();
  const parts = cdParties(stage.tempo);
  const idOf = (role: CdRole): PartyId => `${ids[role]}-${suffix}` as PartyId;
  const member = (role: CdRole): Promise<Member> => enter(parts[role], idOf(role), stage);
  const [institute, post, statistics, visa, finders] = await Promise.all([
    member('institute'),
    member('post'),
    member('statistics'),
    member('visa'),
    member('finders'),
  ]);
  const told = await play(tellings[telling], new Scene<CdRole>(stage, { institute, post, statistics, visa, finders }));
  return {
    telling,
    parties: { institute: institute.id, post: post.id, statistics: statistics.id, visa: visa.id, finders: finders.id },
    ...told,
  };
}
