import { canonicalise } from '../../../../src/compare/canonical';
import type { Json, JsonObject } from '../../../../src/model/json';
import { isObject } from '../../../../src/model/json';
import { keyOf } from '../../../../src/model/kind';
import { LiftlockError } from '../../../../src/model/problem';
import { settle } from '../../../../src/planning/settle';
import type { ProductKind, Server } from '../../../../src/products/product';
import { createServer } from '../../../../src/products/server';
import { wso2Is } from '../../../../src/products/wso2-is/product';
import { createTransport } from '../../../../src/transport/transport';
import { sendWrites } from '../../../../src/workflows/execute';
import { readArtifact, type LiveArtifact } from '../../../../src/workflows/live';

/** Where a server is; `ca` where its certificate is not signed by a public authority. */
interface Place {
  readonly url: string;
  readonly ca?: string;
  readonly user: string;
  readonly password: string;
  readonly version: string;
}

/** A server as Liftlock sees it, through its own transport. */
export async function connected({ url, ca, user, password, version }: Place): Promise<Server> {
  const connection = {
    environment: 'test',
    url,
    tenant: 'carbon.super',
    auth: { type: 'basic' as const, username: user, password },
    ...(ca === undefined ? {} : { tls: { ca } }),
  };
  const transport = await createTransport(connection, { scopes: Object.values(wso2Is.scopes(version)).flat() });
  return createServer({ environment: 'test', version }, transport);
}

/** What became of bringing the server to a value: what the server said against it, or where it reads back differently. */
export type Result =
  | { readonly ended: 'same'; readonly live: LiveArtifact }
  | { readonly ended: 'different'; readonly paths: readonly string[]; readonly live: LiveArtifact }
  | { readonly ended: 'refused'; readonly why: string };

/** Creates the artifact, or updates it where `before` is what the server has; then reads it back and compares. */
export async function bring(
  server: Server,
  kind: ProductKind,
  file: JsonObject,
  before: LiveArtifact | undefined,
): Promise<Result> {
  const key = keyOf(kind, file) ?? '';
  const wanted = canonicalise(kind, file, server.version);
  try {
    const id = await write(server, kind, key, wanted, before);
    const live = await readArtifact(server.fresh(), kind, { id: id ?? '', key });
    if (!live) return { ended: 'refused', why: 'it is not there after it was written' };
    const paths = leftToChange(kind, live, wanted);
    return paths.length === 0 ? { ended: 'same', live } : { ended: 'different', paths, live };
  } catch (error) {
    if (!(error instanceof LiftlockError)) throw error;
    return { ended: 'refused', why: error.message };
  }
}

async function write(
  server: Server,
  kind: ProductKind,
  key: string,
  wanted: JsonObject,
  before: LiveArtifact | undefined,
): Promise<string | undefined> {
  const base = { kind: kind.name, key, version: server.version, ids: new Map<string, string>() };
  if (!before) {
    const requests = kind.calls.create({ ...base, desired: wanted, differences: [] });
    return sendWrites(server, kind, { key }, requests, () => Promise.resolve());
  }
  const { desired, differences } = settled(kind, before, wanted);
  if (differences.length === 0) return before.id;
  const change = { ...base, desired, differences, live: before.value, current: before.current };
  return sendWrites(server, kind, { key, id: before.id }, kind.calls.update(change), () => Promise.resolve());
}

function settled(kind: ProductKind, live: LiveArtifact, wanted: JsonObject): ReturnType<typeof settle> {
  return settle(kind, live.value, wanted, { ignored: [], unknownSecrets: [], confidential: live.confidential });
}

function leftToChange(kind: ProductKind, live: LiveArtifact, wanted: JsonObject): string[] {
  return settled(kind, live, wanted).differences.map(({ path, change }) => `${path} (${change})`);
}

/** The value with its number in every text that asks for one. */
export function numbered(value: JsonObject, number: number): JsonObject {
  return inTexts(value, (text) => text.replaceAll('{n}', String(number))) as JsonObject;
}

function inTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((element) => inTexts(element, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, inTexts(inner, change)]));
}
