// Puts the configuration, templates and SQL of features into a kernel, as the product's own build does.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from './programs.mjs';

/** What p2.inf calls the installation folder. */
const INSTALLED = 'repository/components/default';
const COPY = /natives\.copy\(source:([^,]*),target:([^,]*),overwrite:true\)/g;
/** REST layers of their own, and the libraries of those: neither is served here. */
const UNUSED = /\/(?:webapps|runtimes)\//;
const SETTINGS = ['default', 'infer', 'key-mappings', 'unit-resolve', 'validator'];

/** @param {string[]} zips the features @param {string} scratch an empty folder for what they hold */
export async function installFeatures(kernel, zips, scratch) {
  const folders = zips.map((_, index) => path.join(scratch, String(index)));
  await Promise.all(folders.map((folder, index) => unpack(zips[index], folder)));
  for (const folder of folders) await copyAsInstructed(kernel, folder);
  await mergeSettings(path.join(kernel, 'repository/resources/conf'));
}

async function unpack(zip, folder) {
  await mkdir(folder, { recursive: true });
  await run('jar', ['--extract', '--file', zip], { cwd: folder });
}

async function copyAsInstructed(kernel, folder) {
  for (const feature of await readdir(path.join(folder, 'features'))) {
    const instructions = path.join(folder, 'features', feature, 'p2.inf');
    const text = existsSync(instructions) ? await readFile(instructions, 'utf8') : '';
    for (const [, from, to] of text.matchAll(COPY)) {
      const source = path.join(folder, from.replace('${installFolder}/../', ''));
      const target = path.join(kernel, INSTALLED, to.replace('${installFolder}/', ''));
      if (UNUSED.test(`${target}/`)) continue;
      if (!existsSync(source)) throw new Error(`${feature}: its p2.inf copies ${from}, which it does not hold.`);
      await mkdir(path.dirname(target), { recursive: true });
      await cp(source, target, { recursive: true });
    }
  }
}

/** The kernel reads one file of each kind; each feature brings its own. */
async function mergeSettings(folder) {
  const names = (await readdir(folder)).sort();
  for (const kind of SETTINGS) {
    const target = path.join(folder, `${kind}.json`);
    let merged = JSON.parse(await readFile(target, 'utf8'));
    for (const name of names.filter((candidate) => candidate.endsWith(`feature.${kind}.json`))) {
      const file = path.join(folder, name);
      merged = merge(merged, JSON.parse(await readFile(file, 'utf8')));
      await rm(file);
    }
    await writeFile(target, JSON.stringify(merged, null, 1));
  }
}

function merge(first, second) {
  if (Array.isArray(first) && Array.isArray(second)) return [...new Set([...first, ...second])];
  const areObjects = [first, second].every(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  if (!areObjects) return second;
  const merged = { ...first };
  for (const [key, value] of Object.entries(second)) merged[key] = key in first ? merge(first[key], value) : value;
  return merged;
}
