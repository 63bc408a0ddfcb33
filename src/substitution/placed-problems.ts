import { artifactText } from '../model/artifact';
import type { Problem } from '../model/problem';
import { Places } from '../workspace/places';
import type { Template } from '../workspace/template';
import type { OriginFile, RenderProblem } from './scope';

/** The files of an environment, for positions: its own, and liftlock.yaml. */
export interface EnvironmentFiles extends FileText {
  readonly name: string;
  readonly shared?: FileText;
}

interface FileText {
  readonly file: string;
  readonly text: string;
}

/**
 * Problems of rendering with file, line and column. Without the environment's text, its problems are placed in its file
 * only.
 */
export function placedProblems(
  problems: readonly RenderProblem[],
  template: Pick<Template, 'kind' | 'key' | 'file' | 'text'> | undefined,
  environment: string | EnvironmentFiles,
): Problem[] {
  const name = typeof environment === 'string' ? environment : environment.name;
  const files = originFiles(template, typeof environment === 'string' ? undefined : environment);
  return problems.map(({ code, message, severity, hint, origin, path }) => {
    const places = files[origin];
    const place = ON_NAME.test(code) ? places?.ofKey(path) : places?.ofValue(path);
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

/** Problems of a pattern or a name, not of what stands behind it. */
const ON_NAME = /^(?:override-|unused-|unmatched-)/;

/** The files that values come from, for lines and columns. */
export function originFiles(
  template: FileText | undefined,
  environment: EnvironmentFiles | undefined,
): { readonly [origin in OriginFile]: Places | undefined } {
  const placesOf = (file: FileText | undefined): Places | undefined => file && new Places(file.file, file.text);
  return { template: placesOf(template), environment: placesOf(environment), workspace: placesOf(environment?.shared) };
}
