import type { Live, Listed, ProductKind, Server } from '../products/product';

/**
 * The same kinds, each list and each artifact of which is read once: for several looks at one state of a server. Only
 * complete results are remembered, so that a list that fails or changes while it is read is still found out.
 */
export function readOnce(kinds: readonly ProductKind[]): ProductKind[] {
  return kinds.map((kind) => {
    const lists = new Map<Server['environment'], Promise<readonly Listed[]>>();
    const reads = new Map<string, Promise<Live | undefined>>();
    const list = (server: Server): Promise<readonly Listed[]> =>
      remembered(lists, server.environment, () => kind.calls.list(server));
    const read = (server: Server, listed: Listed): Promise<Live | undefined> =>
      // Ids of claims are unique within their dialect only, so the key belongs to the name.
      remembered(reads, `${listed.id} ${listed.key}`, () => kind.calls.read(server, listed));
    return { ...kind, calls: { ...kind.calls, list, read } };
  });
}

function remembered<T>(known: Map<string, Promise<T>>, name: string, load: () => Promise<T>): Promise<T> {
  const found = known.get(name);
  if (found) return found;
  const loading = load();
  known.set(name, loading);
  return loading;
}
