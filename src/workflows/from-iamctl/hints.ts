import type { IamctlEnvironment } from '../../iamctl/description';
import { yamlFault } from '../../iamctl/document';
import { keywordsIn } from '../../iamctl/raw-substitution';
import { artifactText } from '../../model/artifact';
import { forEachLeaf, parseLists } from '../../model/lists';
import { formatPath } from '../../model/path';
import { infoProblem, warningProblem, type Problem } from '../../model/problem';
import { CLAIMS } from '../../iamctl/resource-types';
import { configuredNames, isOfFileApi } from '../../products/wso2-is/iamctl-resources';
import type { Draft } from './drafts';
import { sourcesOf } from './marked-resource';
import { keywordNames } from './views';

/** Shorter values are in other texts by chance. */
const SHORTEST = 6;

/**
 * Texts that hold the value which a keyword of the same file has in one environment only: its export loses placeholders
 * in lists after the first element, and in elements that look alike, without a word (rivals, F5 and F21).
 */
export function lostPlaceholders(draft: Draft): Problem[] {
  const { marked, marks, definition, views } = draft;
  if (!marked) return [];
  const keywords = new Set(marks.within(marked).map(({ keyword }) => keyword));
  const problems: Problem[] = [];
  forEachLeaf(marked, parseLists(definition.lists), (path, leaf) => {
    if (typeof leaf !== 'string') return;
    for (const keyword of keywords) {
      const values = views.map(({ meant }) => meant.get(keyword));
      const view = views.find((_, index) => {
        const value = values[index];
        return typeof value === 'string' && value.length >= SHORTEST && leaf.includes(value);
      });
      if (!view || new Set(values).size === 1) continue;
      const message = `${artifactText(draft)}: ${formatPath(path)} holds what ${keyword} is in ${view.name}, for all environments`;
      problems.push(
        warningProblem('iamctl-placeholder-lost', message, {
          place: { file: draft.resource.file },
          hint: 'Exports of IAM-CTL lose placeholders in lists, except in the first element. If it was one, write {{var:NAME}} there.',
        }),
      );
    }
  });
  return problems;
}

/**
 * Files that versions of IAM-CTL before 2.0 leave out with no more than a line in their log: they read a file as YAML
 * before they fill in its keywords, and know no other format (seen with its `importAll` of that time).
 */
export function skippedByEarlierVersions(drafts: readonly Draft[]): Problem[] {
  const resources = new Set(drafts.map(({ resource }) => resource));
  return [...resources].flatMap(({ file, format, text }): Problem[] => {
    if (format === 'xml') {
      const message = 'IAM-CTL before 2.0 does not import XML: the server may have something else';
      return [warningProblem('iamctl-skipped', message, { place: { file }, hint: COMPARE })];
    }
    if (format === 'json' && !/^\s*[{[]/.test(text)) {
      const message =
        'This is YAML: exports of IAM-CTL before 2.0 wrote it into .json files, which no server takes: the server may have something else';
      return [warningProblem('iamctl-skipped', message, { place: { file }, hint: COMPARE })];
    }
    const fault = yamlFault(text, file);
    if (!fault) return [];
    const message =
      'IAM-CTL before 2.0 does not import this file, because it is no YAML before its keywords are filled in: the server may have something else';
    return [warningProblem('iamctl-skipped', message, { place: fault.place, hint: COMPARE })];
  });
}

/**
 * Keywords of a claim dialect under its URI: versions of IAM-CTL before 2.0, which write files of the product, look for
 * them under the name of the file and take the shared ones (seen with its `importAll` of that time).
 */
export function unreadDialectKeywords(environments: readonly IamctlEnvironment[], drafts: readonly Draft[]): Problem[] {
  const resources = [...new Set(drafts.map(({ resource }) => resource))];
  const dialects = resources.filter((resource) => resource.type === CLAIMS && isOfFileApi(resource));
  return environments.flatMap(({ keywords }) =>
    dialects.flatMap((resource): Problem[] => {
      const own = keywords.own.get(CLAIMS);
      const uri = configuredNames(resource).find((name) => own?.has(name) === true);
      if (uri === undefined || own?.has(resource.name) === true) return [];
      const message = `Keywords of "${uri}" are read by IAM-CTL from 2.0 on; before, it looks for "${resource.name}" and uses the shared ones: the server may have those`;
      return [warningProblem('iamctl-keyword-unread', message, { place: { file: keywords.file }, hint: COMPARE })];
    }),
  );
}

/** What an import by file leaves alone on the server, and an apply of an artifact without it would take away. */
export function absentFromFiles(drafts: readonly Draft[]): Problem[] {
  const isConcerned = drafts.some(({ kind, resource }) => kind === 'application' && isOfFileApi(resource));
  if (!isConcerned) return [];
  const message =
    'Files of the product cannot say authorizedAPIs, allowedOrigins, logoutReturnUrl and the like: no artifact has them, and an apply would take them off the server';
  const hint =
    'Run "liftlock export ENV" before the first apply: it adds what the server has, and keeps the placeholders.';
  return [warningProblem('iamctl-not-in-files', message, { hint })];
}

const COMPARE = 'Compare with "liftlock diff files:ENV ENV" before the first apply.';

const PLACEHOLDER = /\{\{([A-Z][A-Z0-9_.-]*)\}\}/g;

/** Placeholders that no environment gives a value: sent as they stand, by IAM-CTL and by Liftlock (rivals, F19). */
export function leftoverPlaceholders(drafts: readonly Draft[]): Problem[] {
  const resources = new Map(drafts.map((draft) => [draft.resource, draft]));
  return [...resources.values()].flatMap((draft) => {
    const known = keywordNames(draft.views);
    return sourcesOf(draft.resource).flatMap(({ file, text }) => {
      const names = new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name));
      return [...names]
        .filter((name) => !known.has(name))
        .map((name) => {
          const line = text.slice(0, text.indexOf(`{{${name}}}`)).split('\n').length;
          return warningProblem(
            'iamctl-keyword-unknown',
            `No environment gives {{${name}}} a value: it is sent as it stands`,
            {
              place: { file, line },
              hint: `If it should be a variable, write {{var:${name}}} in the artifact and set it in every environment.`,
            },
          );
        });
    });
  });
}

/** Keywords that nothing taken over uses; they would only be reported as unused variables. */
export function unusedKeywords(
  environments: readonly IamctlEnvironment[],
  used: ReadonlySet<string>,
  drafts: readonly Draft[],
): Problem[] {
  const inFiles = new Set([...used, ...drafts.flatMap(({ marks }) => marks.occurrences.map(({ keyword }) => keyword))]);
  const unused = new Map<string, string>();
  for (const { keywords } of environments) {
    const reached = new Set(inFiles);
    // A set grows while it is gone through: keywords in values of keywords are used too.
    for (const name of reached)
      for (const inner of keywordsIn(keywords.shared.get(name), keywords.shared)) reached.add(inner);
    for (const name of keywords.shared.keys()) if (!reached.has(name)) unused.set(name, keywords.file);
  }
  return [...unused].map(([name, file]) =>
    infoProblem(
      'iamctl-keyword-unused',
      `Keyword ${name} is used by no artifact that was taken, so it became no variable`,
      {
        place: { file },
      },
    ),
  );
}
