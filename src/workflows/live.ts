import { canonicalise } from '../compare/canonical';
import { artifactText, type ArtifactName } from '../model/artifact';
import type { JsonObject } from '../model/json';
import { isSystemKey, type Kind } from '../model/kind';
import type { Remark } from '../model/plan';
import { failure, unreadableProblem, type Problem } from '../model/problem';
import type { Listed, Live, ProductKind, Server } from '../products/product';
import { mapConcurrently } from './concurrent';
import { isRefusal } from './refusal';
import { turnTaker } from './turns';
import { withoutUnknownFields } from './unknown-fields';

/**
 * Reads in flight are limited by the transport, to 64 at the most; more are under way, so that it never waits for work on
 * what arrived.
 */
const READ_AHEAD = 72;

/** A live artifact ready for comparison. `current` is as it was read, with ids and secrets: keep it in memory only. */
export interface LiveArtifact extends ArtifactName {
  readonly id: string;
  readonly value: JsonObject;
  readonly current: JsonObject;
  readonly confidential: readonly string[];
  readonly remarks: readonly Remark[];
  /** Why it is left alone, where only what was read tells. */
  readonly protectedBecause?: string;
}

/** Lists a kind. Two artifacts with one key cannot be told apart, so that is an error and not a guess. */
export async function listKind(server: Server, kind: ProductKind): Promise<ReadonlyMap<string, Listed>> {
  const listed = await kind.calls.list(server);
  const byKey = new Map<string, Listed>();
  for (const item of listed) {
    if (byKey.has(item.key)) {
      throw failure(
        'ambiguous-key',
        `${server.environment} has two artifacts named ${artifactText({ kind: kind.name, key: item.key })}`,
        {
          environment: server.environment,
          hint: 'Rename one of them on the server; Liftlock tells artifacts apart by this name.',
        },
      );
    }
    byKey.set(item.key, item);
  }
  return byKey;
}

/** Why a listed artifact is left alone by default on servers of a release, if it is. */
export function protectionOf(kind: Kind, item: Listed, release: string): string | undefined {
  if (item.protectedBecause !== undefined) return item.protectedBecause;
  if (isSystemKey(kind, item.key, release)) return 'built into the product';
  return item.value && kind.isSystem?.(item.value, release) ? 'built into the product' : undefined;
}

/** Reads one artifact and brings it into canonical form; undefined when it vanished after it was listed. */
export async function readArtifact(server: Server, kind: ProductKind, item: Listed): Promise<LiveArtifact | undefined> {
  const live = await kind.calls.read(server, item);
  return live && toLiveArtifact(kind, item.key, live, server.version);
}

function toLiveArtifact(kind: ProductKind, key: string, live: Live, version: string): LiveArtifact {
  const name = { kind: kind.name, key };
  const canonical = canonicalise(kind, live.value, version);
  const { value, unknown } = withoutUnknownFields(kind, canonical);
  const remarks = [
    ...(live.remarks ?? []),
    ...unknown.map((path) => ({ path, why: 'this version of Liftlock does not know the field; the server keeps it' })),
  ];
  return {
    ...name,
    id: live.id,
    value,
    current: live.value,
    confidential: live.confidential ?? [],
    remarks: remarks.map((remark) => ({ ...name, ...remark })),
    ...(live.protectedBecause === undefined ? {} : { protectedBecause: live.protectedBecause }),
  };
}

/** What is done with the artifacts of a kind as they arrive. */
export interface Reading<R> {
  /** Work that takes longer than sending a request does it in several turns. */
  work(artifact: LiveArtifact | undefined, item: Listed, turn: () => Promise<void>): R | Promise<R>;
  /** Called for one that the server lists and refuses to show, in place of `work`: it is there, and nobody knows how. */
  unreadable(problem: Problem, item: Listed): R;
}

/** Reads artifacts side by side and hands each on as it arrives, so that only what is needed stays in memory. */
export async function readEach<R>(
  server: Server,
  kind: ProductKind,
  items: readonly Listed[],
  { work, unreadable }: Reading<R>,
): Promise<R[]> {
  const turn = turnTaker();
  return mapConcurrently(items, READ_AHEAD, async (item) => {
    let live: Live | undefined;
    try {
      live = await kind.calls.read(server, item);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return unreadable(problemOf(server, kind, item, error), item);
    }
    // Requests that wait go out first: what is done with an artifact takes longer than sending one.
    await turn();
    const artifact = live && toLiveArtifact(kind, item.key, live, server.version);
    await turn();
    return work(artifact, item, turn);
  });
}

function problemOf({ environment }: Server, kind: ProductKind, { id, key }: Listed, error: Error): Problem {
  const artifact = artifactText({ kind: kind.name, key });
  return unreadableProblem(`${artifact} is in ${environment} and cannot be read. ${error.message}`, {
    artifact,
    environment,
    hint: `Everything else went on without it. Mend it on the server, or delete it there (its id is ${id}) and apply its file again.`,
  });
}
