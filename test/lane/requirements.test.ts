import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LANE = path.resolve(__dirname, '../../scripts/wso2/test-lane.mjs');
const JAVA_17 = 'echo \'openjdk version "17.0.15" 2025-04-15\' >&2';
const WORKS = 'exit 0';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'liftlock-lane-requirements-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the lane where only the given programs are there: name and shell script of each. */
function lane(programs: Readonly<Record<string, string>>, args: string[] = [], lanes?: string) {
  for (const [name, script] of Object.entries(programs)) {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
  const env = { PATH: folder, LIFTLOCK_CACHE: path.join(folder, 'cache'), ...(lanes && { LIFTLOCK_LANES: lanes }) };
  const { status, stderr } = spawnSync(process.execPath, [LANE, ...args], { env, encoding: 'utf8' });
  return { status, stderr };
}

const JDK = { java: JAVA_17, javac: WORKS, jar: WORKS, keytool: WORKS };

it.each([
  ['java', {}, 'java is not there. Install a JDK of release 17'],
  ['a JDK', { java: JAVA_17 }, 'javac is not there. A Java runtime is not enough'],
  ['Maven', JDK, 'mvn is not there. Install Apache Maven'],
])('fails without %s, and says what to do', (_missing, programs, message) => {
  const { status, stderr } = lane(programs);
  expect(stderr).toContain(`wso2: A real server cannot be had: ${message}`);
  expect(status).toBe(1);
});

it('fails with a Java that is too old', () => {
  const { status, stderr } = lane({ ...JDK, java: 'echo \'openjdk version "11.0.2" 2019-01-15\' >&2' });
  expect(stderr).toContain(
    'java is too old: openjdk version "11.0.2" 2019-01-15. A JDK of release 17 or later is needed.',
  );
  expect(status).toBe(1);
});

it('fails where the registry cannot be reached', () => {
  const { status, stderr } = lane({ ...JDK, mvn: '[ "$1" = --version ] || { echo "Unknown host"; exit 1; }' });
  expect(stderr).toContain('the registry of Maven cannot be reached');
  expect(stderr).toContain('Check the network, or the mirror in the settings of Maven.');
  expect(status).toBe(1);
});

it.each([
  ['a program', {}],
  ['the registry', { ...JDK, mvn: '[ "$1" = --version ] || { echo "Unknown host"; exit 1; }' }],
])('is skipped without %s only where LIFTLOCK_LANES is optional, and says so', (_missing, programs) => {
  const { status, stderr } = lane(programs, [], 'optional');
  expect(stderr).toContain('wso2: skipped: A real server cannot be had');
  expect(status).toBe(0);
});

/** A Maven that copies a file to where each artifact belongs, but with other bytes. */
const OTHER_BYTES = `
[ "$1" = --version ] && exit 0
pom="$4"
exec ${process.execPath} -e '
  const fs = require("fs");
  const item = /<artifactId>([^<]*)<.artifactId><version>([^<]*)<.version><type>([^<]*)<.type><outputDirectory>([^<]*)</g;
  for (const [, artifact, version, type, folder] of fs.readFileSync(process.argv[1], "utf8").matchAll(item)) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(folder + "/" + artifact + "-" + version + "." + type, "other bytes");
  }
' "$pom"`;

it.each([undefined, 'optional'])(
  'fails on an artifact that is not the pinned one, and keeps nothing of it (LIFTLOCK_LANES %s)',
  (lanes) => {
    const { status, stderr } = lane({ ...JDK, mvn: OTHER_BYTES }, [], lanes);
    expect(stderr).toMatch(/wso2carbon-core-[^ ]+\.zip is not the file that was pinned: its SHA-256 is [0-9a-f]{64}/);
    expect(status).toBe(1);
    expect(readdirSync(path.join(folder, 'cache/wso2'))).toEqual([]);
  },
);

it.each(['0', 'often', '1.5'])('refuses --repeat %s', (count) => {
  const { status, stderr } = lane({}, ['--repeat', count]);
  expect(stderr).toContain(`--repeat needs a whole number from 1, found: ${count}`);
  expect(status).toBe(1);
});
