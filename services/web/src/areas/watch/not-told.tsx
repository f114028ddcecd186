import { HubFailure } from '../../hub/hub-failure.js';
import { Message } from '../../shell/message.js';

/** What stands where something could not be fetched; it goes away by itself when the hub is back. */
export function NotTold({ error }: { readonly error: Error }) {
  const told = error instanceof HubFailure ? error : undefined;
  return (
    <Message shape="offered" title={told?.message ?? 'This could not be shown.'} code={told?.code}>
      <p>{told?.cure ?? 'Load the page again.'}</p>
    </Message>
  );
}
