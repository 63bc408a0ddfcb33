import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { realServers } from './servers';

/** A socket on which a process waits for connections: the address as the kernel writes it, and the port. */
interface Listening {
  readonly address: string;
  readonly port: number;
}

/** 127.0.0.1 in the tables of the kernel: bytes of the machine's order, in hexadecimal digits. */
const LOOPBACK = ['0100007F', '7F000001'];
/** ::1, and 127.0.0.1 as an IPv6 address. */
const LOOPBACK_6 = ['00000000000000000000000001000000', '0000000000000000FFFF00000100007F'];

function listeningSockets(pid: number): Listening[] {
  const inodes = new Set(readdirSync(`/proc/${pid}/fd`).flatMap((name) => inodeOf(`/proc/${pid}/fd/${name}`)));
  return ['tcp', 'tcp6'].flatMap((table) => {
    const lines = readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1);
    return lines.flatMap((line) => {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      const [address = '', port = ''] = local.split(':');
      return state === '0A' && inodes.has(inode) ? [{ address, port: parseInt(port, 16) }] : [];
    });
  });
}

function inodeOf(descriptor: string): string[] {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(descriptor))?.slice(1) ?? [];
  } catch {
    // It was closed in the meantime.
    return [];
  }
}

const isLoopback = ({ address }: Listening): boolean => [...LOOPBACK, ...LOOPBACK_6].includes(address);

const started = Object.entries(realServers()).filter(([, { pid }]) => pid !== undefined);

it.each(started)('%s listens on the loopback address only, with HTTPS and HTTP and nothing else', (_name, server) => {
  const sockets = listeningSockets(server.pid ?? 0);
  expect(sockets.filter((socket) => !isLoopback(socket))).toEqual([]);
  expect(sockets.map(({ port }) => port)).toContain(Number(new URL(server.url).port));
  expect(sockets).toHaveLength(2);
});

describe('the look at sockets', () => {
  let child: ChildProcess;
  afterEach(() => child.kill());

  it.each(['0.0.0.0', '::'])('finds a process that listens on %s', async (host) => {
    const program = `const s = require('net').createServer().listen(0, '${host}', () => console.log(s.address().port))`;
    child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [printed] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    const sockets = listeningSockets(child.pid ?? 0);
    expect(sockets.map(({ port }) => port)).toEqual([Number(printed.toString())]);
    expect(sockets.filter(isLoopback)).toEqual([]);
  });
});
