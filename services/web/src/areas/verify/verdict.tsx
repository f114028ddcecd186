// What was checked and how it came out: what fails first, then what holds, then what nobody can know from the file.

import type { Check } from '@unbroken/evidence';
import { Sign } from '../../sign/sign.js';
import { ShipmentName } from '../../words/shipment-name.js';
import type { Checked, Refusal } from './check-files.js';
import css from './verdict.module.css';

export function Refused({ refusal: { file, what, cure, code } }: { readonly refusal: Refusal }) {
  return (
    <section className={css['band']} data-tone="alarm">
      <Sign shape="void" size={40} />
      <div>
        <h2>{file === 'policy' ? 'The trust policy cannot be used' : 'Nothing could be checked'}</h2>
        <p>{what}</p>
        <p>{cure}</p>
        <p className={css['code']}>{code}</p>
      </div>
    </section>
  );
}

const verdicts = {
  holds: {
    tone: 'good',
    shape: 'closed',
    title: 'It holds.',
    says: 'Nothing that was checked by your trust policy fails.',
  },
  alone: {
    tone: 'late',
    shape: 'look',
    title: 'It fits together. Against the hub, that proves nothing.',
    says: 'The keys are those that the file itself names, and the hub that made it could have chosen them. Add the trust policy that you kept yourself: only then does it show something.',
  },
  fails: {
    tone: 'alarm',
    shape: 'opened',
    title: 'It does not hold.',
    says: 'Do not rely on it: ask whoever holds the record for the file again, and compare.',
  },
} as const;

export function Verdict({ checked: { report, byPolicy, carrier } }: { readonly checked: Checked }) {
  const { tone, shape, title, says } = verdicts[!report.holds ? 'fails' : byPolicy ? 'holds' : 'alone'];
  const of = (result: Check['result']) => report.checks.filter((check) => check.result === result);
  return (
    <>
      <section className={css['band']} data-tone={tone}>
        <Sign shape={shape} size={40} />
        <div>
          <h2>{title}</h2>
          <p>{says}</p>
          <p>
            Parcel <ShipmentName sub={report.sub} />
            {carrier === 'pdf' &&
              ', read from the file within the PDF. Its pages were not compared: go by what is said here'}
            .
          </p>
        </div>
      </section>
      <Checks title="What does not hold" mark="✗" tone="alarm" checks={of('fails')} />
      <Checks title="What holds" mark="✓" tone="good" checks={of('holds')} />
      <Checks title="What cannot be known from the file" mark="?" tone="doubt" checks={of('unknown')} />
    </>
  );
}

interface ChecksProps {
  readonly title: string;
  readonly mark: string;
  readonly tone: string;
  readonly checks: readonly Check[];
}

function Checks({ title, mark, tone, checks }: ChecksProps) {
  if (checks.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className={css['checks']} data-tone={tone}>
        {checks.map(({ said }) => (
          <li key={said}>
            <span aria-hidden="true">{mark}</span> {said}
          </li>
        ))}
      </ul>
    </section>
  );
}
