import path from 'node:path';
import type { IamctlEnvironment, IamctlTree } from '../iamctl/description';
import { readFolder } from '../iamctl/folder';
import type { ProcessVariables } from '../iamctl/process-references';
import { readTree } from '../iamctl/read-tree';
import type { ConversionReport } from '../model/conversion';
import { nearestHint } from '../model/nearest';
import { errorProblem, failure, LiftlockError } from '../model/problem';
import { productNamed } from '../products/products';
import { initWorkspace } from '../workspace/init';
import { convertTree, type Conversion } from './from-iamctl/convert';

export interface FromIamctlRequest {
  /** The folder made for IAM-CTL. */
  readonly source: string;
  /** The folder of the new workspace. */
  readonly folder: string;
  /** The promotion path, lowest first; undefined when it was not given. */
  readonly environments?: readonly string[];
  /** Asks for the promotion path; undefined when nobody can be asked. */
  readonly askEnvironments?: (found: readonly string[]) => Promise<readonly string[] | undefined>;
  readonly variables: ProcessVariables;
}

/** What was written, and what became of the old folder. */
export interface FromIamctlResult {
  readonly files: readonly string[];
  readonly conversion: ConversionReport;
}

/**
 * Makes a workspace from a folder made for IAM-CTL. Nothing is written when the folder, its configuration or the new
 * environment files have mistakes; artifacts that cannot be carried over are left out and named.
 */
export async function makeWorkspaceFromIamctl(request: FromIamctlRequest): Promise<FromIamctlResult> {
  refuseSameFolder(request);
  const tree = readTree(await readFolder(request.source));
  const { kinds, name: product } = productNamed('wso2-is');
  refuseErrors(tree);
  const environments = await chosenEnvironments(tree, request);
  refuseUnreachable(environments);
  const conversion = convertTree(tree, environments, kinds, request.variables);
  refuseErrors(conversion.report);
  const files = await initWorkspace(request.folder, { product, ...initOptions(conversion) }, kinds);
  return { files, conversion: conversion.report };
}

function initOptions({
  settings,
  environments,
  artifacts,
}: Conversion): Omit<Parameters<typeof initWorkspace>[1], 'product'> {
  return {
    environments: [...environments].map(([name, document]) => ({ name, url: String(document.url), document })),
    auth: 'client-credentials',
    settings,
    artifacts,
  };
}

/** Reading the new files back as resources, or overwriting the old ones, helps nobody. */
function refuseSameFolder({ source, folder }: FromIamctlRequest): void {
  if (path.resolve(source) !== path.resolve(folder)) return;
  throw failure('same-folder', 'The new workspace would be made inside of the folder of IAM-CTL', {
    hint: 'Name another folder for it with --workspace.',
  });
}

function refuseErrors({ problems }: Pick<IamctlTree, 'problems'>): void {
  if (problems.some(({ severity }) => severity === 'error')) throw new LiftlockError(problems);
}

async function chosenEnvironments(tree: IamctlTree, request: FromIamctlRequest): Promise<IamctlEnvironment[]> {
  const found = tree.environments.map(({ name }) => name).sort();
  if (found.length === 0) {
    throw failure('iamctl-no-environment', `${request.source} holds no folder with a serverConfig.json`, {
      hint: 'Name the folder that holds "configs", with one folder for each environment in it.',
    });
  }
  const wanted = request.environments ?? (found.length === 1 ? found : await request.askEnvironments?.(found));
  if (!wanted || wanted.length === 0) {
    throw failure('missing-environments', `The promotion path is not known; environments: ${found.join(', ')}`, {
      hint: `Name them lowest first, such as --environments ${found.join(',')}.`,
    });
  }
  const double = wanted.find((name, index) => wanted.indexOf(name) !== index);
  if (double !== undefined) {
    throw failure('environment-twice', `"${double}" is named twice`, {
      hint: `Name each environment once, lowest first, such as --environments ${found.join(',')}.`,
    });
  }
  return wanted.map((name) => named(tree, name, found));
}

function named({ environments }: IamctlTree, name: string, found: readonly string[]): IamctlEnvironment {
  const environment = environments.find((candidate) => candidate.name === name);
  if (environment) return environment;
  const hint = nearestHint(name, found, 'There');
  throw failure(
    'unknown-environment',
    `There is no configuration folder "${name}"`,
    hint === undefined ? {} : { hint },
  );
}

function refuseUnreachable(environments: readonly IamctlEnvironment[]): void {
  const problems = environments.flatMap(({ name, server }) => [
    ...(server.url === undefined
      ? [errorProblem('iamctl-no-server', 'SERVER_URL is missing', { place: { file: server.file }, environment: name })]
      : []),
    ...(server.organization === undefined
      ? []
      : [
          errorProblem('iamctl-organization', 'ORGANIZATION: Liftlock does not manage sub-organizations', {
            place: { file: server.file },
            environment: name,
            hint: 'Leave this environment out of --environments.',
          }),
        ]),
  ]);
  if (problems.length > 0) throw new LiftlockError(problems);
}
