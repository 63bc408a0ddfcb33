// Starts a server from an assembly: loopback only, with data of its own that ends with it.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Large folders that a server only reads. */
const SHARED = ['repository/components/plugins', 'repository/components/dropins', 'repository/liftlock/lib'];
/** What the kernel's own start script opens to the reflection of its libraries. */
const OPENED = [
  'java.base/java.io',
  'java.base/java.lang',
  'java.base/java.net',
  'java.naming/com.sun.jndi.ldap',
  'java.rmi/sun.rmi.transport',
  'java.xml/com.sun.org.apache.xerces.internal.dom',
];
const STOP_MS = 5_000;
/** On a machine with nothing else to do it takes 20 s. */
const START_MS = 540_000;
/** The folder of a server is named for the process that started it. */
const PREFIX = 'liftlock-wso2-';

/**
 * A running server.
 *
 * @typedef {object} Server
 * @property {string} url
 * @property {string} ca path of the certificate to trust
 * @property {number} pid
 * @property {string} folder holds its log (`server.log`) and one line for each answered request (`exchanges.log`)
 * @property {Promise<void>} ended settles when the process has ended
 * @property {() => Promise<void>} stop ends it and removes its folder; may be called again
 */

/**
 * Starts a server and waits until it serves. It ends when this process ends, however that happens.
 *
 * @param {string} assembly
 * @param {number} [port] a free one where none is given
 * @returns {Promise<Server>}
 */
export async function startServer(assembly, port) {
  await removeAbandoned();
  const folder = await mkdtemp(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  const https = port ?? (await freePort());
  try {
    if (!(await isFree(https))) throw new Error(`Port ${https} is in use: choose another one.`);
    await prepare(assembly, folder, https, await freePort(https));
    return await launch(folder, https);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Removes the folders of processes that were killed before they could. */
async function removeAbandoned() {
  for (const name of await readdir(os.tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : NaN;
    if (owner > 0 && !isAlive(owner)) await rm(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function prepare(assembly, folder, httpsPort, httpPort) {
  const isOwn = (source) => !SHARED.includes(path.relative(assembly, source));
  await cp(assembly, folder, { recursive: true, filter: isOwn });
  for (const shared of SHARED) {
    await mkdir(path.dirname(path.join(folder, shared)), { recursive: true });
    await symlink(path.join(assembly, shared), path.join(folder, shared));
  }
  const settings = path.join(folder, 'repository/conf/deployment.toml');
  const ports = { HTTPS_PORT: httpsPort, HTTP_PORT: httpPort };
  const text = await readFile(settings, 'utf8');
  await writeFile(
    settings,
    text.replace(/\$\{(HTTPS?_PORT)\}/g, (_, name) => String(ports[name])),
  );
}

async function launch(folder, port) {
  const log = createWriteStream(path.join(folder, 'server.log'));
  const child = spawn('java', await javaArguments(folder), { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', () => resolve()));
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  void ended.then(() => process.removeListener('exit', killNow));
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(killNow, STOP_MS);
    await ended;
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(child, log);
    if (!(await listeningPorts(child.pid)).includes(port)) throw new Error(`It does not listen on port ${port}.`);
  } catch (error) {
    const tail = (await readFile(path.join(folder, 'server.log'), 'utf8')).trim().split('\n').slice(-30).join('\n');
    await stop();
    throw new Error(`The server did not start: ${error.message}\nThe end of its log:\n${tail}`);
  }
  return { url: `https://localhost:${port}`, ca: path.join(folder, 'ca.pem'), pid: child.pid, folder, ended, stop };
}

/** Settles when the server says that it serves; what it prints goes to its log. */
function ready(child, log) {
  child.stderr.pipe(log, { end: false });
  child.stdout.pipe(log, { end: false });
  return new Promise((resolve, reject) => {
    let unread = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = `${unread}${text}`.split('\n');
      unread = lines.pop();
      if (lines.includes('[liftlock] READY')) resolve();
      const failed = lines.find((line) => line.startsWith('[liftlock] FAILED'));
      if (failed !== undefined) reject(new Error(failed.slice('[liftlock] FAILED '.length)));
    });
    const timer = setTimeout(() => reject(new Error(`it was not ready after ${START_MS / 60_000} minutes.`)), START_MS);
    timer.unref();
    child.once('error', reject);
    child.once('close', (code, signal) => reject(new Error(`it ended with ${code ?? signal}.`)));
  });
}

async function javaArguments(folder) {
  const jars = [];
  for (const part of ['bin', 'lib']) {
    const names = (await readdir(path.join(folder, part))).filter((name) => name.endsWith('.jar'));
    jars.push(...names.sort().map((name) => path.join(folder, part, name)));
  }
  const properties = {
    'carbon.home': folder,
    'carbon.registry.root': '/',
    'carbon.config.dir.path': path.join(folder, 'repository/conf'),
    'carbon.new.config.dir.path': path.join(folder, 'repository/resources/conf'),
    'catalina.base': path.join(folder, 'lib/tomcat'),
    'components.repo': path.join(folder, 'repository/components/plugins'),
    'conf.location': path.join(folder, 'repository/conf'),
    'com.atomikos.icatch.file': path.join(folder, 'lib/transactions.properties'),
    'file.encoding': 'UTF8',
    'httpclient.hostnameVerifier': 'DefaultAndLocalhost',
    'java.io.tmpdir': path.join(folder, 'tmp'),
    'java.net.preferIPv4Stack': 'true',
    'java.security.egd': 'file:/dev/./urandom',
    'java.util.logging.config.file': path.join(folder, 'repository/conf/etc/logging-bridge.properties'),
    'java.util.logging.manager': 'org.apache.juli.ClassLoaderLogManager',
    'liftlock.exchanges': path.join(folder, 'exchanges.log'),
    'org.terracotta.quartz.skipUpdateCheck': 'true',
    'wso2.server.standalone': 'true',
  };
  return [
    // It runs for minutes, on a machine that is busy with tests: quick compilation and one collector thread pay.
    ...['-Xms256m', '-Xmx1024m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
    ...['-cp', jars.join(':')],
    ...OPENED.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    ...Object.entries(properties).map(([name, value]) => `-D${name}=${value}`),
    'org.wso2.carbon.bootstrap.Bootstrap',
  ];
}

/** A free port below those that the system gives to outgoing connections. */
async function freePort(except) {
  const [lowest, count] = [20_000, 10_000];
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = lowest + Math.floor(Math.random() * count);
    if (port !== except && (await isFree(port))) return port;
  }
  throw new Error('No free port was found between 20000 and 30000.');
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}

/** The ports on which a process listens, from /proc. */
async function listeningPorts(pid) {
  const sockets = new Set();
  for (const descriptor of await readdir(`/proc/${pid}/fd`)) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined) sockets.add(inode);
  }
  const tables = ['tcp', 'tcp6'].map((name) => `/proc/${pid}/net/${name}`).filter((file) => existsSync(file));
  const lines = (await Promise.all(tables.map((file) => readFile(file, 'utf8')))).join('\n').split('\n');
  const LISTEN = '0A';
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === LISTEN && sockets.has(inode))
    .map(([, address]) => parseInt(address.split(':')[1], 16));
}
