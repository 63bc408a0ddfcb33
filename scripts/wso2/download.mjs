// Fetches the artifacts of a level by Maven and holds each against its checksum.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { missing, run } from './programs.mjs';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy';

/**
 * Reads lines of the form `part group:artifact:version:type sha256`.
 *
 * @returns {{ part: string, group: string, artifact: string, version: string, type: string, sha256: string }[]}
 */
export function parseCoordinates(text, file) {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const match = /^(\w+) ([^:\s]+):([^:\s]+):([^:\s]+):(\w+) ([0-9a-f]{64})$/.exec(line.trim());
    if (!match)
      throw new Error(`${file}:${index + 1}: expected "part group:artifact:version:type sha256", found: ${line}`);
    const [, part, group, artifact, version, type, sha256] = match;
    return [{ part, group, artifact, version, type, sha256 }];
  });
}

/**
 * Copies every artifact to `folder/PART`, from Maven's local repository or from the registry.
 *
 * @param {ReturnType<typeof parseCoordinates>} artifacts
 * @returns {Promise<Record<string, string[]>>} the files by part
 */
export async function download(artifacts, folder) {
  await mkdir(folder, { recursive: true });
  const project = path.join(folder, 'pom.xml');
  await writeFile(project, projectOf(artifacts, folder));
  try {
    await run('mvn', ['--quiet', '--batch-mode', '--file', project, PLUGIN]);
  } catch (error) {
    if (!/Could not transfer|Unknown host|Connection refused|timed out|Network is unreachable/i.test(error.message))
      throw error;
    throw missing(
      `the registry of Maven cannot be reached\n${error.message}`,
      'Check the network, or the mirror in the settings of Maven.',
    );
  }
  const files = {};
  for (const artifact of artifacts) {
    const file = path.join(folder, artifact.part, fileName(artifact));
    await verify(file, artifact);
    (files[artifact.part] ??= []).push(file);
  }
  return files;
}

const fileName = ({ artifact, version, type }) => `${artifact}-${version}.${type}`;

async function verify(file, { sha256 }) {
  const found = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  if (found === sha256) return;
  throw new Error(
    `${path.basename(file)} is not the file that was pinned: its SHA-256 is ${found}, expected ${sha256}. ` +
      'Delete it from the local repository of Maven and try again.',
  );
}

function projectOf(artifacts, folder) {
  const items = artifacts.map(
    ({ part, group, artifact, version, type }) =>
      `<artifactItem><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>` +
      `<type>${type}</type><outputDirectory>${path.join(folder, part)}</outputDirectory></artifactItem>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion>
<groupId>liftlock</groupId><artifactId>wso2</artifactId><version>1</version><packaging>pom</packaging>
<build><plugins><plugin>
<groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId>
<configuration><artifactItems>
${items.join('\n')}
</artifactItems></configuration>
</plugin></plugins></build>
</project>
`;
}
