// Whether the page is live, in words: one in the header, and a sentence at the bottom while it is not.

import { Button, VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Connection } from '../live/connection.js';
import { connectionSentence, connectionWord } from '../live/connection.js';
import { useConnection } from '../live/live-context.js';
import { Sign } from '../sign/sign.js';
import css from './connection-mark.module.css';

const looks = {
  connecting: { shape: 'prepared', tone: 'quiet' },
  live: { shape: 'whole', tone: 'good' },
  lost: { shape: 'offered', tone: 'late' },
  back: { shape: 'whole', tone: 'calm' },
} as const;

export function ConnectionMark() {
  const { connection } = useConnection();
  const { shape, tone } = looks[connection.state];
  return (
    <span className={css['mark']} data-tone={tone}>
      <Sign shape={shape} size={14} />
      {connectionWord[connection.state]}
    </span>
  );
}

/** Always in the page, so that what appears in it is read out; the countdown is not. */
export function ConnectionLine() {
  const { connection, retry } = useConnection();
  const sentence = connectionSentence(connection, useCountdown(connection));
  return (
    <>
      <VisuallyHidden role="status">
        {connection.state === 'lost' && 'Connection lost. It is tried again by itself.'}
        {connection.state === 'back' && sentence}
      </VisuallyHidden>
      {sentence !== undefined && (
        <div className={css['line']} data-tone={looks[connection.state].tone}>
          <Sign shape={looks[connection.state].shape} size={18} />
          <span aria-hidden="true">{sentence}</span>
          {connection.state === 'lost' && (
            <Button size="compact-sm" variant="default" onClick={retry}>
              Try now
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** The present, by the second while a try is awaited. */
function useCountdown(connection: Connection): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    if (connection.state !== 'lost') return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [connection]);
  return now;
}
