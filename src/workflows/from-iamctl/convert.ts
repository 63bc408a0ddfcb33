import type { IamctlEnvironment, IamctlTree, NotTaken, ResourceFile } from '../../iamctl/description';
import { referencesIn, type ProcessVariables } from '../../iamctl/process-references';
import { artifactText, type ArtifactName } from '../../model/artifact';
import type { ConversionDifference, ConversionReport, ConversionSecret } from '../../model/conversion';
import type { JsonObject } from '../../model/json';
import { infoProblem, type Problem } from '../../model/problem';
import type { ProductKind } from '../../products/product';
import { configuredNames } from '../../products/wso2-is/iamctl-resources';
import { secretVariable } from '../../substitution/secret-names';
import type { FileChange } from '../../workspace/writing';
import { differencesIn } from './differences';
import { draftsOf, type Draft } from './drafts';
import {
  absentFromFiles,
  leftoverPlaceholders,
  lostPlaceholders,
  skippedByEarlierVersions,
  unreadDialectKeywords,
  unusedKeywords,
} from './hints';
import { REASONS } from './reasons';
import { leftOutEverywhere, leftOutNote, scopeRules } from './scope-rules';
import { settle, usedKeywords, type Settled } from './settle';
import { viewsOf } from './views';
import { prefixOf } from './workspace-files';

/** What the new workspace consists of, and the report on how it came about. */
export interface Conversion {
  readonly settings: JsonObject;
  readonly environments: ReadonlyMap<string, JsonObject>;
  readonly artifacts: readonly FileChange[];
  readonly report: ConversionReport;
}

/** Converts a tree for the given environments, lowest first. Pure: nothing is read or written. */
export function convertTree(
  tree: IamctlTree,
  environments: readonly IamctlEnvironment[],
  kinds: readonly ProductKind[],
  processVariables: ProcessVariables,
): Conversion {
  const collected = collect(tree, environments, kinds, processVariables);
  const { drafts, doubles } = withoutDoubles(collected.drafts);
  const settled = settle(drafts, environments, kinds, processVariables);
  const rules = scopeRules(environments, kinds);
  const unprotect = drafts.filter(({ isShipped }) => isShipped).map(artifactText);
  return {
    settings: {
      ...(rules.kinds ? { kinds: [...rules.kinds] } : {}),
      ...(rules.protect.length > 0 ? { protect: [...rules.protect] } : {}),
      ...(unprotect.length > 0 ? { unprotect } : {}),
    },
    environments: settled.documents,
    artifacts: settled.files.map(({ file, text }) => ({ path: file, text })),
    report: {
      environments: environments.map(({ name }) => name),
      artifacts: convertedArtifacts(settled, [...collected.failed, ...doubles]),
      differences: allDifferences(drafts, environments, settled, processVariables),
      secrets: secretsOf(settled, environments),
      credentials: settled.credentials,
      notTaken: collected.notTaken,
      problems: [
        ...collected.problems,
        ...rules.problems,
        ...settled.problems,
        ...notes(settled),
        ...drafts.flatMap((draft) => lostPlaceholders(draft)),
        ...leftoverPlaceholders(drafts),
        ...skippedByEarlierVersions(drafts),
        ...absentFromFiles(drafts),
        ...unreadDialectKeywords(environments, drafts),
        ...unusedKeywords(environments, usedKeywords(settled.ready), drafts),
      ],
    },
  };
}

interface Collected {
  readonly drafts: readonly Draft[];
  readonly failed: readonly FailedArtifact[];
  readonly notTaken: readonly NotTaken[];
  readonly problems: readonly Problem[];
}

type FailedArtifact = ArtifactName & { readonly source: string; readonly problem: string };

function collect(
  tree: IamctlTree,
  environments: readonly IamctlEnvironment[],
  kinds: readonly ProductKind[],
  processVariables: ProcessVariables,
): Collected {
  const dialects = environments.flatMap(({ keywords }) => [...keywords.own.values()].flatMap((own) => [...own.keys()]));
  const drafts: Draft[] = [];
  const failed: FailedArtifact[] = [];
  const notTaken: NotTaken[] = [...tree.notTaken];
  const problems: Problem[] = [...tree.problems];
  for (const resource of tree.resources) {
    const name = { type: resource.type, names: configuredNames(resource, dialects) };
    const views = viewsOf(environments, name, processVariables);
    if (leftOutEverywhere(views)) {
      notTaken.push(leftOutNote(resource));
      continue;
    }
    const drafted = draftsOf(resource, views, kinds);
    drafts.push(...drafted.drafts);
    failed.push(...drafted.failed.map((one) => ({ ...one, source: resource.file })));
    notTaken.push(...drafted.notTaken);
    problems.push(...drafted.problems);
  }
  return { drafts, failed, notTaken, problems };
}

/** After a change of format the old files stay, and IAM-CTL imports both; which of them is right cannot be told. */
function withoutDoubles(drafts: readonly Draft[]): { drafts: Draft[]; doubles: FailedArtifact[] } {
  const byName = new Map<string, Draft[]>();
  for (const draft of drafts) byName.set(artifactText(draft), [...(byName.get(artifactText(draft)) ?? []), draft]);
  const doubles = [...byName.values()].filter((same) => same.length > 1);
  return {
    drafts: [...byName.values()].flatMap((same) => (same.length === 1 ? same : [])),
    doubles: doubles.flatMap((same) =>
      same.map(({ kind, key, resource }) => ({
        kind,
        key,
        source: resource.file,
        problem: `It is in several files: ${same.map((draft) => draft.resource.file).join(', ')}. Keep one of them and run again.`,
      })),
    ),
  };
}

function convertedArtifacts(settled: Settled, failed: readonly FailedArtifact[]): ConversionReport['artifacts'] {
  const converted = settled.files.map(({ draft: { kind, key, resource }, file }) => ({
    kind,
    key,
    source: resource.file,
    file,
  }));
  const unsettled = settled.failed.map(({ draft: { kind, key, resource }, problem }) => ({
    kind,
    key,
    source: resource.file,
    problem,
  }));
  return [
    ...converted,
    ...unsettled,
    ...failed.map(({ kind, key, source, problem }) => ({ kind, key, source, problem })),
  ];
}

function allDifferences(
  drafts: readonly Draft[],
  environments: readonly IamctlEnvironment[],
  { variables }: Settled,
  processVariables: ProcessVariables,
): ConversionDifference[] {
  const byResource = new Map<ResourceFile, Draft[]>();
  for (const draft of drafts) byResource.set(draft.resource, [...(byResource.get(draft.resource) ?? []), draft]);
  const isConfidential = (keyword: string): boolean => variables.isConfidential(keyword);
  return [
    ...unreadableConfigs(drafts, environments),
    ...[...byResource.values()].flatMap((own) => differencesIn({ drafts: own, isConfidential, processVariables })),
  ];
}

function unreadableConfigs(
  drafts: readonly Draft[],
  environments: readonly IamctlEnvironment[],
): ConversionDifference[] {
  return environments
    .filter(({ name }) =>
      drafts.some(({ views }) => views.some((view) => view.name === name && view.iamctl.state === 'unreadable')),
    )
    .map(({ name, keywords }) => ({
      reason: 'config-unreadable',
      environment: name,
      place: { file: keywords.file },
      keywords: [...keywords.shared].flatMap(([keyword, value]) =>
        typeof value === 'string' && referencesIn(value).length > 0 ? [keyword] : [],
      ),
      sent: 'nothing: it cannot read its configuration',
      sends: 'the values as they are',
      why: REASONS['config-unreadable'],
    }));
}

function secretsOf({ ready, variables }: Settled, environments: readonly IamctlEnvironment[]): ConversionSecret[] {
  const variablesOf = (name: string): ConversionSecret['variables'] =>
    environments.map((environment) => ({
      environment: environment.name,
      name: `${prefixOf(environment.name)}${secretVariable(name)}`,
    }));
  const inArtifacts = ready.flatMap(({ draft, secrets }) =>
    secrets.map(({ name, path, from }) => ({
      name,
      artifact: artifactText(draft),
      path,
      source: sourceText(draft.resource.file, from),
      variables: variablesOf(name),
    })),
  );
  const inKeywords = variables.secretKeywords.map(({ keyword, secret }) => ({
    name: secret,
    source: `keyword ${keyword}`,
    variables: variablesOf(secret),
  }));
  return [...inArtifacts, ...inKeywords];
}

function sourceText(file: string, from: 'mask' | 'clear' | readonly string[]): string {
  if (from === 'mask') return `masked in ${file}`;
  return from === 'clear' ? `in clear in ${file}` : `keyword ${from.join(', ')}`;
}

function notes({ ready }: Settled): Problem[] {
  return ready.flatMap(({ draft, unknown, isFilledIn }) => [
    ...unknown.map((path) =>
      infoProblem(
        'iamctl-not-carried',
        `${artifactText(draft)}: ${path} is not carried: no file of Liftlock holds it`,
        {
          place: { file: draft.resource.file },
        },
      ),
    ),
    ...(isFilledIn && draft.marks.occurrences.length > 0
      ? [
          infoProblem(
            'iamctl-filled-in',
            `${artifactText(draft)}: keywords were filled in, and what differs became overrides`,
            {
              place: { file: draft.resource.file },
              hint: 'They stand where a placeholder cannot: in field names, in numbers of product files, or around several fields.',
            },
          ),
        ]
      : []),
  ]);
}
