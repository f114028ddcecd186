// The Apache Kafka program, copied by Maven from deploy/kafka/pom.xml into .unbroken/kafka/lib, once for each content
// of that file. The copy is made aside and renamed when complete: a half-finished download is redone.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { mustRun } from './command.js';
import { defaultState, repository } from './repository.js';

const pom = join(repository, 'deploy', 'kafka', 'pom.xml');

/** The folder with Kafka's jars; for use as a class path with `/*`. */
export const kafkaLibrary = join(defaultState, 'kafka', 'lib');

const marker = 'pom.sha256';

/** Whether the jars named by today's pom are there. */
export function kafkaIsCopied() {
  try {
    return readFileSync(join(kafkaLibrary, marker), 'utf8') === pomHash();
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return false;
    throw error;
  }
}

/** @returns {Promise<string>} what was done */
export async function copyKafka() {
  if (kafkaIsCopied()) return 'in place';
  const aside = `${kafkaLibrary}.${process.pid}.part`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  try {
    await mustRun('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${aside}`]);
    writeFileSync(join(aside, marker), pomHash());
    rmSync(kafkaLibrary, { recursive: true, force: true });
    renameSync(aside, kafkaLibrary);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return 'copied from Maven';
}

function pomHash() {
  return createHash('sha256').update(readFileSync(pom)).digest('hex');
}
