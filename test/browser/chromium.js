// A Chromium for the tests and for the README's pictures: the one that is named, the machine's own, or the one of an npm
// package.

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const INSTALLED = '/usr/bin/chromium';
const CURE = 'install one (Debian: apt-get install chromium), or name it in UNBROKEN_CHROMIUM.';

/**
 * The package's own names /tmp, wherever it was unpacked, and without a font no text has a size: all of it counts as hidden.
 * Behind its fonts come the machine's, for signs that they lack.
 */
const FONTS =
  '<?xml version="1.0"?><fontconfig><dir prefix="relative">.</dir><dir>/usr/share/fonts</dir></fontconfig>\n';

/** Nothing that reaches out by itself, and no first-run pages; as root there is no sandbox to have. */
const options = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns {Promise<import('playwright-core').Browser>} @throws one sentence with the cure where there is none */
export async function launchChromium() {
  const named = process.env['UNBROKEN_CHROMIUM'];
  if (named) return launch(named);
  return launch(existsSync(INSTALLED) ? INSTALLED : await packaged());
}

/** @param {string} program */
async function launch(program) {
  if (existsSync(program)) return chromium.launch({ executablePath: program, args: options });
  throw new Error(`There is no Chromium at ${program}: ${CURE}`);
}

async function packaged() {
  try {
    // The package unpacks the shared libraries that a bare machine lacks only where it believes to be on Lambda.
    process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
    const { default: program } = await import('@sparticuz/chromium');
    const path = await program.executablePath();
    await writeFile(join(dirname(path), 'fonts', 'fonts.conf'), FONTS);
    return path;
  } catch (error) {
    throw new Error(`No Chromium was found: ${CURE}`, { cause: error });
  }
}
