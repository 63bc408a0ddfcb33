import type { Transport } from '../transport/transport';
import type { Server } from './product';

/** A server seen through a transport; remembers what is asked for `once` until `fresh` is called. */
export function createServer(
  about: { environment: string; version: string; ownClientId?: string },
  transport: Transport,
): Server {
  const remembered = new Map<string, Promise<unknown>>();
  return {
    ...about,
    transport,
    once<T>(name: string, load: () => Promise<T>): Promise<T> {
      const known = remembered.get(name) as Promise<T> | undefined;
      if (known) return known;
      const loading = load();
      remembered.set(name, loading);
      return loading;
    },
    fresh: () => createServer(about, transport),
  };
}
