import { isAscii } from 'node:buffer';
import fs from 'node:fs';
import Module, { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import zlib from 'node:zlib';

/** The first line of a file of compiled code: checks of what it was made from, and of what follows. */
interface Heading {
  readonly source: number;
  readonly code: number;
}

type Wrapped = (exports: unknown, require: NodeJS.Require, module: Module, file: string, folder: string) => void;

/**
 * Loads a file of the built program like `require`, with the code that an earlier run of the same command compiled:
 * compiling is a third of a short command's time. The code is kept beside the file, where whoever can change it can
 * change the program anyway; where that folder cannot be written, every run compiles. Files beside the loaded one that
 * it requires are loaded in the same way. Node 22.1 and newer do this themselves (`module.enableCompileCache`); the
 * variable that turns it off there, NODE_DISABLE_COMPILE_CACHE, does so here.
 */
export function loadCompiled(file: string, command: string): unknown {
  const text = fs.readFileSync(file);
  const source = zlib.crc32(text);
  const place = placeOf(file, command);
  const isWanted = process.env['NODE_DISABLE_COMPILE_CACHE'] === undefined && /^[a-z]+$/.test(command);
  const cachedData = isWanted ? readCompiled(place, source) : undefined;
  const script = new vm.Script(Module.wrap(text.toString(isAscii(text) ? 'latin1' : 'utf8')), {
    filename: file,
    cachedData,
  });
  const isKept = cachedData !== undefined && script.cachedDataRejected === false;
  if (!isKept && isWanted && isWritable(path.dirname(file))) {
    // Functions are compiled when they are called, so the end of a run that did its work has most of them.
    process.once('exit', (code) => {
      if (code !== 1) writeCompiled(place, source, script.createCachedData());
    });
  }
  return run(script.runInThisContext() as Wrapped, file, command);
}

/** True when the compiled code of a file for a command is there. */
export function isCompiled(file: string, command: string): boolean {
  return readCompiled(placeOf(file, command), zlib.crc32(fs.readFileSync(file))) !== undefined;
}

/** What import() does, for the bundle: V8 forgets how code that was compiled before imports modules. */
export function importModule(id: string): Promise<unknown> {
  return isBuiltin(id) ? Promise.resolve(module.require(id)) : import(id);
}

/** Each command has a file for the very executable that runs: compiled code of another one can make it crash. */
function placeOf(file: string, command: string): string {
  return `${file}.${command}.${zlib.crc32(executable()).toString(16)}.code`;
}

/** V8 tells its version and flags; that of Node is not in it, and no two builds of one version need be alike. */
function executable(): string {
  // V8 forgets functions that were not called for a while; they would be missing in what is kept.
  v8.setFlagsFromString('--no-flush-bytecode');
  const { size, mtimeMs } = fs.statSync(process.execPath);
  return [process.version, process.arch, v8.cachedDataVersionTag(), process.execPath, size, mtimeMs].join(' ');
}

function isWritable(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function run(wrapped: Wrapped, file: string, command: string): unknown {
  const folder = path.dirname(file);
  const module = new Module(file);
  const plain = createRequire(file);
  // Who asks for the file once more (oclif does) gets this one.
  plain.cache[file] = module;
  module.filename = file;
  module.loaded = true;
  const load = (id: string): unknown => (/^\.\/[^/]+$/.test(id) ? loadBeside(path.join(folder, id)) : plain(id));
  const loadBeside = (other: string): unknown => plain.cache[other]?.exports ?? loadCompiled(other, command);
  wrapped.call(module.exports, module.exports, Object.assign(load, plain), module, file, folder);
  return module.exports;
}

/** Only code that was made from this very source counts, and that arrived whole. */
function readCompiled(place: string, source: number): Buffer | undefined {
  try {
    const kept = fs.readFileSync(place);
    const end = kept.indexOf('\n');
    const heading = JSON.parse(kept.toString('utf8', 0, end)) as Heading;
    const code = kept.subarray(end + 1);
    return heading.source === source && heading.code === zlib.crc32(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

function writeCompiled(place: string, source: number, code: Buffer): void {
  const heading: Heading = { source, code: zlib.crc32(code) };
  const unfinished = `${place}.${process.pid}`;
  try {
    fs.writeFileSync(unfinished, Buffer.concat([Buffer.from(`${JSON.stringify(heading)}\n`), code]));
    fs.renameSync(unfinished, place);
  } catch {
    // It works without, only slower.
    fs.rmSync(unfinished, { force: true });
  }
}
