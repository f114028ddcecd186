import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { HubFailure } from '../hub/hub-failure.js';
import { Message } from './message.js';

/** A screen that could not be shown. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const told = error instanceof HubFailure ? error : undefined;
  return (
    <Message shape="offered" title={told?.message ?? 'This screen could not be shown.'} code={told?.code}>
      <p>{told?.cure ?? 'Load the page again. What is recorded does not depend on it.'}</p>
      <Button mt="md" variant="default" onClick={() => (told === undefined ? window.location.reload() : reset())}>
        {told === undefined ? 'Load again' : 'Try again'}
      </Button>
    </Message>
  );
}
