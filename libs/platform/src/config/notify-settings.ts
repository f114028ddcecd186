// What a process needs to reach people beside the page: whom it tells, over which mail server, and where the page is.

import { z } from 'zod';
import { hostPortList, setting } from './setting-kinds.js';

const isPageUrl = (text: string): boolean => /^https?:\/\/[^/]+$/.test(text) && URL.canParse(text);

export const notifySettings = {
  UNBROKEN_CONTACTS: setting(z.string().min(1).optional(), {
    cure: 'Name the JSON file of whom to tell of alerts (docs/operations.md), or leave it out',
    secret: 'file',
  }),
  UNBROKEN_PAGE_URL: setting(z.string().refine(isPageUrl, 'is not of the form https://host').optional(), {
    cure: 'Give the address people open the page at, without a path; messages lead there',
  }),
  UNBROKEN_SMTP_SERVER: setting(
    hostPortList()
      .refine((servers) => servers.length === 1, 'is not one host:port')
      .optional(),
    {
      cure: 'Give the mail server as host:port, for example mail.example.org:587, or leave it out',
    },
  ),
  UNBROKEN_SMTP_TLS: setting(z.enum(['starttls', 'implicit', 'none']).default('starttls'), {
    cure: 'Set it to starttls, implicit (TLS from the first byte) or none (on this machine only in production)',
  }),
  UNBROKEN_SMTP_TLS_CA: setting(z.string().min(1).optional(), {
    cure: 'Name a PEM file with the certificate authority of the mail server, where it is not a public one',
  }),
  UNBROKEN_SMTP_USER: setting(z.string().min(1).optional(), {
    cure: 'Give the user at the mail server, or leave it out',
  }),
  UNBROKEN_SMTP_PASSWORD: setting(z.string().min(1).optional(), {
    cure: 'Name a file with the password at the mail server alone, readable by this user alone',
    secret: 'file',
  }),
  UNBROKEN_SMTP_FROM: setting(z.email('is not an e-mail address').optional(), {
    cure: 'Give the address that messages come from',
  }),
} as const;
