// What can be wrong with one claim of a given form, and what must become of it. Written by hand from docs/protocol and not
// from the schemas: the two are held against each other.

import type { RefusalCode } from '@unbroken/tokens';

export interface WrongValue {
  /** What is wrong, in words that go on after the claim's name. */
  readonly wrong: string;
  readonly value: unknown;
  /** Where the fault is, below the claim, as the reason names it: `how` of `enc`, `0` of `via`. */
  readonly below?: string;
  /** Its spelling in the payload, where JSON has several. */
  readonly spelled?: string;
  readonly fault: 'form' | 'missing' | 'unknown';
  /** The token is refused for it, and not recorded as malformed; where, below the claim, if it can be said. */
  readonly refused?: { readonly code: RefusalCode; readonly pointer?: string };
}

/** Everything that is wrong with a claim of this form, given one that is right. */
export type Form = (good: unknown) => readonly WrongValue[];

type JsonType = 'null' | 'true' | 'a number' | 'text' | 'a list' | 'an object';

const samples: Readonly<Record<JsonType, unknown>> = {
  null: null,
  true: true,
  'a number': 7,
  text: 'seven',
  'a list': [],
  'an object': {},
};

const formFault = (wrong: string, value: unknown): WrongValue => ({ wrong, value, fault: 'form' });

const otherTypes = (...right: readonly JsonType[]): WrongValue[] =>
  Object.entries(samples)
    .filter(([type]) => !right.includes(type as JsonType))
    .map(([type, value]) => formFault(type, value));

/** A fault for which the token is refused; `pointer` leads on from the claim. */
export const refusal = (wrong: string, value: unknown, code: RefusalCode, pointer = ''): WrongValue => ({
  ...formFault(wrong, value),
  refused: { code, pointer },
});

/** Text of a form of its own; the wrong ones by what is wrong with them. */
export const text =
  (wrong: Readonly<Record<string, string>>): Form =>
  (good) => [
    ...otherTypes('text'),
    formFault('empty', ''),
    formFault('with a line feed at its end', `${String(good)}\n`),
    ...Object.entries(wrong).map(([what, value]) => formFault(what, value)),
  ];

export const oneOf =
  (...words: readonly string[]): Form =>
  () => [
    ...otherTypes('text'),
    formFault('empty', ''),
    formFault('another word', 'seven'),
    formFault('in other letters', otherCase(String(words[0]))),
    formFault('two of them', words.slice(0, 2).join(' ')),
  ];

const otherCase = (word: string): string => (word === word.toLowerCase() ? word.toUpperCase() : word.toLowerCase());

export const yesOrNo: Form = () => [...otherTypes('true'), formFault('the text "true"', 'true'), formFault('0', 0)];

export const whole =
  (from: number, to: number): Form =>
  () => [
    ...otherTypes('a number'),
    formFault('the number as text', String(from + 1)),
    formFault('with a fraction', from + 0.5),
    formFault('below the least', from - 1),
    formFault('above the most', to + 1),
    { wrong: 'too large for a number (1e400)', value: Infinity, spelled: '1e400', fault: 'form' },
  ];

/** One of a few numbers. */
export const oneNumberOf =
  (between: number): Form =>
  () => [
    ...otherTypes('a number'),
    formFault('a number between two of them', between),
    formFault('negative', -1),
    formFault('the number as text', '0'),
  ];

const inside = (place: string, fault: WrongValue, value: unknown): WrongValue => ({
  ...fault,
  value,
  below: fault.below === undefined ? place : `${place}.${fault.below}`,
});

/** `tooLarge`: before there are too many of it the token is. */
export const listOf =
  (
    form: Form,
    { atLeast = 0, atMost, tooLarge = false }: { atLeast?: number; atMost: number; tooLarge?: boolean },
  ): Form =>
  (good) => {
    const [first] = good as readonly unknown[];
    return [
      ...otherTypes('a list'),
      ...(atLeast > 0 ? [formFault('empty', [])] : []),
      {
        ...formFault('one more than the most', Array<unknown>(atMost + 1).fill(first)),
        ...(tooLarge && { refused: { code: 'token.too-large' } as const }),
      },
      ...form(first)
        .filter(({ spelled }) => spelled === undefined)
        .map((fault) => inside('0', { ...fault, wrong: `one of it: ${fault.wrong}` }, [fault.value])),
    ];
  };

/** The members of an object: those that may be left out end in `?`. Nothing else may be there. */
export const members =
  (forms: Readonly<Record<string, Form>>): Form =>
  (good) => {
    const right = good as Readonly<Record<string, unknown>>;
    const within = Object.entries(forms).flatMap(([written, form]) => {
      const name = written.replace('?', '');
      const without = Object.fromEntries(Object.entries(right).filter(([key]) => key !== name));
      const missing: WrongValue = { wrong: `without \`${name}\``, value: without, below: name, fault: 'missing' };
      return [
        ...(written.endsWith('?') ? [] : [missing]),
        ...form(right[name])
          .filter(({ spelled }) => spelled === undefined)
          .map((fault) =>
            inside(name, { ...fault, wrong: `its \`${name}\`: ${fault.wrong}` }, { ...right, [name]: fault.value }),
          ),
      ];
    });
    const unknown: WrongValue = {
      wrong: 'with a member that is not known',
      value: { ...right, extra: 1 },
      below: 'extra',
      fault: 'unknown',
    };
    return [...otherTypes('an object'), ...within, unknown];
  };

/** An object whose members are named freely, so that no reason names them. */
export const named =
  (names: Form, value: Form): Form =>
  (good) => {
    const [[name, right] = ['', undefined]] = Object.entries(good as Readonly<Record<string, unknown>>);
    const wrongNames = names(name).filter((fault) => typeof fault.value === 'string');
    return [
      ...otherTypes('an object'),
      ...wrongNames.map((fault) => formFault(`a name in it: ${fault.wrong}`, { [String(fault.value)]: right })),
      ...value(right).map((fault) => formFault(`one of it: ${fault.wrong}`, { [name]: fault.value })),
    ];
  };
