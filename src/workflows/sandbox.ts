import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { failure, LiftlockError } from '../model/problem';
import { systemErrorCode } from '../model/system-error';
import { makeCertificate } from '../sandbox/certificate';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../sandbox/sandbox';
import { sampleCompany } from '../sandbox/seed';

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
    for (const [index, environment] of SAMPLE_ENVIRONMENTS.entries()) {
      const port = options.port === 0 ? 0 : options.port + index;
      running.push({ environment, sandbox: await startOne(environment, port, options, shared) });
    }
    if (options.https) await writeCertificate(options.certificateFile, running[0]?.sandbox.certificate);
  } catch (error) {
    await close();
    throw error;
  }
  return { servers: running.map(({ environment, sandbox }) => ({ environment, url: sandbox.url })), close };
}

async function startOne(
  environment: (typeof SAMPLE_ENVIRONMENTS)[number],
  port: number,
  options: SandboxStart,
  shared: Pick<SandboxOptions, 'serverCertificate'>,
): Promise<RunningSandbox> {
  const { https, latencyMs, empty, stateFolder } = options;
  const state = stateFolder === undefined ? {} : { stateFile: path.join(stateFolder, `${environment}.json`) };
  const seed = empty ? {} : { seed: sampleCompany(environment) };
  try {
    if (stateFolder !== undefined) await mkdir(stateFolder, { recursive: true, mode: 0o700 });
    return await startSandbox({ port, https, latencyMs, ...seed, ...state, ...shared });
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
