// A screen that has only one thing to say: the sentence, what to do, and for the help desk the code.

import type { ReactNode } from 'react';
import { Sign } from '../sign/sign.js';
import type { Shape } from '../sign/shapes.js';
import css from './message.module.css';

interface MessageProps {
  readonly shape: Shape;
  readonly title: string;
  readonly children?: ReactNode;
  readonly code?: string | undefined;
}

export function Message({ shape, title, children, code }: MessageProps) {
  return (
    <div className={css['message']}>
      <Sign shape={shape} size={44} />
      <h1>{title}</h1>
      {children}
      {code !== undefined && <p className={css['code']}>{code}</p>}
    </div>
  );
}
