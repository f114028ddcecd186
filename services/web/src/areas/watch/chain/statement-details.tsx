// All there is to know of one token: who, with which key, when by which clock, the facts, the checks, the token itself.

import { Code } from '@mantine/core';
import type { TimelineEntry } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import type { ReactNode } from 'react';
import { Name } from '../../../who/name.js';
import { CopyText } from '../../../words/copy-text.js';
import { gradeWords } from '@unbroken/words';
import { MomentText } from '../../../words/moment-text.js';
import { Said } from '../../../words/said.js';
import { Checked } from './check/checked.js';
import type { Check } from './check/check-token.js';
import css from './statement-details.module.css';

interface StatementDetailsProps {
  readonly entry: TimelineEntry;
  readonly checks: readonly Check[] | undefined;
  readonly token: string | undefined;
}

const standings = {
  good: '',
  suspect: '; taken back later, so what it signed is doubtful',
  revoked: '; it had been taken back',
} as const;

export function StatementDetails({ entry, checks, token }: StatementDetailsProps) {
  const { by, grade, key, kid, facts, happenedAt, signedAt, recordedAt, index, tid } = entry;
  const times = [
    { label: 'It happened', at: happenedAt },
    { label: 'Signed, by the device’s clock', at: signedAt },
    { label: 'Recorded', at: recordedAt },
  ];
  return (
    <div className={css['details']}>
      <dl>
        <Fact label="Who">
          {by === null ? (
            'nobody known'
          ) : (
            <>
              <Name of={by} /> ({by.id})
            </>
          )}
        </Fact>
        <Fact label="Signed with">
          {gradeWords(grade)}
          {key !== null && standings[key]}
        </Fact>
        <Fact label="Key">
          <code>{kid}</code> <CopyText text={kid} label="Copy the key’s id" />
        </Fact>
        {times.map(
          ({ label, at }) =>
            at !== null && (
              <Fact key={label} label={label}>
                <MomentText at={at} />
              </Fact>
            ),
        )}
        {facts.map(({ label, text }) => (
          <Fact key={label} label={label}>
            <Said text={text} />
          </Fact>
        ))}
        <Fact label="In the log">
          entry {index}, <code>{tid}</code> <CopyText text={tid} label="Copy the token’s id" />
        </Fact>
      </dl>
      <Checked checks={checks} />
      {token !== undefined && <TheToken token={token} />}
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function TheToken({ token }: { readonly token: string }) {
  return (
    <details>
      <summary>The token itself</summary>
      <Code block className={css['token']} tabIndex={0}>
        {readable(token)}
      </Code>
      <p>
        As signed and recorded <CopyText text={token} label="Copy the token" />
      </p>
      <Code block className={css['token']} tabIndex={0}>
        {token}
      </Code>
    </details>
  );
}

/** Header and claims as text; the bytes say it all where they cannot be read. */
function readable(token: string): string {
  try {
    const { header, claims } = parseStatement(token);
    return `${JSON.stringify(header, null, 2)}\n${JSON.stringify(claims, null, 2)}`;
  } catch {
    return 'It cannot be read.';
  }
}
