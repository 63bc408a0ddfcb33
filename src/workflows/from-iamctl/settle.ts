import type { IamctlEnvironment } from '../../iamctl/description';
import type { ProcessVariables } from '../../iamctl/process-references';
import type { JsonObject } from '../../model/json';
import type { Problem } from '../../model/problem';
import type { ProductKind } from '../../products/product';
import { yamlText } from '../../workspace/yaml-text';
import type { Draft } from './drafts';
import { filledIn, placeholdersOf, withPlaceholders, type Prepared } from './template';
import { Variables } from './variables';
import { findingsFor, readBack } from './verification';
import { artifactFiles, environmentDocument, type ArtifactFile, type Credential } from './workspace-files';

/** The new workspace, checked artifact by artifact. */
export interface Settled {
  readonly ready: readonly Prepared[];
  readonly files: readonly ArtifactFile[];
  readonly documents: ReadonlyMap<string, JsonObject>;
  readonly credentials: readonly Credential[];
  readonly variables: Variables;
  /** Artifacts that would not be what their keywords say, and why. */
  readonly failed: readonly { readonly draft: Draft; readonly problem: string }[];
  /** Mistakes in the environment files themselves. */
  readonly problems: readonly Problem[];
}

/** How an artifact is written: with placeholders, or, where these cannot say it, filled in for each environment. */
type Manner = 'placeholders' | 'filled-in' | 'failed';

/**
 * Makes the files, renders them for every environment and compares the result with what is meant. An artifact that comes
 * out different is written in another manner, and left out when that does not help either.
 */
export function settle(
  drafts: readonly Draft[],
  environments: readonly IamctlEnvironment[],
  kinds: readonly ProductKind[],
  processVariables: ProcessVariables,
): Settled {
  const manners = new Map<Draft, Manner>(drafts.map((draft) => [draft, 'placeholders']));
  const reasons = new Map<Draft, string>();
  for (;;) {
    const made = make(manners, reasons, environments, kinds);
    const { environments: read, problems } = readBack(texts(made.documents));
    const worse = made.files.flatMap((file) => {
      const prepared = made.ready.find(({ draft }) => draft === file.draft);
      const found = prepared ? findingsFor(file, prepared, read, made.variables, processVariables) : [];
      const [first] = found;
      return first ? [{ draft: file.draft, first }] : [];
    });
    for (const { draft, first } of worse) {
      manners.set(draft, manners.get(draft) === 'placeholders' ? 'filled-in' : 'failed');
      reasons.set(draft, first.environment === '' ? first.message : `${first.environment}: ${first.message}`);
    }
    if (worse.length > 0) continue;
    const failed = [...manners].filter(([, manner]) => manner === 'failed');
    return {
      ...made,
      problems,
      failed: failed.map(([draft]) => ({ draft, problem: reasons.get(draft) ?? 'it cannot be carried over' })),
    };
  }
}

type Made = Omit<Settled, 'failed' | 'problems'>;

function make(
  manners: Map<Draft, Manner>,
  reasons: Map<Draft, string>,
  environments: readonly IamctlEnvironment[],
  kinds: readonly ProductKind[],
): Made {
  const taken = new Set<string>();
  const ready: Prepared[] = [];
  for (const [draft, manner] of manners) {
    if (manner === 'failed') continue;
    const marked = manner === 'placeholders' ? withPlaceholders(draft, taken) : undefined;
    const prepared = marked ?? filledIn(draft, taken);
    if (prepared) ready.push(prepared);
    if (!marked) manners.set(draft, prepared ? 'filled-in' : 'failed');
    if (!prepared && !reasons.has(draft)) reasons.set(draft, NOT_SAYABLE);
  }
  const variables = new Variables(environments, confidentialKeywords(ready), taken);
  for (const prepared of ready) {
    for (const occurrence of placeholdersOf(prepared)) variables.announce(prepared.draft, occurrence);
  }
  const files = artifactFiles(ready, kinds, variables);
  const documents = new Map<string, JsonObject>();
  const credentials: Credential[] = [];
  for (const environment of environments) {
    const made = environmentDocument(environment, variables, ready);
    documents.set(environment.name, made.document);
    credentials.push(...made.credentials);
  }
  return { ready, files, documents, credentials, variables };
}

const NOT_SAYABLE = 'fields are missing in some environments, which a workspace cannot say';

/** Keywords that bring a secret somewhere: no file may hold their values. */
function confidentialKeywords(ready: readonly Prepared[]): Set<string> {
  return new Set(ready.flatMap(({ secrets }) => secrets.flatMap(({ from }) => (Array.isArray(from) ? from : []))));
}

function texts(documents: ReadonlyMap<string, JsonObject>): Map<string, string> {
  return new Map([...documents].map(([name, document]) => [name, yamlText(document)]));
}

/** Keywords whose variables the new workspace uses. */
export function usedKeywords(ready: readonly Prepared[]): Set<string> {
  return new Set(ready.flatMap((prepared) => placeholdersOf(prepared).map(({ keyword }) => keyword)));
}
