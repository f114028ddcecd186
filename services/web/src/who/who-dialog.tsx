// "Who are you?", asked once from the parties that have to do with the matter at hand.

import { Button, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../shell/dialog.js';
import { PartyName } from './party-name.js';
import { useWho } from './who-context.js';

interface WhoDialogProps {
  readonly parties: readonly string[];
  readonly onChosen: (party: string) => void;
  readonly onClose: () => void;
}

export function WhoDialog({ parties, onChosen, onClose }: WhoDialogProps) {
  const { choose } = useWho();
  const [party, setParty] = useState<string>();

  function answer(): void {
    if (party === undefined) return;
    choose(party);
    onChosen(party);
  }

  return (
    <Dialog opened onClose={onClose} title="Who are you?">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          answer();
        }}
      >
        <Radio.Group
          label="For which of these do you decide?"
          description="Everybody who is told sees who decided. This device remembers it; you can change it in the menu at the top."
          value={party ?? null}
          onChange={setParty}
        >
          <Stack gap="sm" my="md">
            {parties.map((id, at) => (
              <Radio key={id} value={id} label={<PartyName party={id} />} data-autofocus={at === 0 || undefined} />
            ))}
          </Stack>
        </Radio.Group>
        <Button type="submit" fullWidth disabled={party === undefined}>
          Go on
        </Button>
      </form>
    </Dialog>
  );
}
