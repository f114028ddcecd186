// Evidence checked by whoever holds it: files in, verdict out, and nothing leaves the browser.

import { useEffect, useRef, useState } from 'react';
import { Logo } from '../../sign/logo.js';
import { checkFiles } from './check-files.js';
import type { Checked, Refusal } from './check-files.js';
import { FilePlace } from './file-place.js';
import { Refused, Verdict } from './verdict.js';
import { Signed } from './signed.js';
import { Follows } from './follows.js';
import css from './verify-screen.module.css';

export function VerifyScreen() {
  const [evidence, setEvidence] = useState<File | null>(null);
  const [policy, setPolicy] = useState<File | null>(null);
  const { outcome, busy } = useOutcome(evidence, policy);
  return (
    <>
      <header className={css['header']}>
        <a href="/" aria-label="Unbroken, open chains">
          <Logo />
        </a>
      </header>
      <main className={css['main']}>
        <h1>Check evidence</h1>
        <p>
          Choose the evidence of a parcel. It is checked here, in your browser, and <strong>nothing is sent</strong>:
          you can cut the connection first.
        </p>
        <div className={css['places']}>
          <FilePlace
            title="The evidence"
            hint="The JSON file, or the PDF with that file in it."
            file={evidence}
            onFile={setEvidence}
          />
          <FilePlace
            title="Your trust policy"
            hint="The trust.json that you kept yourself. Without it, nothing is proven against the hub."
            file={policy}
            onFile={setPolicy}
          />
        </div>
        <p role="status" className={css['busy']}>
          {busy ? 'Checking …' : ''}
        </p>
        {!busy && outcome !== null && <Outcome outcome={outcome} />}
        <aside className={css['aside']}>
          <h2>Who checks this page?</h2>
          <p>
            It came from a hub, as the evidence did. If it is that hub you doubt, open this page at another one, or
            check with the command, on a computer of yours:
          </p>
          <p>
            <code>npx unbroken verify FILE --policy trust.json</code>
          </p>
        </aside>
      </main>
    </>
  );
}

/** Only the newest choice counts: an older one may still be at work. */
function useOutcome(evidence: File | null, policy: File | null) {
  const [outcome, setOutcome] = useState<Checked | Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (evidence === null) return;
    let isNewest = true;
    setBusy(true);
    void checkFiles(evidence, policy, Date.now()).then((found) => {
      if (!isNewest) return;
      setOutcome(found);
      setBusy(false);
    });
    return () => {
      isNewest = false;
    };
  }, [evidence, policy]);
  return { outcome, busy };
}

function Outcome({ outcome }: { readonly outcome: Checked | Refusal }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus({ preventScroll: false }), [outcome]);
  return (
    <div ref={place} tabIndex={-1} className={css['outcome']}>
      {outcome.kind === 'refused' ? (
        <Refused refusal={outcome} />
      ) : (
        <>
          <Verdict checked={outcome} />
          <Signed report={outcome.report} />
          <Follows report={outcome.report} />
        </>
      )}
    </div>
  );
}
