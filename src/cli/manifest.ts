import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Plugin } from '@oclif/core';

/**
 * Writes oclif.manifest.json, part of the build: with it the command line knows all commands without loading them, which
 * is most of its start-up time.
 */
async function writeManifest(): Promise<void> {
  const root = path.resolve(__dirname, '../..');
  const plugin = new Plugin({ root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  await writeFile(path.join(root, 'oclif.manifest.json'), `${JSON.stringify(plugin.manifest, null, 2)}\n`);
}

void writeManifest();
