// One recorded token: what it says, when, with which key, what is wrong with it; and on demand all of it.

import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { TimelineEntry } from '@unbroken/contracts';
import { useId, useState } from 'react';
import { SealRing } from '../../../sign/seal-ring.js';
import { gradeWords, isWeaker } from '@unbroken/words';
import { MomentText } from '../../../words/moment-text.js';
import { Said } from '../../../words/said.js';
import { sealWords } from '../../../words/seal-words.js';
import { CheckMark } from './check/check-mark.js';
import type { Check } from './check/check-token.js';
import type { Mark } from './lay-timeline.js';
import { StatementDetails } from './statement-details.js';
import css from './statement.module.css';

interface StatementProps {
  readonly entry: TimelineEntry;
  readonly mark: Mark;
  /** Undefined until this browser has checked it. */
  readonly checks: readonly Check[] | undefined;
  /** The bytes as recorded. */
  readonly token: string | undefined;
}

/** Why something recorded has no place on the line. */
const places: Readonly<Record<TimelineEntry['place'], string | undefined>> = {
  line: undefined,
  remark: undefined,
  'wrong-hands': 'It moves nothing: signed by somebody who could not sign this.',
  closed: 'It moves nothing: the chain was closed already.',
  revoked: 'It has no place in the chain: its key had been taken back.',
  twice: 'It changes nothing: the first registration counts.',
  malformed: 'It means nothing here: it could not be understood.',
  gap: 'It waits: what it refers to has not been sent yet.',
  waiting: 'It waits for a statement before it.',
};

/** Clocks that differ by less are taken for one. */
const SAME_MS = 60_000;

export function Statement({ entry, mark, checks, token }: StatementProps) {
  const [opened, setOpened] = useState(false);
  const details = useId();
  const { said, grade, place, seals, findings, recordedAt, signedAt, happenedAt } = entry;
  const told = happenedAt ?? signedAt ?? recordedAt;
  const late = Math.abs(Date.parse(recordedAt) - Date.parse(told)) > SAME_MS;
  return (
    <div className={css['statement']} data-mark={mark} data-weaker={isWeaker(grade) || undefined}>
      <UnstyledButton
        className={css['said']}
        aria-expanded={opened}
        aria-controls={details}
        onClick={() => setOpened(!opened)}
      >
        <IconChevronRight size={16} className={css['chevron']} aria-hidden="true" />
        <span>{said}.</span>
      </UnstyledButton>
      <p className={css['beneath']}>
        <MomentText at={told} />
        {late && (
          <>
            , recorded <MomentText at={recordedAt} form="clock" />
          </>
        )}
        {isWeaker(grade) && `, by ${gradeWords(grade)}`} <CheckMark checks={checks} />
      </p>
      {places[place] !== undefined && <p className={css['effect']}>{places[place]}</p>}
      <SealsSaid seals={seals} />
      {findings.map(({ code, severity, sentence }) => (
        <p key={code} className={css['finding']} data-tone={severity === 'critical' ? 'alarm' : 'late'}>
          <Said text={sentence} /> <small>{code}</small>
        </p>
      ))}
      <div id={details} hidden={!opened}>
        {opened && <StatementDetails entry={entry} checks={checks} token={token} />}
      </div>
    </div>
  );
}

function SealsSaid({ seals }: Pick<TimelineEntry, 'seals'>) {
  const said = Object.entries(seals);
  if (said.length === 0) return null;
  return (
    <ul className={css['seals']} aria-label="Seals">
      {said.map(([id, state]) => {
        const { word, tone } = sealWords(state);
        return (
          <li key={id} data-tone={tone}>
            <SealRing state={state} />
            {id} <span>{word}</span>
          </li>
        );
      })}
    </ul>
  );
}
