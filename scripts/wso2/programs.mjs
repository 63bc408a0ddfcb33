// The programs that a real server needs, and running them.
import { spawn, spawnSync } from 'node:child_process';

/** A program, or the registry behind it, is missing: the message says what and what to do. */
export class MissingRequirement extends Error {}

const OLDEST_JAVA = 17;

/** Throws MissingRequirement unless the JDK and Maven are there. */
export function requirePrograms() {
  const java = outputOf('java', ['-version']);
  const version = Number(/version "(\d+)/.exec(java ?? '')?.[1]);
  if (java === undefined)
    throw missing('java is not there', 'Install a JDK of release 17 or later (Debian: openjdk-17-jdk-headless).');
  if (!(version >= OLDEST_JAVA))
    throw missing(`java is too old: ${java.split('\n')[0]}`, 'A JDK of release 17 or later is needed.');
  for (const tool of ['javac', 'jar', 'keytool']) {
    if (outputOf(tool, [tool === 'keytool' ? '-help' : '--help']) === undefined) {
      throw missing(
        `${tool} is not there`,
        'A Java runtime is not enough: install a JDK (Debian: openjdk-17-jdk-headless).',
      );
    }
  }
  if (outputOf('mvn', ['--version']) === undefined)
    throw missing('mvn is not there', 'Install Apache Maven (Debian: maven).');
}

/** @returns {MissingRequirement} */
export function missing(what, todo) {
  return new MissingRequirement(`A real server cannot be had: ${what}. ${todo}`);
}

function outputOf(program, args) {
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return error ? undefined : `${stderr}${stdout}`;
}

/**
 * Runs a program to its end.
 *
 * @returns {Promise<string>} both outputs; a program that fails throws with the last lines of them
 */
export async function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return output;
  throw new Error(`${program} ${args[0]} ended with ${code}:\n${output.trim().split('\n').slice(-20).join('\n')}`);
}
