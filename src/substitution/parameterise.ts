import { artifactText, type ArtifactName } from '../model/artifact';
import { isObject, type JsonObject } from '../model/json';
import { keyOf, type Kind } from '../model/kind';
import { warningProblem, type Problem } from '../model/problem';
import { Places } from '../workspace/places';
import { orderFields } from '../workspace/schema-fields';
import { schemaLine } from '../workspace/schema-line';
import type { Template } from '../workspace/template';
import { editYaml } from '../workspace/yaml-edit';
import { yamlText } from '../workspace/yaml-text';
import { kindShape } from './kind-shape';
import { lossesOf, type Loss } from './merge';
import { placedProblems } from './placed-problems';
import { scopeFor, type Scope } from './scope';
import { sidesOf, type ParameteriseOptions } from './sides';
import { templateValue } from './template-value';
import { hasArrived, MOST_STEPS, secretsInTexts, threeWayStep, type Step } from './three-way';

export type { ParameteriseOptions } from './sides';

/** The text of an artifact's file after an export. */
export interface Parameterised {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/**
 * The file of an artifact after it was read from a server: what means the same as before stays to the byte, with its
 * placeholders, comments and quoting; what differs is written in its place. Secrets are never written, only their
 * placeholders. With problems of severity `error` the text is the old one and must not be written. Pure.
 */
export function parameterise(
  old: Template | undefined,
  live: JsonObject,
  all: Scope,
  kind: Kind,
  options: ParameteriseOptions = {},
): Parameterised {
  const scope = all.perArtifact ? scopeFor(all, { kind: kind.name, key: old?.key ?? keyOf(kind, live) ?? '' }) : all;
  return old ? revised(old, live, scope, kind, options) : fresh(live, scope, kind, options);
}

/** The text of an artifact that has no file yet. */
function fresh(live: JsonObject, scope: Scope, kind: Kind, options: ParameteriseOptions): Parameterised {
  return { text: freshText(live, scope, kind, options), problems: [] };
}

function freshText(live: JsonObject, scope: Scope, kind: Kind, options: ParameteriseOptions): string {
  const name: ArtifactName = { kind: kind.name, key: keyOf(kind, live) ?? '' };
  const shape = kindShape(kind, scope.version, options.confidential);
  const sides = sidesOf(shape, undefined, live, name, scope, options);
  const value = templateValue(orderFields(kind, shape.minimal(sides.live)), secretsInTexts(sides, scope));
  return `${schemaLine(kind)}\n${yamlText(value)}`;
}

function revised(
  old: Template,
  live: JsonObject,
  scope: Scope,
  kind: Kind,
  options: ParameteriseOptions,
): Parameterised {
  const shape = kindShape(kind, scope.version, options.confidential);
  const report = new Report(old, scope);
  let { text, value } = old;
  for (let step = 0; ; step += 1) {
    const sides = { artifact: old, template: value, live, scope, shape, options };
    const found = threeWayStep(sides);
    if (found.errors.length > 0) {
      return { text: old.text, problems: placedProblems(found.errors, old, scope.environment) };
    }
    report.kept(found.kept);
    if (!found.patch) return { text, problems: report.problems };
    if (step === MOST_STEPS) {
      report.gaveUp();
      report.losses(lossesOf(old.value), true);
      return { text: freshText(live, scope, kind, options), problems: report.problems };
    }
    const edited = editYaml(text, value, found.patch);
    report.losses(found.losses, step === 0);
    if (edited.isRewritten) report.layoutLost();
    text = edited.text;
    value = isObject(edited.value) ? edited.value : value;
    if (hasArrived({ ...sides, template: value }, found.aim)) return { text, problems: report.problems };
  }
}

/** Collects warnings; each only once, however many passes it took. */
class Report {
  readonly problems: Problem[] = [];
  private readonly places: Places;

  constructor(
    private readonly old: Template,
    private readonly scope: Scope,
  ) {
    this.places = new Places(old.file, old.text);
  }

  kept(kept: Step['kept']): void {
    for (const { code, path, why } of kept) {
      this.add(code, `${artifactText(this.old)}: ${path} was left as it is: ${why}`, { file: this.old.file });
    }
  }

  /** Positions are right in the first pass only: later ones look at a text that was changed already. */
  losses(losses: readonly Loss[], isFirst: boolean): void {
    for (const loss of losses) {
      const at = isFirst ? this.places.ofPart(loss.place, loss.line, loss.text) : { file: this.old.file };
      if (loss.code === 'secret-in-file') {
        const message = `${loss.path} held a secret in clear, which is now ${loss.text}`;
        this.add(
          loss.code,
          message,
          at,
          'The old value is still in the history of git: change the secret on the server.',
        );
      } else {
        this.add(loss.code, this.lossText(loss), at, this.lossHint(loss));
      }
    }
  }

  private lossText({ text, path, isRemoved }: Loss): string {
    const { environment } = this.scope;
    return isRemoved
      ? `${text} was removed with ${path}, which ${environment} does not have`
      : `${text} was replaced at ${path}: ${environment} has another value there`;
  }

  private lossHint({ text }: Loss): string {
    const { environment } = this.scope;
    const variable = text.startsWith('{{var:') ? `change the variable for ${environment}` : 'provide the new value';
    return `If ${environment} is right, ${variable} and restore the line; if not, undo the change on the server.`;
  }

  layoutLost(): void {
    const message =
      'The file is laid out in a way that cannot be changed in place; it was written anew without comments';
    this.add('layout-lost', message, { file: this.old.file }, 'Bring the comments back from the history of git.');
  }

  gaveUp(): void {
    const message = `${artifactText(this.old)} could not be merged with its file; all values were written anew`;
    this.add(
      'layout-lost',
      message,
      { file: this.old.file },
      'Bring placeholders and comments back from the history of git.',
    );
  }

  private add(code: string, message: string, place: Problem['place'], hint?: string): void {
    if (this.problems.some((problem) => isSameFinding(problem, code, message, place))) return;
    const { environment } = this.scope;
    const rest = { artifact: artifactText(this.old), environment, ...(hint === undefined ? {} : { hint }) };
    this.problems.push(warningProblem(code, message, { ...rest, ...(place ? { place } : {}) }));
  }
}

/** One finding of several passes; the same placeholder at two places is two findings. */
function isSameFinding(problem: Problem, code: string, message: string, place: Problem['place']): boolean {
  const isThere = place?.line === undefined || problem.place?.line === undefined || problem.place.line === place.line;
  const isSamePlace = isThere && (place?.column === undefined || problem.place?.column === place.column);
  return problem.code === code && problem.message === message && isSamePlace;
}
