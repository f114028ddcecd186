// Composes the page; everything else says what it does where it is.

import '@mantine/core/styles.css';
import './tones.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from './hub/query-client.js';
import { LiveProvider } from './live/live-context.js';
import { router } from './router.js';
import { theme, variables } from './theme.js';
import { WhoProvider } from './who/who-context.js';

const page = document.getElementById('page');
if (page === null) throw new Error('index.html has no place for the page');

createRoot(page).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={newQueryClient()}>
        <LiveProvider>
          <WhoProvider>
            <RouterProvider router={router} />
          </WhoProvider>
        </LiveProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
