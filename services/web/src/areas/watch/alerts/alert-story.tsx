// Who was told, and what people have done about it since.

import type { Alert } from '@unbroken/contracts';
import { PartyName } from '../../../who/party-name.js';
import { MomentText } from '../../../words/moment-text.js';
import css from './alert-item.module.css';

export function AlertStory({ alert }: { readonly alert: Alert }) {
  const { parties, notified, assigned, acknowledged, resolved, dueAt, late } = alert;
  return (
    <dl className={css['story']}>
      <div>
        <dt>Told</dt>
        <dd>
          {parties.map((party, at) => (
            <span key={party}>
              {at > 0 && ', '}
              <PartyName party={party} />
            </span>
          ))}
        </dd>
      </div>
      {notified !== undefined && (
        <div>
          <dt>By mail or webhook</dt>
          <dd>{notified}</dd>
        </div>
      )}
      {dueAt !== undefined && (
        <div>
          <dt>Fell due</dt>
          <dd>
            <MomentText at={dueAt} />
            {late === true && ', noticed late: nobody was there to notice'}
          </dd>
        </div>
      )}
      {assigned !== undefined && (
        <div>
          <dt>Task of</dt>
          <dd>
            <PartyName party={assigned.to} />
            {assigned.contact !== undefined && ` (${assigned.contact})`}, by <PartyName party={assigned.by} />,{' '}
            <MomentText at={assigned.at} />: {assigned.reason}
          </dd>
        </div>
      )}
      {acknowledged !== undefined && (
        <div>
          <dt>Acknowledged</dt>
          <dd>
            by <PartyName party={acknowledged.by} />, <MomentText at={acknowledged.at} />: {acknowledged.reason}
          </dd>
        </div>
      )}
      {resolved !== undefined && (
        <div>
          <dt>Resolved</dt>
          <dd>
            {resolved.by === null ? 'by itself' : <PartyNameBy party={resolved.by} />}, <MomentText at={resolved.at} />:{' '}
            {resolved.reason}
          </dd>
        </div>
      )}
    </dl>
  );
}

const PartyNameBy = ({ party }: { readonly party: string }) => (
  <>
    by <PartyName party={party} />
  </>
);
