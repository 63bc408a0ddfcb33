import { mapAt } from '../../../compare/canonical';
import { isObject, type Json, type JsonObject } from '../../../model/json';
import { inVersions, keyOf, type Kind } from '../../../model/kind';
import { patternOf } from '../../../model/path';
import { failure, type Place } from '../../../model/problem';
import type { ProductFileKind } from '../../../service-provider-files/kinds';
import type { ProductFile } from '../../../service-provider-files/read';
import { treeOfRelease } from '../../../service-provider-files/release';
import type { FileArtifact, FromFile, NamedValue, NotConverted, ToFile } from '../../product-files';
import { joinCallbacks } from '../application/callbacks';
import { LOCAL_DIALECT } from '../claim-ids';
import { applicationFromFile } from '../../../service-provider-files/translation/application-from-file';
import { applicationToFile } from '../../../service-provider-files/translation/application-to-file';
import { claimsFromDialect, dialectToFile } from './claims';
import { identityProviderFromFile } from './identity-provider-from-file';
import { identityProviderToFile } from './identity-provider-to-file';
import { isResidentFile, residentFromFile } from './resident-from-file';
import {
  Entry,
  Ledger,
  saysNothing,
  type LeftOut,
  type Steps,
} from '../../../service-provider-files/translation/ledger';
import { reasonFor, reasonForFile } from './reasons';

/**
 * The artifacts of a file that the product exported. `name` stands in where the file has none, as in a template of
 * service providers. Throws for a file without a name.
 */
export function artifactsFromFile(file: ProductFile, kinds: readonly Kind[], name?: string): FromFile {
  const root = name === undefined ? file.root : { ...file.root, [NAMES[file.kind]]: name };
  const ledger = new Ledger();
  const confidential: string[] = [];
  const found = valuesOf(file.kind, new Entry(root, ledger), confidential);
  const artifacts = found.flatMap(({ kind, value }): FileArtifact[] => {
    const declared = kinds.find((candidate) => candidate.name === kind);
    const key = declared ? keyOf(declared, value) : textAt(root, [NAMES[file.kind]]).trim();
    if (key === undefined || key === '') throw nameless(file);
    return [{ kind, key, value, confidential }];
  });
  const left = asWholes(ledger.leftOut(root, reasonFor), file);
  return { artifacts, notConverted: together(left, (steps) => file.place(steps)) };
}

/** An element that is not known is one finding, however much is in it. */
function asWholes(left: readonly LeftOut[], file: ProductFile): LeftOut[] {
  const seen = new Set<string>();
  return left.flatMap((entry): LeftOut[] => {
    const steps = file.strangerAround(entry.steps);
    if (steps === undefined) return [entry];
    if (OFF.test(textAt(file.root, entry.steps))) return [];
    const key = JSON.stringify(steps);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ steps, ...reasonFor(steps) }];
  });
}

/** What is not known is read as texts, so that these words say what `false`, 0 and null say elsewhere. */
const OFF = /^\s*(?:false|0|null)\s*$/;

function textAt(root: Json, steps: Steps): string {
  const value = valueAt(root, steps);
  return typeof value === 'string' ? value : '';
}

function valueAt(root: Json, steps: Steps): Json | undefined {
  return steps.reduce<Json | undefined>((node, step) => {
    if (Array.isArray(node)) return typeof step === 'number' ? node[step] : undefined;
    return isObject(node) ? node[step] : undefined;
  }, root);
}

const NAMES = {
  application: 'applicationName',
  'identity-provider': 'identityProviderName',
  'claim-dialect': 'dialectURI',
} as const satisfies Record<ProductFileKind, string>;

function valuesOf(kind: ProductFileKind, root: Entry, confidential: string[]): NamedValue[] {
  if (kind === 'application') return [{ kind, value: applicationFromFile(root) }];
  if (kind === 'identity-provider' && isResidentFile(root))
    return [{ kind: 'resident-identity-provider', value: residentFromFile(root) }];
  if (kind === 'identity-provider') return [{ kind, value: identityProviderFromFile(root, confidential) }];
  return claimsFromDialect(root);
}

function nameless(file: ProductFile): Error {
  return failure('missing-key', `The file has no ${NAMES[file.kind]}, so there is nothing to call it by`, {
    place: file.place([]),
    hint: 'Give it a name with --name; a template of the console has none.',
  });
}

/**
 * Canonical artifacts as trees of files that servers of a version read. Claims go into one file for each dialect. What
 * there is no element for, at all or in that version, is named.
 */
export function filesFromArtifacts(artifacts: readonly NamedValue[], version: string): ToFile[] {
  return allFiles(artifacts).map((file) => ofRelease(file, version));
}

function ofRelease(file: ToFile, version: string): ToFile {
  const { root, left } = treeOfRelease(file.kind, file.root, version);
  const why = `files of ${version} have no element for it`;
  const lost = left.filter((steps) => !saysNothing(valueAt(file.root, steps))).map((steps) => ({ steps, why }));
  const notConverted = [...file.notConverted, ...together([...lost, ...passedOver(file, version)])];
  return { ...file, root, notConverted };
}

/** Before 7.1 an import creates the application from its name and description, and an update does not make it one (IsManagementApp). */
function passedOver({ kind, root }: ToFile, version: string): LeftOut[] {
  if (kind !== 'application' || root['managementApp'] !== true || inVersions(version, { since: '7.1' })) return [];
  return [{ steps: ['isManagementApp'], why: `an import of ${version} makes no management application` }];
}

function allFiles(artifacts: readonly NamedValue[]): ToFile[] {
  const single = artifacts.flatMap(({ kind, value }): ToFile[] => {
    if (kind !== 'application' && kind !== 'identity-provider') return [];
    const ledger = new Ledger();
    const root =
      kind === 'application'
        ? applicationToFile(new Entry(withOneCallback(value), ledger))
        : identityProviderToFile(new Entry(value, ledger));
    return [{ kind, key: String(value.name), root, notConverted: together(ledger.leftOut(value, reasonForFile)) }];
  });
  return [...single, ...dialects(artifacts)];
}

/** Several callback URLs are one expression in a file, as over the wire. */
function withOneCallback(value: JsonObject): JsonObject {
  const entries = mapAt(value, CALLBACKS, (urls) => (Array.isArray(urls) ? joinCallbacks(urls) : urls));
  return isObject(entries) ? entries : value;
}

const CALLBACKS = patternOf('inboundProtocolConfiguration.oidc.callbackURLs');

function dialects(artifacts: readonly NamedValue[]): ToFile[] {
  const byDialect = new Map<string, NamedValue[]>();
  for (const artifact of artifacts) {
    const uri = dialectOf(artifact);
    if (uri === undefined) continue;
    const list = byDialect.get(uri) ?? [];
    byDialect.set(uri, artifact.kind === 'claim-dialect' ? list : [...list, artifact]);
  }
  return [...byDialect].map(([key, claims]) => {
    const entries = claims.map(({ value }) => ({ value, ledger: new Ledger() }));
    const root = dialectToFile(
      key,
      entries.map(({ value, ledger }) => new Entry(value, ledger)),
    );
    const left = entries.flatMap(({ value, ledger }) => ledger.leftOut(value, reasonForFile));
    return { kind: 'claim-dialect', key, root, notConverted: together(left) };
  });
}

function dialectOf({ kind, value }: NamedValue): string | undefined {
  if (kind === 'local-claim') return LOCAL_DIALECT;
  if (kind === 'claim-dialect') return String(value.dialectURI);
  return kind === 'external-claim' ? String(value.claimDialectURI) : undefined;
}

/** Equal findings in a list are one, with their number. */
function together(left: readonly LeftOut[], placeOf?: (steps: Steps) => Place): NotConverted[] {
  const groups = new Map<string, NotConverted & { count: number }>();
  for (const { steps, why, meaningless = false } of left) {
    const element = pattern(steps);
    const group = groups.get(`${element}\n${why}`);
    if (group) groups.set(`${element}\n${why}`, { ...group, count: group.count + 1 });
    else {
      const place = placeOf?.(steps);
      groups.set(`${element}\n${why}`, { element, why, count: 1, meaningless, ...(place ? { place } : {}) });
    }
  }
  return [...groups.values()].sort((a, b) => (a.element < b.element ? -1 : a.element > b.element ? 1 : 0));
}

function pattern(steps: Steps): string {
  return steps.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
