import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compareCanonical } from '../../src/compare/differences';
import { isObject, type JsonObject } from '../../src/model/json';
import type { NotConvertedElement } from '../../src/model/report';
import { application } from '../../src/products/wso2-is/kinds/application';
import type { WorldState } from '../../src/sandbox/state';
import { renderArtifact, secretNames } from '../../src/substitution/render';
import type { Scope } from '../../src/substitution/scope';
import { convert } from '../../src/workflows/convert-job';
import { artifactFile } from '../../src/workflows/converted-artifact';
import { listKind, readArtifact } from '../../src/workflows/live';
import { loadTemplates } from '../../src/workspace/artifacts';
import { fileName } from '../../src/workspace/file-names';
import { workTree } from '../../src/workspace/work-tree';
import { Api, object, objects } from '../sandbox/api';
import { upload } from '../sandbox/upload';
import { apply, type TestServer } from './sandbox-session';

/** A service provider file, and the type that says its format. */
export interface Source {
  readonly text: string;
  readonly type: 'application/xml' | 'application/yaml' | 'application/json';
}

/** What became of a file in both ways. */
export interface Outcome {
  /** Canonical paths in which the two servers differ, in any artifact; nothing but client secrets is left out. */
  readonly differences: readonly string[];
  /** What the conversion names as not carried. */
  readonly named: readonly NotConvertedElement[];
}

const SERVER_CHOSEN = 'inboundProtocolConfiguration.oidc.clientSecret';
const ENDINGS = { 'application/xml': 'xml', 'application/yaml': 'yaml', 'application/json': 'json' } as const;

/**
 * Imports a file on one server, and applies what Liftlock converts it to on another one, which is like the first. A server
 * that has the application has an artifact of it, and the conversion goes over that.
 */
export async function bothWays(
  imported: TestServer,
  applied: TestServer,
  name: string,
  source: Source,
): Promise<Outcome> {
  const before = await valueOf(applied, name);
  const method = before ? 'PUT' : 'POST';
  const reply = await upload(new Api(imported.sandbox), method, '/applications/import', source.text, source.type);
  if (reply.status >= 300) throw new Error(`The import of ${name} was refused: ${reply.status} ${reply.text}`);
  const { value, named, unknownSecrets } = await converted(applied, name, source, before);
  const artifact = { kind: 'application', key: name, value, file: 'x.yaml', unknownSecrets };
  const { result } = await apply(applied.session, { artifacts: [artifact], problems: [] });
  expect(result.outcomes.filter(({ status }) => status !== 'done' && status !== 'unchanged')).toEqual([]);
  return { differences: await differences(imported, applied, name), named };
}

async function valueOf({ session }: TestServer, name: string): Promise<JsonObject | undefined> {
  const server = session.server.fresh();
  const listed = (await listKind(server, application)).get(name);
  return listed && (await readArtifact(server, application, listed))?.value;
}

async function converted(
  server: TestServer,
  name: string,
  { text, type }: Source,
  before: JsonObject | undefined,
): Promise<{ value: JsonObject; named: readonly NotConvertedElement[]; unknownSecrets: readonly string[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'liftlock-converted-'));
  const { version } = server.session.server;
  const scope: Scope = { environment: 'test', version, variables: {}, secrets: new Map(), overrides: {} };
  try {
    const source = `source.${ENDINGS[type]}`;
    await writeFile(path.join(folder, source), text);
    if (before) await writeArtifact(folder, name, before, scope);
    const request = { folder, from: folder, paths: [source], out: '.', to: 'artifacts', dialect: 'export' } as const;
    const { report } = await convert({ ...request, force: false, variables: {} });
    expect(report.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { templates } = await loadTemplates(workTree(folder), [application]);
    const [template] = templates;
    if (!template) throw new Error('nothing was converted');
    const secret = deployedSecret(before) ?? /oauthConsumerSecret"?[>:]\s*"?([\w-]+)/.exec(text)?.[1];
    const secrets = new Map([...secretNames(template.value)].map((placeholder) => [placeholder, secret]));
    const { value, unknownSecrets } = renderArtifact(application, template, { ...scope, secrets });
    return { value, unknownSecrets, named: report.notConverted };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeArtifact(folder: string, name: string, value: JsonObject, scope: Scope): Promise<void> {
  const artifact = { kind: 'application', key: name, value, confidential: [] };
  const file = path.join('artifacts', application.folder, fileName(name));
  const making = { kind: application, scope, hasEnvironment: false, takenSecretNames: new Set<string>(), force: false };
  const { text = '' } = artifactFile(artifact, 'server', file, undefined, { ...making, notInFile: [] });
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

function deployedSecret(value: JsonObject | undefined): string | undefined {
  const protocols = value?.inboundProtocolConfiguration;
  const oidc = isObject(protocols) ? protocols.oidc : undefined;
  const secret = isObject(oidc) ? oidc.clientSecret : undefined;
  return typeof secret === 'string' ? secret : undefined;
}

/** What differs of an application between two servers; everything else on them has to be the same. */
async function differences(left: TestServer, right: TestServer, name: string): Promise<string[]> {
  const [here, there] = [besides(left, name), besides(right, name)];
  // Nearly always the same to the letter, which is told a hundred times as fast as by walking both.
  if (JSON.stringify(here) !== JSON.stringify(there)) expect(here).toEqual(there);
  const [one, other] = [await valueOf(left, name), await valueOf(right, name)];
  if (!one || !other) throw new Error(`there is no ${name}`);
  return compareCanonical(application, one, other)
    .map((difference) => difference.path)
    .filter((at) => at !== SERVER_CHOSEN);
}

/** What a server has besides an application, whose roles have ids that each server makes up. */
function besides({ sandbox }: TestServer, name: string): unknown {
  const { applications, roles, identifiers: _count, ...rest } = sandbox.snapshot() as unknown as WorldState;
  return {
    ...rest,
    applications: applications.filter((each) => each.name !== name),
    roles: roles.map(({ displayName, audienceType }) => `${audienceType} ${displayName}`).sort(),
  };
}

/** The path of an application by its name. */
export async function pathOf(api: Api, name: string): Promise<string> {
  const { applications } = await api.read('/applications?limit=100');
  const found = objects(applications).find((each) => each.name === name);
  return `/applications/${String(object(found).id)}`;
}
