// The statements: what parties signed, in their words and by their clocks, and nothing that follows from it.

import type { EvidenceReport } from '@unbroken/evidence';
import { parseStatement } from '@unbroken/manifests';
import { gradeWords, isolated, naming, timeline, utcMoment } from '@unbroken/words';
import css from './statements.module.css';

export function Signed({ report: { chain, nameOf } }: { readonly report: EvidenceReport }) {
  const lines = timeline(chain, isolated(naming(nameOf)));
  return (
    <section>
      <h2>What was signed</h2>
      <p className={css['about']}>
        Each is one party’s word, signed with a key of its own. The times are those of the signers’ devices.
      </p>
      <ol className={css['statements']}>
        {chain.tokens.map(({ tid, token, grade }, at) => {
          const line = lines[at];
          return (
            <li key={tid} id={`statement-${at + 1}`}>
              <strong>{line?.sentence}.</strong>
              <p>
                {line?.signer === undefined ? 'It cannot be read. Signed' : `Signed by ${line.signer}`} with{' '}
                {gradeWords(grade)}
                {line?.signedAt !== undefined && `, at ${utcMoment(line.signedAt)} by its clock`}.
              </p>
              {token !== undefined && <p className={css['code']}>key {parseStatement(token).header.kid}</p>}
              <p className={css['code']}>id {tid}</p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
