// The house's colours in Mantine's form: one quiet accent, greys with a little blue, system fonts.

import { Anchor, createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e6f5f7',
  '#cde8ec',
  '#a3d5dc',
  '#73c0cb',
  '#4baebc',
  '#329fb0',
  '#1f8c9d',
  '#137788',
  '#0b6272',
  '#044c59',
];

/** 0 is text, 2 dimmed text, 4 borders, 6 raised surfaces, 7 the ground. */
const dark: MantineColorsTuple = [
  '#e3e8ed',
  '#c9d1d9',
  '#a3aebb',
  '#7d8997',
  '#3a4551',
  '#2e3843',
  '#202831',
  '#151b22',
  '#10151b',
  '#0b0f14',
];

/** Shade 8 with automatic contrast keeps every filled control readable in light and dark. */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: 8,
  autoContrast: true,
  colors: { petrol, dark },
  black: '#17202a',
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  // A link within a sentence is not told by its colour alone.
  components: { Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }) },
});

const ours = { '--mantine-color-body': 'var(--ground)', '--mantine-color-dimmed': 'var(--dim)' };

/** Mantine's own greys where it has a darker ground than ours would be too faint: tones.css says what is readable. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
