import { Anchor, Code } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ChainsFilter } from '../../../hub/chains.js';
import { Message } from '../../../shell/message.js';
import { groups } from '../../../words/group-words.js';

/** Nothing to show: because there is nothing, or because nothing is like that. */
export function NoChains({ filter: { group, q } }: { readonly filter: ChainsFilter }) {
  if (q !== undefined) {
    return (
      <Message shape="prepared" title={`Nothing matches “${q}”.`}>
        <p>
          Try the beginning of an id, a seal, a carrier’s number or a party’s name. Closed chains were searched too.
        </p>
        <ToAll />
      </Message>
    );
  }
  if (group !== undefined) {
    return (
      <Message shape="whole" title={`No chain is ${groups[group].counted}.`}>
        <ToAll />
      </Message>
    );
  }
  return (
    <Message shape="prepared" title="No open chains.">
      <p>
        Register one, or play the CD story: <Code>npx unbroken incident cd</Code>
      </p>
    </Message>
  );
}

const ToAll = () => (
  <p>
    <Anchor renderRoot={(at) => <Link to="/" search={{}} {...at} />}>Show all open chains</Anchor>
  </p>
);
