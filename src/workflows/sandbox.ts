import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { failure, LiftlockError } from '../model/problem';
import { systemErrorCode } from '../model/system-error';
import { makeCertificate } from '../sandbox/certificate';
import type { FaultRule } from '../sandbox/fault-rules/rule';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../sandbox/sandbox';
import { sampleCompany } from '../sandbox/seed';
import type { Version } from '../sandbox/versions';
import { fileFailure } from '../workspace/file-errors';
import { makeFolder } from '../workspace/make-folder';
import type { SandboxCopy } from './sandbox-copies';
import type * as SandboxFaults from './sandbox-faults';
import { latencyOf, releasesOf } from './sandbox-settings';

/** Environments of the sample company, lowest first; they listen on consecutive ports. */
export const SAMPLE_ENVIRONMENTS = ['dev', 'preprod', 'prod'] as const;

export interface SandboxStart {
  /** First port; 0 takes free ones. */
  readonly port: number;
  readonly https: boolean;
  /** Time that each answer takes at least: `200`, or a spread such as `150-250`. */
  readonly latency: string;
  /** Releases of the product to stand in for: `7.0` for all servers, `dev=7.0` for one; the last word counts. */
  readonly releases: readonly string[];
  readonly faults: SandboxFaults.FaultSources;
  /** Decides which requests a fault with a probability strikes. */
  readonly seed?: number;
  readonly tokenLifetimeSeconds?: number;
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

/**
 * Starts one server for each environment of the sample company. Closes those already started when one cannot.
 * @throws {LiftlockError} for options that make no sense, before anything listens.
 */
export async function startSandboxes(
  options: SandboxStart,
): Promise<{ servers: SandboxServer[]; close: () => Promise<void> }> {
  const running: { environment: string; sandbox: RunningSandbox }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(running.splice(0).map(({ sandbox }) => sandbox.close()));
  };
  if (options.https) await refuseOtherFile(options.certificateFile);
  const shared = await sharedOptions(options);
  const servers = serversOf(options);
  const releases = releasesOf(
    options.releases,
    servers.map(({ environment }) => environment),
  );
  try {
    for (const [index, { environment, begins }] of servers.entries()) {
      const port = options.port === 0 ? 0 : options.port + index;
      const own = { ...versionOf(releases, environment), ...begins };
      running.push({ environment, sandbox: await startOne(environment, port, options, { ...shared, ...own }) });
    }
    if (options.https) await writeCertificate(options.certificateFile, running[0]?.sandbox.certificate);
  } catch (error) {
    await close();
    throw error;
  }
  return { servers: running.map(({ environment, sandbox }) => ({ environment, url: sandbox.url })), close };
}

/** What all servers have in common. */
async function sharedOptions(options: SandboxStart): Promise<SandboxOptions> {
  const { https, latency, faults, seed, tokenLifetimeSeconds } = options;
  return {
    https,
    latencyMs: latencyOf(latency),
    faults: await faultsOf(faults),
    ...(seed === undefined ? {} : { faultSeed: seed }),
    ...(tokenLifetimeSeconds === undefined ? {} : { tokenLifetimeSeconds }),
    ...(https ? { serverCertificate: await makeCertificate() } : {}),
  };
}

/** Most sandboxes have no faults, and start without what reads them. */
async function faultsOf(sources: SandboxFaults.FaultSources): Promise<FaultRule[]> {
  if (sources.lines.length + sources.files.length === 0) return [];
  const { readFaults } = module.require('./sandbox-faults') as typeof SandboxFaults;
  return readFaults(sources, SAMPLE_ENVIRONMENTS);
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

function versionOf(releases: ReadonlyMap<string, Version>, environment: string): { version?: Version } {
  const version = releases.get(environment);
  return version === undefined ? {} : { version };
}

async function startOne(
  environment: string,
  port: number,
  options: SandboxStart,
  shared: SandboxOptions,
): Promise<RunningSandbox> {
  const { stateFolder } = options;
  const state = stateFolder === undefined ? {} : { stateFile: path.join(stateFolder, `${environment}.json`) };
  try {
    if (stateFolder !== undefined) await makeFolder(stateFolder, stateFolder, 0o700);
    return await startSandbox({ ...shared, plantLate: true, port, environment, ...state });
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

/** A slip in the name must not cost a file of the user's. */
async function refuseOtherFile(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return '';
    throw fileFailure(error, file, 'write');
  });
  if (text === '' || text.startsWith('-----BEGIN CERTIFICATE-----')) return;
  throw failure('other-file', `${file} is there already and is no certificate`, {
    place: { file },
    hint: 'Give another name after --certificate, or move the file.',
  });
}

async function writeCertificate(file: string, certificate = ''): Promise<void> {
  await makeFolder(path.dirname(file), path.dirname(file));
  await writeFile(file, certificate).catch((error: unknown) => {
    throw fileFailure(error, file, 'write');
  });
}
