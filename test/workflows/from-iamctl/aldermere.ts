import { canonicalise } from '../../../src/compare/canonical';
import { readTree } from '../../../src/iamctl/read-tree';
import type { ProcessVariables } from '../../../src/iamctl/process-references';
import type { ConversionDifference } from '../../../src/model/conversion';
import type { Json, JsonObject } from '../../../src/model/json';
import { keyOf } from '../../../src/model/kind';
import { wso2Is } from '../../../src/products/wso2-is/product';
import { renderArtifact } from '../../../src/substitution/render';
import { convertTree, type Conversion } from '../../../src/workflows/from-iamctl/convert';
import { readTemplate } from '../../../src/workspace/artifacts';
import { readEnvironment } from '../../../src/workspace/environment';
import { scopeOf } from '../../../src/workspace/scope';
import { parseYaml } from '../../../src/workspace/yaml';
import { yamlText } from '../../../src/workspace/yaml-text';

/** Keywords of one environment: shared ones, and those of single resources by block and name. */
export interface Keywords {
  readonly shared?: Readonly<Record<string, Json>>;
  readonly own?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Json>>>>>>;
  readonly tool?: JsonObject;
  readonly server?: JsonObject;
}

export type Environments = Readonly<Record<string, Keywords>>;

/** The files of a folder of Aldermere Boats made for IAM-CTL. */
export function aldermere(environments: Environments, files: Readonly<Record<string, string>>): Map<string, string> {
  const configs = Object.entries(environments).flatMap(([name, { shared = {}, own = {}, tool = {}, server = {} }]) => {
    const blocks = Object.entries(own).map(([block, resources]) => [
      block,
      Object.fromEntries(Object.entries(resources).map(([key, values]) => [key, { KEYWORD_MAPPINGS: values }])),
    ]);
    const folder = `configs/${name}`;
    const address = {
      SERVER_URL: `https://is.${name}.aldermere.example`,
      CLIENT_ID: 'tool',
      CLIENT_SECRET: 'open-sesame-1',
    };
    return [
      [`${folder}/serverConfig.json`, JSON.stringify({ ...address, SERVER_VERSION: '7.1.0', ...server })],
      [`${folder}/toolConfig.json`, JSON.stringify(tool)],
      [`${folder}/keywordConfig.json`, JSON.stringify({ KEYWORD_MAPPINGS: shared, ...Object.fromEntries(blocks) })],
    ] as [string, string][];
  });
  return new Map([...configs, ...Object.entries(files)]);
}

/** Converts such a folder; the environments are in the order given. */
export function convert(
  environments: Environments,
  files: Readonly<Record<string, string>>,
  variables: ProcessVariables = {},
): Conversion {
  return convertFiles(aldermere(environments, files), Object.keys(environments), variables);
}

export function convertFiles(
  files: ReadonlyMap<string, string>,
  names: readonly string[],
  variables: ProcessVariables = {},
): Conversion {
  const tree = readTree({ files, skipped: [] });
  const chosen = names.flatMap((name) => tree.environments.filter((environment) => environment.name === name));
  return convertTree(tree, chosen, wso2Is.kinds, variables);
}

/** An artifact of the new workspace as it would be sent to an environment, in canonical form. */
export function rendered(
  conversion: Conversion,
  environment: string,
  artifact: string,
  variables: ProcessVariables = {},
): JsonObject {
  const kind = wso2Is.kinds.find(({ name }) => name === artifact.split('/')[0]);
  if (!kind) throw new Error(`no kind for ${artifact}`);
  const text = yamlText(conversion.environments.get(environment) ?? {});
  const file = `environments/${environment}.yaml`;
  const read = readEnvironment({ name: environment, file, text, root: '/' }, parseYaml(file, text).value ?? {});
  if (!read.environment) throw new Error(JSON.stringify(read.problems));
  const scope = scopeOf(read.environment, new Map(), variables);
  for (const change of conversion.artifacts) {
    const { template } = readTemplate(kind, change.path, change.text ?? '');
    if (!template || `${kind.name}/${template.key}` !== artifact || !change.path.includes(`/${kind.folder}/`)) continue;
    const { value, problems } = renderArtifact(kind, template, scope);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    if (keyOf(kind, value) === undefined) throw new Error('the key was lost');
    return canonicalise(kind, value, scope.version);
  }
  throw new Error(`no file for ${artifact}: ${conversion.artifacts.map(({ path }) => path).join(', ')}`);
}

/** The text of a file of the new workspace. */
export function textOf(conversion: Conversion, path: string): string {
  return conversion.artifacts.find((change) => change.path === path)?.text ?? '';
}

/** Differences as `reason environment path`. */
export function reasons({ report }: Conversion): string[] {
  return report.differences.map(({ reason, environment, path = '' }: ConversionDifference) =>
    `${reason} ${environment} ${path}`.trim(),
  );
}
