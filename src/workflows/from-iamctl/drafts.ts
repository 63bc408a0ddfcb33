import type { ArtifactName } from '../../model/artifact';
import type { JsonObject } from '../../model/json';
import { isSystemKey, keyOf } from '../../model/kind';
import type { Fault, NotTaken, ResourceFile } from '../../iamctl/description';
import { MASK, type Marks } from '../../iamctl/marks';
import { Meaning } from '../../iamctl/meaning';
import { APPLICATIONS } from '../../iamctl/resource-types';
import { warningProblem, type Problem } from '../../model/problem';
import type { ProductKind } from '../../products/product';
import { kindsOfType, type ResourceItem } from '../../products/wso2-is/iamctl-resources';
import { fillItems, markedResource, type MarkedResource } from './marked-resource';
import type { EnvironmentView } from './views';

/** One artifact on its way: what its file says with placeholders as marks, and what that means in each environment. */
export interface Draft extends ArtifactName {
  readonly definition: ProductKind;
  readonly resource: ResourceFile;
  readonly views: readonly EnvironmentView[];
  readonly marks: Marks;
  /**
   * Marked, by environment: the same for all, unless keywords had to be filled in. Empty where they are more than
   * values, so that only filled-in texts can be read.
   */
  readonly variants: ReadonlyMap<string, JsonObject>;
  /** The first of the variants. */
  readonly marked?: JsonObject;
  /** What is meant, by environment. */
  readonly meant: ReadonlyMap<string, JsonObject>;
  /** Keyed paths that the file itself calls confidential. */
  readonly confidential: readonly string[];
  readonly isShipped: boolean;
}

export interface Drafted {
  readonly drafts: readonly Draft[];
  readonly failed: readonly (ArtifactName & { readonly problem: string })[];
  readonly notTaken: readonly NotTaken[];
  readonly problems: readonly Problem[];
}

const NOTHING: Drafted = { drafts: [], failed: [], notTaken: [], problems: [] };

/** The artifacts of a resource file. A file that cannot be read for some environment is a failed artifact. */
export function draftsOf(
  resource: ResourceFile,
  views: readonly EnvironmentView[],
  kinds: readonly ProductKind[],
): Drafted {
  const read = markedResource(resource, views, kinds);
  if ('fault' in read) return { ...NOTHING, failed: [unreadable(resource, read.fault)] };
  const { marks, variants } = read;
  const meant = new Map(
    views.map((view) => [view.name, fillItems(variants.get(view.name) ?? [], new Meaning(marks, view.meant))] as const),
  );
  const problems = [
    ...read.longNumbers.map((number) => longNumber(resource, number)),
    ...read.notConverted.map(notConverted),
  ];
  return { ...merged(resource, views, kinds, meant, read), problems };
}

/** One draft for each artifact that all environments agree on. */
function merged(
  resource: ResourceFile,
  views: readonly EnvironmentView[],
  kinds: readonly ProductKind[],
  meant: ReadonlyMap<string, readonly ResourceItem[]>,
  read: MarkedResource,
): Drafted {
  const drafts: Draft[] = [];
  const failed: (ArtifactName & { problem: string })[] = [];
  const notTaken: NotTaken[] = [];
  const first = meant.get(views[0]?.name ?? '') ?? [];
  for (const [index, item] of first.entries()) {
    const definition = kinds.find(({ name }) => name === item.kind);
    if (!definition) continue;
    if (isResidentApplication(resource, item)) {
      notTaken.push({
        source: resource.file,
        why: 'the provisioning of the server itself; Liftlock does not manage it',
      });
      continue;
    }
    const key = keyOf(definition, item.value);
    const name = { kind: item.kind, key: key ?? '' };
    const own = new Map(views.map((view) => [view.name, meant.get(view.name)?.[index]?.value ?? {}]));
    const keys = new Set([...own.values()].map((value) => keyOf(definition, value)));
    if (key !== undefined && /[\r\n]/.test(key)) {
      failed.push({ ...name, key: resource.name, problem: WRAPPED });
      continue;
    }
    if (key === undefined || keys.size > 1) {
      failed.push({ ...name, key: key ?? resource.name, problem: keyProblem(definition, [...keys]) });
      continue;
    }
    const isShipped =
      item.isShipped === true || isSystemKey(definition, key) || definition.isSystem?.(item.value) === true;
    const variants = variantsOf(definition, read, index, item.value);
    const [marked] = variants.values();
    drafts.push({
      ...name,
      definition,
      resource,
      views,
      marks: read.marks,
      variants,
      meant: own,
      confidential: item.confidential ?? [],
      isShipped,
      ...(marked ? { marked } : {}),
    });
  }
  const taken = drafts.filter((draft) => !draft.isShipped || usesKeywords(draft));
  const shipped = drafts.length - taken.length;
  if (shipped > 0) notTaken.push(shippedNote(resource, shipped));
  return { drafts: taken, failed, notTaken, problems: [] };
}

/** Seen in XML that was written as if it were YAML: texts are broken where a line got long. */
const WRAPPED =
  'Its name has a line break. Exports of XML by IAM-CTL before 2.0 break texts into lines; export it again as YAML.';

/** IAM-CTL exports the resident application beside the others: nothing but where the server provisions to (reference §2.1.8). */
function isResidentApplication({ type }: ResourceFile, { value }: ResourceItem): boolean {
  const fields = Object.keys(value).filter((field) => field !== 'authorizedAPIs');
  return type === APPLICATIONS && fields.length === 1 && fields[0] === 'provisioningConfigurations';
}

function variantsOf(
  kind: ProductKind,
  { isMarked, variants }: MarkedResource,
  index: number,
  meant: JsonObject,
): Map<string, JsonObject> {
  const entries = [...variants].flatMap(([name, items]) => {
    const value = items[index]?.value;
    return value ? [[name, withKey(kind, value, meant)] as const] : [];
  });
  return new Map(isMarked ? entries : []);
}

/** The key names the artifact in every environment, so it is written out; it was found to be the same everywhere. */
function withKey(kind: ProductKind, marked: JsonObject, meant: JsonObject): JsonObject {
  const fields = kind.keyFields.map((field) => [field, meant[field] ?? null] as const);
  return { ...marked, ...Object.fromEntries(fields) };
}

function usesKeywords({ marked, marks }: Draft): boolean {
  return marked === undefined || marks.within(marked).some(({ keyword }) => keyword !== MASK);
}

function shippedNote(resource: ResourceFile, count: number): NotTaken {
  const what = count === 1 ? 'artifact' : 'artifacts';
  return {
    source: resource.file,
    why: `${count} ${what} that the product brings along, without keywords; to manage one, release it with "unprotect" and export it`,
  };
}

function keyProblem(kind: ProductKind, keys: readonly (string | undefined)[]): string {
  const [field = 'name'] = kind.keyFields;
  if (keys.every((key) => key === undefined)) return `The file has no "${field}", which names the artifact`;
  return `"${field}" differs between environments (${keys.map(String).join(', ')}); an artifact has one name everywhere`;
}

function longNumber(resource: ResourceFile, number: string): Problem {
  return warningProblem('iamctl-long-number', `${number} has more digits than IAM-CTL keeps: it may be wrong already`, {
    place: { file: resource.file },
    hint: 'Its exports write large numbers with an exponent or rounded. Compare it with the server; it is carried as a text.',
  });
}

function notConverted({ element, why, place }: { element: string; why: string; place: Problem['place'] }): Problem {
  return warningProblem('iamctl-not-carried', `${element} is not carried: ${why}`, place ? { place } : {});
}

function unreadable(resource: ResourceFile, { message, place }: Fault): Drafted['failed'][number] {
  const { file, line, column } = place;
  const where = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  const [kind = ''] = kindsOfType(resource.type);
  const hint = 'With its keywords filled in it cannot be read for every environment either';
  return { kind, key: resource.name, problem: `${where}: ${message}. ${hint}.` };
}
