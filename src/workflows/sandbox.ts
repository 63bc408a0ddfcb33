import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { failure, LiftlockError } from '../model/problem';
import { systemErrorCode } from '../model/system-error';
import { makeCertificate } from '../sandbox/certificate';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../sandbox/sandbox';
import { sampleCompany } from '../sandbox/seed';
import type { SandboxCopy } from './sandbox-copies';

/** Environments of the sample company, lowest first; they listen on consecutive ports. */
export const SAMPLE_ENVIRONMENTS = ['dev', 'preprod', 'prod'] as const;

export interface SandboxStart {
  /** First port; 0 takes free ones. */
  readonly port: number;
  readonly https: boolean;
  readonly latencyMs: number;
  /** Servers with what the product ships with, instead of the sample company. */
  readonly empty: boolean;
  /** Folder in which each server keeps its state between runs. */
  readonly stateFolder?: string;
  /** Copies of environments, in place of the sample company. */
  readonly copies?: readonly SandboxCopy[];
  /** Where the certificate to trust is written, with https. */
  readonly certificateFile: string;
}

export interface SandboxServer {
  readonly environment: string;
  readonly url: string;
}

/** Starts one server for each environment of the sample company. Closes those already started when one cannot. */
export async function startSandboxes(
  options: SandboxStart,
): Promise<{ servers: SandboxServer[]; close: () => Promise<void> }> {
  const running: { environment: string; sandbox: RunningSandbox }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(running.splice(0).map(({ sandbox }) => sandbox.close()));
  };
  try {
    const shared = options.https ? { serverCertificate: await makeCertificate() } : {};
    for (const [index, { environment, begins }] of serversOf(options).entries()) {
      const port = options.port === 0 ? 0 : options.port + index;
      running.push({ environment, sandbox: await startOne(environment, port, options, { ...shared, ...begins }) });
    }
    if (options.https) await writeCertificate(options.certificateFile, running[0]?.sandbox.certificate);
  } catch (error) {
    await close();
    throw error;
  }
  return { servers: running.map(({ environment, sandbox }) => ({ environment, url: sandbox.url })), close };
}

function serversOf({ copies, empty }: SandboxStart): readonly Pick<SandboxCopy, 'environment' | 'begins'>[] {
  return (
    copies ??
    SAMPLE_ENVIRONMENTS.map((environment) => ({
      environment,
      begins: empty ? {} : { seed: sampleCompany(environment) },
    }))
  );
}

async function startOne(
  environment: string,
  port: number,
  options: SandboxStart,
  shared: SandboxOptions,
): Promise<RunningSandbox> {
  const { https, latencyMs, stateFolder } = options;
  const state = stateFolder === undefined ? {} : { stateFile: path.join(stateFolder, `${environment}.json`) };
  try {
    if (stateFolder !== undefined) await mkdir(stateFolder, { recursive: true, mode: 0o700 });
    return await startSandbox({ port, https, latencyMs, ...state, ...shared });
  } catch (error) {
    if (error instanceof LiftlockError) throw error;
    if (systemErrorCode(error) === 'EADDRINUSE') {
      throw failure('port-in-use', `Port ${port} for ${environment} is in use`, {
        hint: 'Choose another first port with --port, or --port 0 for free ones; perhaps a sandbox is running already.',
      });
    }
    if (systemErrorCode(error) === 'EACCES') {
      throw failure('port-refused', `Port ${port} for ${environment} may not be used by you`, {
        hint: 'Choose a port above 1024 with --port.',
      });
    }
    throw error;
  }
}

async function writeCertificate(file: string, certificate = ''): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, certificate);
}
