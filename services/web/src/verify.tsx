// The page /verify: of its own, so that nothing of the other screens, which ask the hub all the time, is in it. Everything
// it needs is loaded at once; after that it asks for nothing (services/dashboard forbids it to).

import '@mantine/core/styles.css';
import './tones.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { VerifyScreen } from './areas/verify/verify-screen.js';
import { theme, variables } from './theme.js';

const page = document.getElementById('page');
if (page === null) throw new Error('verify.html has no place for the page');

createRoot(page).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <VerifyScreen />
    </MantineProvider>
  </StrictMode>,
);
