/* The program of a WarmProcess: what bin/run.js does, once for every message, with what it prints kept. */
const path = require('node:path');

const root = process.argv[2];
const pjson = require(path.join(root, 'package.json'));
const { main } = require(path.join(root, 'dist/liftlock.js'));

const kept = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr']) {
  process[name].write = (chunk, encoding, done) => {
    kept[name] += chunk;
    const finished = done ?? encoding;
    if (typeof finished === 'function') finished();
    return true;
  };
}

process.on('message', async ({ args, cwd, env }) => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.argv = [process.execPath, path.join(root, 'bin/run.js'), ...args];
  process.exitCode = undefined;
  Object.assign(kept, { stdout: '', stderr: '' });
  await main({ root, pjson });
  for (const name of ['uncaughtException', 'SIGINT', 'SIGTERM']) process.removeAllListeners(name);
  for (const name of ['stdout', 'stderr']) process[name].removeAllListeners('error');
  process.send({ code: Number(process.exitCode ?? 0), ...kept });
});
