import { canonicalise } from '../compare/canonical';
import { artifactText, type Artifact, type ArtifactName } from '../model/artifact';
import { isObject, type Json, type JsonObject } from '../model/json';
import { compareVersions, isMask, isSystemKey, type Kind } from '../model/kind';
import { parseLists, valueAt, withValueAt } from '../model/lists';
import { patternOf } from '../model/path';
import type { Remark } from '../model/plan';
import type { Listed, NeededId, Product, ProductKind, Server, WriteRequest } from '../products/product';
import type { Copy, CopiedArtifact } from '../sandbox/copied';
import type { SeedRequest } from '../sandbox/seeding';
import { VERSIONS, type Version } from '../sandbox/versions';
import type { DesiredState } from './desired';
import { listKind, protectionOf, readEach, type LiveArtifact } from './live';

/** Stands in the copy for a secret that the server does not show and nobody knows here. */
export const WITHHELD = 'withheld-by-the-server';

/** Everything that a server has, as it was read. Holds secrets: keep it in memory only. */
export interface ServerContent {
  readonly artifacts: ReadonlyMap<string, ReadArtifact>;
  readonly referents: readonly Artifact[];
  readonly unread: readonly Remark[];
  /** What is there and cannot be read. */
  readonly unreadable: readonly Remark[];
}

export interface ReadArtifact extends LiveArtifact {
  readonly listed: Listed;
}

/** What a sandbox is to be started with to stand for an environment, and what of the environment is not in it. */
export interface EnvironmentCopy {
  readonly version: Version;
  readonly copy: Copy;
  /** The server shows no client secrets, so the copy shows none either. */
  readonly hashedSecrets: boolean;
  /** How many of each kind. */
  readonly counts: readonly { readonly kind: string; readonly count: number }[];
  readonly notCopied: readonly Remark[];
}

/** Reads all artifacts of all kinds, the product's own too, and what they refer to. Writes nothing. */
export async function readServer(
  server: Server,
  product: Product,
  kinds: readonly ProductKind[],
  onProgress?: (done: number, total: number) => void,
): Promise<ServerContent> {
  const artifacts = new Map<string, ReadArtifact>();
  const unreadable: Remark[] = [];
  for (const kind of kinds) {
    if (kind.since !== undefined && compareVersions(server.version, kind.since) < 0) continue;
    const listed = [...(await listKind(server, kind)).values()];
    let done = 0;
    const read = await readEach<ReadArtifact | undefined>(server, kind, listed, {
      work: (live, item) => {
        onProgress?.(++done, listed.length);
        return live && { ...live, listed: item };
      },
      unreadable: ({ message }, { key }) => {
        unreadable.push({ kind: kind.name, key, why: message });
        return undefined;
      },
    });
    // In the order of the list, which is that of creation on most servers.
    for (const artifact of read) if (artifact) artifacts.set(artifactText(artifact), artifact);
  }
  const { found, unread } = await product.referents.read(server);
  return { artifacts, referents: found, unread, unreadable };
}

/** The copy of a server. `known` are rendered files: a secret that the server withholds may stand there. */
export function copyOfServer(
  content: ServerContent,
  about: { readonly product: Product; readonly kinds: readonly ProductKind[]; readonly version: string },
  known: DesiredState,
): EnvironmentCopy {
  const files = new Map(known.artifacts.map((artifact) => [artifactText(artifact), artifact.value]));
  const withheld: Remark[] = [];
  const shown: ArtifactName[] = [];
  const needed: NeededId[] = [];
  const artifacts = [...content.artifacts.values()].flatMap((artifact): CopiedArtifact[] => {
    const kind = about.kinds.find((candidate) => candidate.name === artifact.kind);
    if (!kind) return [];
    const filled = withSecrets(kind, artifact, files.get(artifactText(artifact)), about.version);
    withheld.push(...filled.withheld);
    if (filled.isShown) shown.push(artifact);
    const ids = about.product.referents.needed(artifact.current);
    needed.push(...ids);
    return [copied(kind, artifact, filled.value, ids, about.version)];
  });
  const uncertain = content.unread.map(({ kind }) => kind);
  const assumed = needed.map(({ referent, id }) => (id ? withReferentId(referent, id) : referent));
  const referents = [...content.referents, ...mergedReferents(assumed.filter(({ kind }) => uncertain.includes(kind)))];
  return {
    ...versionFor(about.version),
    copy: { isWhole: true, artifacts, referents, uncertain },
    hashedSecrets: withheld.some(({ path }) => path?.endsWith('.clientSecret')) && shown.length === 0,
    counts: countsOf([...artifacts, ...content.referents]),
    notCopied: [
      ...versionRemarks(about.version),
      ...content.unread.map((remark) => ({ ...remark, why: `${remark.why}; only what artifacts name is assumed` })),
      ...content.unreadable,
      ...[...content.artifacts.values()].flatMap(({ remarks }) => remarks),
      ...withheld,
    ],
  };
}

/** The copy of what rendered files say, on top of what the product ships with; what they refer to is assumed. */
export function copyOfFiles(
  desired: DesiredState,
  about: { readonly product: Product; readonly kinds: readonly ProductKind[]; readonly version: string },
): EnvironmentCopy {
  const order = about.kinds.map(({ name }) => name);
  const sorted = [...desired.artifacts].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const needed: NeededId[] = [];
  const artifacts = sorted.flatMap((artifact): CopiedArtifact[] => {
    const kind = about.kinds.find((candidate) => candidate.name === artifact.kind);
    if (!kind) return [];
    const value = canonicalise(kind, artifact.value, about.version);
    const ids = about.product.referents.needed(value);
    needed.push(...ids);
    const item = { ...artifact, listed: { id: '', key: artifact.key } };
    const { id: _none, ...rest } = copied(kind, { ...item, id: '', current: {} }, value, ids, about.version);
    return [rest];
  });
  const assumed = mergedReferents(needed.map(({ referent }) => referent));
  const secrets = desired.artifacts.flatMap(({ kind, key, unknownSecrets }) =>
    unknownSecrets.map((path) => ({ kind, key, path, why: 'the secret is not available here; the copy has another' })),
  );
  return {
    ...versionFor(about.version),
    copy: { isWhole: false, artifacts, referents: assumed, uncertain: ['user-store', 'api-resource', 'role'] },
    hashedSecrets: false,
    counts: countsOf([...artifacts, ...assumed]),
    notCopied: [
      ...versionRemarks(about.version),
      ...assumed.map(({ kind, key }) => ({
        kind,
        key,
        why: 'in no file; where the product does not ship it, it is what applications ask of it',
      })),
      ...secrets,
    ],
  };
}

function copied(
  kind: ProductKind,
  artifact: Pick<ReadArtifact, 'key' | 'id' | 'listed' | 'current'>,
  desired: JsonObject,
  needed: readonly NeededId[],
  version: string,
): CopiedArtifact {
  const ids = new Map(
    needed.map(({ name, referent, id }) => [name, id ?? `{${referent.kind}:${referent.key}}`] as const),
  );
  const requests = kind.calls.create({ kind: kind.name, key: artifact.key, desired, differences: [], version, ids });
  return {
    kind: kind.name,
    key: artifact.key,
    id: artifact.id,
    isReserved: isSystemKey(kind, artifact.key, version) && protectionOf(kind, artifact.listed, version) !== undefined,
    isReadOnly: artifact.current.access === 'READ',
    requests: requests.map(seedRequest),
  };
}

/** Below the mount, each segment encoded, `{id}` as it is. */
function seedRequest({ method, path, body }: WriteRequest): SeedRequest {
  const isScim = path[0] === 'scim2';
  const below = path.slice(isScim ? 2 : 3).map((part) => (part === '{id}' ? part : encodeURIComponent(part)));
  return {
    verb: method,
    mount: isScim ? '/scim2/v2' : '/api/server/v1',
    path: `/${below.join('/')}`,
    ...(body === undefined ? {} : { body }),
  };
}

/** The canonical value with something in the place of each secret that the server does not show. */
function withSecrets(
  kind: Kind,
  artifact: ReadArtifact,
  file: JsonObject | undefined,
  version: string,
): { value: JsonObject; withheld: Remark[]; isShown: boolean } {
  const { kind: kindName, key } = artifact;
  const why = 'the server does not show the secret; the copy has another in its place';
  const withheld: Remark[] = [];
  const unmasked = withoutMasks(artifact.current) as JsonObject;
  let value = unmasked === artifact.current ? artifact.value : canonicalise(kind, unmasked, version);
  if (unmasked !== artifact.current) withheld.push({ kind: kindName, key, why });
  const lists = parseLists(kind.lists);
  let isShown = false;
  for (const path of chosenSecrets(kind)) {
    const at = patternOf(path);
    const block = valueAt(value, at.slice(0, -1), lists);
    if (!isObject(block)) continue;
    if (valueAt(value, at, lists) !== undefined) isShown = true;
    else {
      const filled = withValueAt(value, at, (file && valueAt(file, at, lists)) ?? WITHHELD, lists);
      if (isObject(filled)) value = filled;
      // A public client proves nothing by its secret, so servers need not have one.
      if (block.publicClient !== true) withheld.push({ kind: kindName, key, path, why });
    }
  }
  return { value, withheld, isShown };
}

/** Secrets that every artifact with the block around them has, because the server makes them where nobody else does. */
function chosenSecrets(kind: Kind): string[] {
  return kind.secrets
    .map(({ path }) => path)
    .filter((path) => kind.chosenByServer.includes(path) && !/[[*]/.test(path));
}

/** The same value when there is no mask in it. */
function withoutMasks(value: Json): Json {
  if (isMask(value)) return WITHHELD;
  if (Array.isArray(value)) {
    const items = value.map(withoutMasks);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([field, inner]) => [field, withoutMasks(inner)] as const);
  return entries.some(([field, inner]) => inner !== value[field]) ? Object.fromEntries(entries) : value;
}

function withReferentId(referent: Artifact, id: string): Artifact {
  return { ...referent, value: { ...referent.value, id } };
}

/** One for each name, with the scopes of all. */
function mergedReferents(referents: readonly Artifact[]): Artifact[] {
  const merged = new Map<string, Artifact>();
  for (const referent of referents) {
    const known = merged.get(artifactText(referent));
    const scopes = [known, referent].flatMap((each) => (Array.isArray(each?.value.scopes) ? each.value.scopes : []));
    const named = [...new Set(scopes.map((scope) => (isObject(scope) ? scope.name : scope)))];
    merged.set(artifactText(referent), {
      ...referent,
      value: { ...referent.value, scopes: named.map((name) => ({ name: name ?? '' })) },
    });
  }
  return [...merged.values()];
}

function countsOf(items: readonly ArtifactName[]): { kind: string; count: number }[] {
  const kinds = [...new Set(items.map(({ kind }) => kind))];
  return kinds.map((kind) => ({ kind, count: items.filter((item) => item.kind === kind).length }));
}

/** The release of the sandbox that stands for a version: the same one, or the newest that is not newer. */
function versionFor(version: string): { version: Version } {
  const releases = VERSIONS.filter((release) => release !== 'next');
  const fitting = releases.findLast((release) => compareVersions(release, version) <= 0) ?? '5.11';
  const isNewer = compareVersions(version, '7.4') >= 0;
  return { version: isNewer ? 'next' : fitting };
}

function versionRemarks(version: string): Remark[] {
  const found = versionFor(version).version;
  if (found === 'next' || compareVersions(version, found) === 0) return [];
  return [{ kind: 'server', key: `version ${version}`, why: `the sandbox stands in as version ${found}` }];
}
