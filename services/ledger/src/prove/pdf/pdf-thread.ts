// The worker thread: makes one PDF and ends.

import { parentPort, workerData } from 'node:worker_threads';
import { evidencePdf } from '@unbroken/evidence-pdf';
import type { PdfOrder } from './pdf-maker.js';

const port = parentPort;
if (port === null) throw new Error('this file is a worker thread: PdfMaker starts it');

const { bundle, at } = workerData as PdfOrder;
port.postMessage(await evidencePdf(bundle, at));
