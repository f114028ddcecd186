// One alert: the sentence and the first step always; everything else, and the two decisions, when it is the chosen one.

import { Button, Kbd, UnstyledButton } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import type { Alert } from '@unbroken/contracts';
import { HubFailure } from '../../../hub/hub-failure.js';
import { PartyName } from '../../../who/party-name.js';
import { MomentText } from '../../../words/moment-text.js';
import { Said } from '../../../words/said.js';
import css from './alert-item.module.css';
import { AlertStory } from './alert-story.js';
import { ResolveForm } from './resolve-form.js';
import { SEEN } from './seen.js';
import type { Deciding, Intent } from './use-decision.js';

interface AlertItemProps {
  readonly alert: Alert;
  readonly selected: boolean;
  readonly onSelect: () => void;
  /** A reason is being written. */
  readonly resolving: boolean;
  readonly onResolve: () => void;
  /** The reason was given, or there is none yet. */
  readonly onResolved: () => void;
  readonly deciding: Deciding;
}

export function AlertItem(props: AlertItemProps) {
  const { alert, selected, onSelect, resolving, onResolve, onResolved, deciding } = props;
  const { id, sentence, severity, state, raisedAt, next, code } = alert;
  const tone = state !== 'raised' ? 'quiet' : severity === 'critical' ? 'alarm' : 'late';
  const details = `details-${id}`;
  return (
    <li className={css['alert']} data-tone={tone} data-state={state} data-severity={severity}>
      <UnstyledButton
        id={`alert-${id}`}
        className={css['said']}
        aria-expanded={selected}
        aria-controls={details}
        onFocus={onSelect}
        onClick={onSelect}
      >
        <span className={css['sentence']}>
          <Said text={sentence} />
        </span>
        <span className={css['since']}>
          since <MomentText at={raisedAt} />
        </span>
        <Standing alert={alert} />
        {!selected && state === 'raised' && <span className={css['first']}>{next[0]}</span>}
      </UnstyledButton>
      <div id={details} hidden={!selected} className={css['more']}>
        {selected && (
          <>
            {state !== 'resolved' && (
              <ol className={css['steps']}>
                {next.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            )}
            <AlertStory alert={alert} />
            <Failure deciding={deciding} alert={alert} />
            {resolving && state !== 'resolved' ? (
              <ResolveForm
                busy={isAbout(deciding.underWay, alert)}
                onCancel={onResolved}
                onReason={(reason) => {
                  onResolved();
                  deciding.take({ alerts: [alert], kind: 'resolve', reason });
                }}
              />
            ) : (
              <Decisions alert={alert} deciding={deciding} onResolve={onResolve} />
            )}
            <small className={css['code']}>{code}</small>
          </>
        )}
      </div>
    </li>
  );
}

/** Whose turn it is, where it is not anybody's. */
function Standing({ alert: { acknowledged, assigned, resolved } }: { readonly alert: Alert }) {
  if (resolved !== undefined) return <span className={css['standing']}>Resolved</span>;
  if (acknowledged === undefined && assigned === undefined) return null;
  return (
    <span className={css['standing']}>
      <IconUserCheck size={16} aria-hidden="true" />
      <span>
        {acknowledged !== undefined && (
          <>
            <PartyName party={acknowledged.by} /> is on it
          </>
        )}
        {acknowledged !== undefined && assigned !== undefined && '; '}
        {assigned !== undefined && (
          <>
            task of <PartyName party={assigned.to} />
            {assigned.contact !== undefined && ` (${assigned.contact})`}
          </>
        )}
      </span>
    </span>
  );
}

interface DecisionsProps {
  readonly alert: Alert;
  readonly deciding: Deciding;
  readonly onResolve: () => void;
}

function Decisions({ alert, deciding, onResolve }: DecisionsProps) {
  if (alert.state === 'resolved') return null;
  const busy = isAbout(deciding.underWay, alert);
  return (
    <div className={css['decisions']}>
      {alert.state === 'raised' && (
        <Button
          loading={busy}
          rightSection={
            <Kbd size="xs" visibleFrom="sm">
              a
            </Kbd>
          }
          onClick={() => deciding.take({ alerts: [alert], kind: 'acknowledge', reason: SEEN })}
        >
          I am on it
        </Button>
      )}
      <Button
        variant="default"
        disabled={busy}
        rightSection={
          <Kbd size="xs" visibleFrom="sm">
            r
          </Kbd>
        }
        onClick={onResolve}
      >
        Resolve …
      </Button>
    </div>
  );
}

const isAbout = (intent: Intent | undefined, { id }: Alert): boolean =>
  intent?.alerts.some((alert) => alert.id === id) ?? false;

function Failure({ deciding: { failed }, alert }: { readonly deciding: Deciding; readonly alert: Alert }) {
  if (failed === undefined || !isAbout(failed.intent, alert)) return null;
  const { error } = failed;
  const cure =
    error instanceof HubFailure && error.status > 0 ? error.cure : 'Nothing was changed. Try again in a moment.';
  return (
    <p className={css['failure']} role="alert">
      That was not saved: {error.message.replace(/\.$/, '')}. {cure.replace(/\.$/, '')}.
    </p>
  );
}
