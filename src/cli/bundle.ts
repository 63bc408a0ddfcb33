import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

/**
 * Part of the build: puts the command line with its libraries into one file, since loading hundreds of small ones is most
 * of the time of a short command. What only the sandbox needs stays outside. The licences of the libraries go along.
 */
async function bundle(root: string): Promise<void> {
  const shared = settings(root);
  const { metafile } = await build({
    ...shared,
    entryPoints: [path.join(root, 'src/cli/entry.ts')],
    outfile: path.join(root, 'dist/liftlock.js'),
    // Lazy loading is spelt module.require in the sources; only plain require is followed.
    define: { 'module.require': 'require' },
    // Only the sandbox needs fastify: a file of its own is not read by other commands.
    alias: { fastify: './fastify.js' },
    external: ['./fastify.js', 'selfsigned', 'typescript', 'ts-node'],
  });
  const server = await build({
    ...shared,
    entryPoints: [require.resolve('fastify')],
    outfile: path.join(root, 'dist/fastify.js'),
    // The sandbox brings none of its schemas, so its compilers of schemas are never asked for.
    external: ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'],
  });
  await rewrite(path.join(root, 'dist/liftlock.js'), (text) => onlyAscii(importsElsewhere(text)));
  await writeFile(path.join(root, 'dist/liftlock.licences.txt'), await licences(root, metafile, server.metafile));
}

/** What libraries would load of Node and Liftlock has no use for; Node takes longer for it than for the libraries. */
const LEFT_OUT = [
  // Without its globals: Node loads its own fetch as soon as somebody looks at FormData or Request.
  { library: /axios[\\/]dist[\\/]node[\\/]axios\.cjs$/, modules: ['http2'], first: 'const globalThis={};' },
  // The sandbox makes its servers itself.
  { library: /fastify[\\/]lib[\\/]server\.js$/, modules: ['node:https', 'node:http2'], first: '' },
];

const leavingOut: Plugin = {
  name: 'leaving out',
  setup({ onLoad }) {
    for (const { library, modules, first } of LEFT_OUT) {
      onLoad({ filter: library }, async (file) => {
        const text = await readFile(file.path, 'utf8');
        const wanted = (required: string, id: string): string => (modules.includes(id) ? '{}' : required);
        return { contents: `'use strict';${first}${text.replace(/require\('([\w:]+)'\)/g, wanted)}`, loader: 'js' };
      });
    }
  },
};

async function rewrite(file: string, changed: (text: string) => string): Promise<void> {
  await writeFile(file, changed(await readFile(file, 'utf8')));
}

/** V8 forgets how code that was compiled before imports modules, so code that is compiled each time does that. */
function importsElsewhere(text: string): string {
  const importer = 'function importModule(id){return require("./cli/compiled-code.js").importModule(id)}';
  return `${text.replace(/(?<![\w$.])import\((?!\))/g, 'importModule(')}${importer}`;
}

/** V8 keeps a text with one wide letter in twice the memory; esbuild leaves them in regular expressions. */
function onlyAscii(text: string): string {
  // Letter by letter of UTF-16, which is what an escape in JavaScript is.
  const escape = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return text.replace(/[\u0080-\uffff]/g, escape);
}

function settings(root: string): BuildOptions & { metafile: true } {
  return {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Names stay, so that a stack trace in a bug report can be read; less text starts faster.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    plugins: [leavingOut],
    metafile: true,
    logLevel: 'error',
  };
}

/** The library `liftlock/substitution`: what package.json exports. */
async function bundleLibrary(root: string): Promise<void> {
  await build({
    ...settings(root),
    entryPoints: [path.join(root, 'src/substitution/library.ts')],
    outfile: path.join(root, 'dist/library/substitution.js'),
  });
}

async function licences(root: string, ...bundles: readonly Metafile[]): Promise<string> {
  const files = bundles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const texts = await Promise.all([...new Set(folders)].sort().map((folder) => licence(path.join(root, folder))));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function licence(folder: string): Promise<string> {
  const about = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
  const text =
    file === undefined ? `Licence: ${String(about['license'])}\n` : await readFile(path.join(folder, file), 'utf8');
  return `${String(about['name'])} ${String(about['version'])}\n\n${text}`;
}

const ROOT = path.resolve(__dirname, '../..');
void Promise.all([bundle(ROOT), bundleLibrary(ROOT)]);
