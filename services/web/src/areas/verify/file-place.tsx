// A place for one file: chosen with the keyboard or the mouse, or dropped on it.

import { useId, useState } from 'react';
import type { DragEvent } from 'react';
import css from './file-place.module.css';

interface FilePlaceProps {
  readonly title: string;
  readonly hint: string;
  readonly file: File | null;
  readonly onFile: (file: File) => void;
}

export function FilePlace({ title, hint, file, onFile }: FilePlaceProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [first] = event.dataTransfer.files;
    if (first !== undefined) onFile(first);
  };
  return (
    <div
      className={css['place']}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <label htmlFor={id}>{title}</label>
      <p id={`${id}-hint`}>{hint}</p>
      <input
        id={id}
        type="file"
        aria-describedby={`${id}-hint`}
        // The same file chosen again may have changed meanwhile.
        onClick={({ currentTarget }) => (currentTarget.value = '')}
        onChange={({ currentTarget }) => {
          const [first] = currentTarget.files ?? [];
          if (first !== undefined) onFile(first);
        }}
      />
      {file !== null && <p className={css['chosen']}>Chosen: {file.name}</p>}
    </div>
  );
}
