// What is recorded of a parcel, to take along: for programs, for people, and the page that checks either.

import { Anchor } from '@mantine/core';
import { grouped } from '../../../words/shipment-name.js';
import css from './aside.module.css';

export function EvidenceFiles({ sub }: { readonly sub: string }) {
  const path = `/ledger/v1/chains/${encodeURIComponent(sub)}/evidence`;
  const name = `evidence-${grouped(sub)}`;
  return (
    <section className={css['part']}>
      <h2>Evidence</h2>
      <ul>
        <li>
          <Anchor href={`${path}.pdf`} download={`${name}.pdf`}>
            PDF, for people
          </Anchor>
          <small>with all proofs attached; takes some seconds</small>
        </li>
        <li>
          <Anchor href={path} download={`${name}.json`}>
            JSON, for programs
          </Anchor>
          <small>every statement with its proofs</small>
        </li>
        <li>
          <Anchor href="/verify">Check evidence</Anchor>
          <small>in your browser; nothing is sent</small>
        </li>
      </ul>
    </section>
  );
}
