import type { JsonObject } from '../model/json';
import type { Origin, Scope, VariableLayer } from '../substitution/scope';
import type { Environment, SharedValues } from './environment';
import { Places } from './places';

/** What artifacts of this environment are rendered with: liftlock.yaml first, then the environment, then one artifact. */
export function scopeOf(
  environment: Environment,
  secretValues: Scope['secrets'] = new Map(),
  processVariables: Scope['processVariables'] = {},
): Scope {
  const { name, version, shared, overrides } = environment;
  const own = { file: environment.file, text: environment.text };
  const ofWorkspace = shared ? namesNotIn(shared.variables, environment.variables) : {};
  const origins = new Map(
    Object.keys(ofWorkspace).map((variable): [string, Origin] => [
      variable,
      { origin: 'workspace', path: ['variables', variable] },
    ]),
  );
  const spelling = new Map([
    ...(shared ? spellingOf(shared, ofWorkspace, ['variables']) : []),
    ...spellingOf(own, environment.variables, ['variables']),
  ]);
  const perArtifact = [
    ...(shared ? layersOf('workspace', shared, shared.artifacts) : []),
    ...layersOf('environment', own, environment.artifacts),
  ];
  return {
    environment: name,
    version,
    variables: { ...ofWorkspace, ...environment.variables },
    overrides,
    secrets: secretValues,
    processVariables,
    ...(origins.size > 0 ? { origins } : {}),
    ...(spelling.size > 0 ? { spelling } : {}),
    ...(perArtifact.length > 0 ? { perArtifact } : {}),
  };
}

function namesNotIn(values: JsonObject, others: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(others, name)));
}

function layersOf(
  origin: 'workspace' | 'environment',
  file: { readonly file: string; readonly text: string },
  artifacts: SharedValues['artifacts'],
): VariableLayer[] {
  return Object.entries(artifacts).flatMap(([pattern, { variables }]): VariableLayer[] => {
    if (Object.keys(variables).length === 0) return [];
    const path = ['artifacts', pattern, 'variables'];
    return [{ pattern, variables, origin, path, spelling: new Map(spellingOf(file, variables, path)) }];
  });
}

/** Numbers that their file spells differently than JSON would. */
function spellingOf(
  file: { readonly file: string; readonly text: string },
  variables: JsonObject,
  path: readonly string[],
): [string, string][] {
  const places = new Places(file.file, file.text);
  return Object.entries(variables).flatMap(([name, value]): [string, string][] => {
    const source = typeof value === 'number' ? places.sourceOf([...path, name]) : undefined;
    return source === undefined || source === JSON.stringify(value) ? [] : [[name, source]];
  });
}
