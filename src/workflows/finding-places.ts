import { artifactText } from '../model/artifact';
import type { Json } from '../model/json';
import type { Kind } from '../model/kind';
import { forEachLeaf, parseLists } from '../model/lists';
import { matchesPattern, parsePath, patternOf, type Path } from '../model/path';
import type { Place } from '../model/problem';
import type { Reference } from '../planning/order';
import type { Template } from '../workspace/template';
import type { DesiredState } from './desired';
import { placeOfPath } from '../workspace/validate';

/** Finds the places of findings about rendered artifacts in their files. */
export class FindingPlaces {
  private readonly templates: ReadonlyMap<string, Template>;

  constructor({ templates = [] }: Pick<DesiredState, 'templates'>) {
    this.templates = new Map(templates.map((template) => [artifactText(template), template]));
  }

  /** Where a field of an artifact stands, or the nearest thing around it; undefined for what has no file. */
  ofField(kind: Kind, key: string, path: string): Place | undefined {
    const template = this.templates.get(artifactText({ kind: kind.name, key }));
    return template && placeOfPath(kind, template, parsePath(path));
  }

  /** Where a name that an artifact refers to stands; undefined for what has no file. */
  ofReference(kind: Kind, key: string, reference: Reference): Place | undefined {
    const template = this.templates.get(artifactText({ kind: kind.name, key }));
    return template && placeOfName(kind, template, reference);
  }
}

/** The name as it is, or else what is filled in there; the file alone when a default or an override gives it. */
function placeOfName(kind: Kind, template: Template, { path: rule, key }: Reference): Place {
  const pattern = patternOf(rule);
  const found: { path: Path; value: Json }[] = [];
  forEachLeaf(template.value, parseLists(kind.lists), (path, value) => {
    if (matchesPattern(pattern, path)) found.push({ path, value });
  });
  const isFilledIn = (value: Json): boolean => typeof value === 'string' && value.includes('{{');
  const [named] = [...found.filter(({ value }) => value === key), ...found.filter(({ value }) => isFilledIn(value))];
  return named ? placeOfPath(kind, template, named.path) : { file: template.file };
}
