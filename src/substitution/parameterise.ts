import { minimise } from '../compare/canonical';
import type { JsonObject } from '../model/json';
import { artifactText, type ArtifactName } from '../model/artifact';
import { isObject, type Json } from '../model/json';
import { keyOf, type Kind } from '../model/kind';
import { warningProblem, type Problem } from '../model/problem';
import { Places } from '../workspace/places';
import { fieldOrder, orderFields } from '../workspace/schema-fields';
import { schemaLine } from '../workspace/schema-line';
import type { Template } from '../workspace/template';
import { parseYaml } from '../workspace/yaml';
import { editYaml } from '../workspace/yaml-edit';
import { yamlText } from '../workspace/yaml-text';
import { lossesOf, merge, type Loss } from './merge';
import type { FileOrder } from './merge-node';
import { placedProblems } from './placed-problems';
import { sameValue } from './same';
import { scopeFor, type Scope } from './scope';
import { sidesOf, type ParameteriseOptions, type Sides } from './sides';
import { templateValue } from './template-value';
import { parseLists } from '../model/lists';

export type { ParameteriseOptions } from './sides';

/** The text of an artifact's file after an export. */
export interface Parameterised {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** A change can bring in another default, which takes one more look; more than this never helps. */
const MOST_PASSES = 4;

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
  const name: ArtifactName = { kind: kind.name, key: keyOf(kind, live) ?? '' };
  const sides = sidesOf(kind, undefined, live, name, scope, options);
  return { text: `${schemaLine(kind)}\n${yamlText(freshValue(sides, scope, kind))}`, problems: [] };
}

function freshValue(sides: Sides, scope: Scope, kind: Kind): Json {
  const minimal = minimise(kind, sides.live, scope.version);
  return templateValue(orderFields(kind, minimal), mixedSecrets(sides, scope));
}

function orderOf(kind: Kind): FileOrder {
  return { value: (value, path) => orderFields(kind, value, path), fields: (path) => fieldOrder(kind, path) };
}

function mixedSecrets(sides: Sides, scope: Scope): [string, string][] {
  return sides.mixedSecrets.flatMap((name): [string, string][] => {
    const value = scope.secrets.get(name);
    return value === undefined ? [] : [[name, value]];
  });
}

function revised(
  old: Template,
  live: JsonObject,
  scope: Scope,
  kind: Kind,
  options: ParameteriseOptions,
): Parameterised {
  const lists = parseLists(kind.lists);
  const report = new Report(old, scope);
  let { text, value } = old;
  for (let pass = 0; ; pass += 1) {
    const sides = sidesOf(kind, { ...old, value }, live, old, scope, options);
    const errors = sides.problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return { text: old.text, problems: placedProblems(errors, old, scope.environment) };
    report.kept(sides);
    if (sameValue(sides.desired, sides.live, [], lists)) return { text, problems: report.problems };
    if (pass === MOST_PASSES) {
      report.gaveUp();
      report.losses(lossesOf(old.value), true);
      return { text: `${schemaLine(kind)}\n${yamlText(freshValue(sides, scope, kind))}`, problems: report.problems };
    }
    const minimal = minimise(kind, sides.live, scope.version);
    const context = { lists, scope, order: orderOf(kind), secrets: mixedSecrets(sides, scope) };
    const { patch, losses } = merge({ ...sides, template: value, minimal, path: [], place: [] }, context);
    const edited = editYaml(text, value, patch);
    const read = parseYaml(old.file, edited.text).value;
    report.losses(losses, pass === 0);
    if (edited.isRewritten) report.layoutLost();
    text = edited.text;
    value = isObject(read) ? read : value;
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

  kept(sides: Sides): void {
    for (const { code, path, why } of sides.kept) {
      this.add(code, `${artifactText(this.old)}: ${path} was left as it is: ${why}`, { file: this.old.file });
    }
  }

  /** Positions are right in the first pass only: later ones look at a text that was changed already. */
  losses(losses: readonly Loss[], isFirst: boolean): void {
    for (const loss of losses) {
      const at = isFirst ? this.places.ofLine(loss.place, loss.line) : { file: this.old.file };
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
