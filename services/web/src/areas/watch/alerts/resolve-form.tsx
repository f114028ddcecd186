import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';

interface ResolveFormProps {
  readonly busy: boolean;
  readonly onReason: (reason: string) => void;
  readonly onCancel: () => void;
}

/** An alert is resolved with a reason, in one line, because somebody will ask later. */
export function ResolveForm({ busy, onReason, onCancel }: ResolveFormProps) {
  const [reason, setReason] = useState('');
  const said = reason.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (said !== '') onReason(said);
      }}
    >
      <TextInput
        label="Why is it over?"
        description="Everybody who was told can read it. No personal data."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
        maxLength={500}
        required
        autoFocus
      />
      <Group mt="sm" gap="sm">
        <Button type="submit" loading={busy} disabled={said === ''}>
          Resolve
        </Button>
        <Button variant="default" onClick={onCancel}>
          Not yet
        </Button>
      </Group>
    </form>
  );
}
