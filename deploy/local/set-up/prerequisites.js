// What must be on the machine already: Node, and Java and Maven when a Kafka of our own is to be started. Everything
// missing is named at once, each with its cure. Runs on a bare clone and on old Nodes, so it uses node: modules only.
import { run } from './command.js';
import { kafkaIsCopied } from './kafka-program.js';
import { tooOld } from './node-version.js';
import { SetUpError } from './set-up-error.js';

const JAVA = 17;

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} what was found, e.g. "Node 20.20.2, Java 17.0.15"
 * @throws {SetUpError} prerequisites.missing
 */
export async function checkPrerequisites(env) {
  const ownKafka = !env['UNBROKEN_KAFKA_BROKERS'];
  const found = [checkNode(process.versions.node)];
  if (ownKafka) found.push(await checkJava(env));
  if (ownKafka && !kafkaIsCopied()) found.push(await checkMaven());
  const missing = found.filter((one) => one instanceof SetUpError);
  if (missing.length > 0) {
    throw new SetUpError('prerequisites.missing', missing.map((one) => one.message).join('\n'));
  }
  return found.join(', ');
}

/**
 * @param {string} version
 * @returns {string | SetUpError}
 */
export function checkNode(version) {
  const fault = tooOld(version);
  return fault === '' ? `Node ${version}` : new SetUpError('node.old', fault);
}

/** The Java program: JAVA_HOME's when that is set, as Maven does it. @param {NodeJS.ProcessEnv} env */
export function javaProgram(env) {
  return env['JAVA_HOME'] ? `${env['JAVA_HOME']}/bin/java` : 'java';
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | SetUpError>}
 */
async function checkJava(env) {
  const cure = `install Java ${JAVA} or newer (Debian: apt install openjdk-17-jre-headless), or name an existing Kafka in UNBROKEN_KAFKA_BROKERS.`;
  const { output } = await run(javaProgram(env), ['-version']).catch(() => ({ output: '' }));
  const version = javaVersion(output);
  if (version === undefined) return new SetUpError('java.missing', `Java is missing: ${cure}`);
  if (version.major < JAVA) return new SetUpError('java.missing', `Java ${version.text} is too old: ${cure}`);
  return `Java ${version.text}`;
}

/**
 * Reads what `java -version` prints; Java 8 calls itself 1.8.
 * @param {string} output
 * @returns {{ major: number, text: string } | undefined}
 */
export function javaVersion(output) {
  const text = /version "([^"]+)"/.exec(output)?.[1];
  if (text === undefined) return undefined;
  const [first = 0, second = 0] = text.split('.').map((part) => Number.parseInt(part, 10));
  return { major: first === 1 ? second : first, text };
}

/** @returns {Promise<string | SetUpError>} */
async function checkMaven() {
  const { code, output } = await run('mvn', ['-v']).catch(() => ({ code: 1, output: '' }));
  const version = /Apache Maven ([\d.]+)/.exec(output)?.[1];
  if (code === 0 && version !== undefined) return `Maven ${version}`;
  return new SetUpError(
    'maven.missing',
    'Maven is missing: install it (Debian: apt install maven), or name an existing Kafka in UNBROKEN_KAFKA_BROKERS.',
  );
}
