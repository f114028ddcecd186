import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Message } from './message.js';

export function NothingHere() {
  return (
    <Message shape="lost" title="There is nothing at this address.">
      <p>
        Find a parcel with the box at the top, or go to the{' '}
        <Anchor renderRoot={(at) => <Link to="/" {...at} />}>open chains</Anchor>.
      </p>
    </Message>
  );
}
