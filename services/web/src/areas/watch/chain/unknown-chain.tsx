import { Anchor } from '@mantine/core';
import { readShipmentId } from '@unbroken/tokens';
import { Link } from '@tanstack/react-router';
import type { HubFailure } from '../../../hub/hub-failure.js';
import { Message } from '../../../shell/message.js';
import { grouped } from '../../../words/shipment-name.js';

interface UnknownChainProps {
  readonly sub: string;
  readonly failure: HubFailure;
}

/** An id that is mistyped, or of nothing recorded here: said as what it is, with the way to search. */
export function UnknownChain({ sub, failure }: UnknownChainProps) {
  const isId = readShipmentId(sub) !== null;
  const title = isId ? `Nothing is recorded under ${grouped(sub)}.` : `“${sub}” is not a parcel’s id.`;
  return (
    <Message shape="lost" title={title} code={failure.code}>
      <p>
        {isId
          ? 'The id is well formed, so it was probably not mistyped. It may belong to another deployment, or its registration has not been sent yet.'
          : 'An id has 17 letters and digits, in groups of four. Its last character is a check: one mistyped character is noticed.'}
      </p>
      <p>
        <Anchor renderRoot={(at) => <Link to="/" search={{ q: sub.slice(0, 200) }} {...at} />}>
          Search for it as a seal, a carrier’s number or a party
        </Anchor>
      </p>
    </Message>
  );
}
