// Starts one server for a try and keeps it until Ctrl-C: `npm run wso2 [-- --port PORT] [-- --ca FILE]`.
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { assemble } from './assembly.mjs';
import { requirePrograms } from './programs.mjs';
import { startServer } from './server.mjs';

const OPTIONS = {
  port: { type: 'string', default: '9443' },
  ca: { type: 'string', default: '.liftlock/wso2-ca.pem' },
  level: { type: 'string', default: '6.0' },
};

try {
  await main(parseArgs({ options: OPTIONS }).values);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main({ port: text, ca, level }) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--port needs a port number, found: ${text}`);
  requirePrograms();
  const server = await startServer(await assemble(level, console.error), port);
  let isAsked = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      isAsked = true;
      void server.stop();
    });
  }
  // npm runs this in the folder of the project; the file belongs where the command was typed.
  const file = path.resolve(process.env.INIT_CWD ?? '.', ca);
  await mkdir(path.dirname(file), { recursive: true });
  await cp(server.ca, file);
  console.log(`A server of level ${level} is running: ${server.url}
  user          admin, password admin
  certificate   ${file}
  log           ${path.join(server.folder, 'server.log')}
  process       ${server.pid}
Ctrl-C ends it; what it holds is gone then.`);
  await server.ended;
  if (!isAsked) throw new Error('The server has ended by itself.');
}
