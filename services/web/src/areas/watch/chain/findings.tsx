// Everything that is wrong with a chain and still open, the worst first.

import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ShownFinding } from '@unbroken/contracts';
import { MomentText } from '../../../words/moment-text.js';
import { Said } from '../../../words/said.js';
import css from './aside.module.css';

interface FindingsProps {
  readonly findings: readonly ShownFinding[];
  readonly sub: string;
}

export function Findings({ findings, sub }: FindingsProps) {
  if (findings.length === 0) {
    return (
      <section className={css['part']}>
        <h2>Findings</h2>
        <p>Nothing is wrong with this chain.</p>
      </section>
    );
  }
  return (
    <section className={css['part']}>
      <h2>Findings</h2>
      <ul>
        {findings.map(({ alert, code, sentence, raisedAt, acknowledged, severity }) => (
          <li key={alert} data-tone={severity === 'critical' ? 'alarm' : 'late'}>
            <span className={css['finding']}>
              <Said text={sentence} />
            </span>
            <small>
              <MomentText at={raisedAt} />
              {acknowledged && ', acknowledged'} · {code}
            </small>
          </li>
        ))}
      </ul>
      <Anchor size="sm" renderRoot={(at) => <Link to="/alerts" search={{ sub }} {...at} />}>
        Acknowledge or resolve them
      </Anchor>
    </section>
  );
}
