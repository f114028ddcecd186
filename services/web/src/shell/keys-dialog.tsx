import { Kbd } from '@mantine/core';
import { Dialog } from './dialog.js';
import css from './keys-dialog.module.css';

const keys = [
  { keys: ['/'], does: 'find a parcel' },
  { keys: ['j', '↓'], does: 'next row or alert' },
  { keys: ['k', '↑'], does: 'the one before' },
  { keys: ['Enter'], does: 'open it' },
  { keys: ['a'], does: 'acknowledge the alert' },
  { keys: ['r'], does: 'resolve the alert, with a reason' },
  { keys: ['?'], does: 'show these keys' },
] as const;

interface KeysDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Every key there is. */
export function KeysDialog({ opened, onClose }: KeysDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys">
      <dl className={css['keys']}>
        {keys.map(({ keys: names, does }) => (
          <div key={does}>
            <dt>
              {names.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
