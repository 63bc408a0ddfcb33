import { artifactText } from '../model/artifact';
import type { Problem } from '../model/problem';
import { Places } from '../workspace/places';
import type { Template } from '../workspace/template';
import type { RenderProblem } from './scope';

/**
 * Problems of rendering with file, line and column. Without the environment's text, its problems are placed in its file
 * only.
 */
export function placedProblems(
  problems: readonly RenderProblem[],
  template: Pick<Template, 'kind' | 'key' | 'file' | 'text'> | undefined,
  environment: string | { readonly name: string; readonly file: string; readonly text: string },
): Problem[] {
  const name = typeof environment === 'string' ? environment : environment.name;
  const inTemplate = template && new Places(template.file, template.text);
  const inEnvironment = typeof environment === 'string' ? undefined : new Places(environment.file, environment.text);
  return problems.map(({ code, message, severity, hint, origin, path }) => {
    const places = origin === 'template' ? inTemplate : inEnvironment;
    const isField = origin === 'environment' && (code.startsWith('override') || code === 'unused-variable');
    const place = isField ? places?.ofKey(path) : places?.ofValue(path);
    return {
      code,
      message,
      severity,
      environment: name,
      place: place ?? { file: `environments/${name}.yaml` },
      ...(hint === undefined ? {} : { hint }),
      ...(template ? { artifact: artifactText(template) } : {}),
    };
  });
}
