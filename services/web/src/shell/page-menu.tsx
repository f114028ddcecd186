// What belongs to you rather than to a parcel: for whom you decide, light or dark, the keys.

import { ActionIcon, Button, Kbd, Popover, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { PartyName } from '../who/party-name.js';
import { useWho } from '../who/who-context.js';
import css from './page-menu.module.css';

const schemes = [
  { value: 'auto', label: 'As this device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function PageMenu({ onKeys }: { readonly onKeys: () => void }) {
  const [opened, setOpened] = useState(false);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { party, forget } = useWho();
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      withinPortal={false}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Settings" onClick={() => setOpened(!opened)}>
          <IconDots size={20} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css['menu']} aria-label="Settings">
        <h2>You decide for</h2>
        {party === null ? (
          <p>Nobody yet. You are asked when it first matters.</p>
        ) : (
          <p>
            <PartyName party={party} />
            <Button size="compact-sm" variant="default" onClick={forget}>
              Change
            </Button>
          </p>
        )}
        <h2>Colours</h2>
        <SegmentedControl
          fullWidth
          aria-label="Colours"
          value={colorScheme}
          onChange={setColorScheme}
          data={[...schemes]}
        />
        <Button
          fullWidth
          mt="md"
          variant="default"
          visibleFrom="sm"
          rightSection={<Kbd size="xs">?</Kbd>}
          onClick={() => {
            setOpened(false);
            onKeys();
          }}
        >
          Show the keys
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
