// Measures how fast hostile and damaged files are refused by the command line, start-up included, and in how much memory.
// Usage: node test/bench/files-bench.mjs [most milliseconds, 1000] [most megabytes, 300]
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const mostMs = Number(process.argv[2] ?? 1000);
const mostMegabytes = Number(process.argv[3] ?? 300);
const PEAK = 'data:text/javascript,process.on("exit",()=>console.error(`peak ${process.resourceUsage().maxRSS}`))';

const folder = await mkdtemp(path.join(tmpdir(), 'liftlock-files-'));
try {
  const measured = [];
  for (const [name, textOf, file, code] of await cases()) {
    await writeFile(path.join(folder, file), textOf());
    measured.push({ name, ...refusal(file, code) });
    await rm(path.join(folder, file));
  }
  for (const { name, ms, megabytes, isRefused } of measured)
    console.log(
      `${name.padEnd(50)} ${ms.toFixed(0).padStart(6)} ms ${megabytes.toFixed(0).padStart(5)} MB ${isRefused ? '' : 'NOT REFUSED'}`,
    );
  const failed = measured.filter(
    ({ ms, megabytes, isRefused }) => !isRefused || ms > mostMs || megabytes > mostMegabytes,
  );
  console.log(`${failed.length === 0 ? 'All' : 'Not all'} were refused within ${mostMs} ms and ${mostMegabytes} MB.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}

/** The same files as in the tests, which are TypeScript. */
async function cases() {
  const source = path.join(root, 'test/service-provider-files/hostile-files.ts');
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const { HOSTILE } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return HOSTILE;
}

function refusal(file, code) {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', PEAK, path.join(root, 'bin/run.js'), 'convert', file, '--out', 'converted', '--json'],
    { cwd: folder, encoding: 'utf8' },
  );
  const ms = performance.now() - began;
  const megabytes = Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024;
  return { ms, megabytes, isRefused: status === 1 && (stdout + stderr).includes(code) };
}
