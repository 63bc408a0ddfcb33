import * as z from 'zod';
import { pick } from '../json-fields';
import type { Listed, ProductKind, Server } from '../../product';
import { BUILT_IN, CLAIM_DIALECTS, loadDialects, readEntry, required } from '../claim-lists';
import { BUILT_IN_DIALECTS, isBuiltInDialect } from '../standard-claims';

/** Claim dialects: reference, section 2.3. */
export const claimDialect: ProductKind = {
  name: 'claim-dialect',
  folder: 'claim-dialects',
  title: 'Claim dialects',
  keyFields: ['dialectURI'],
  schema: z.strictObject({ dialectURI: z.string().min(1) }),
  lists: [],
  serverOwned: ['id', 'link'],
  chosenByServer: [],
  immutable: [],
  secrets: [],
  defaults: [],
  fieldsSince: [],
  references: [],
  systemKeys: BUILT_IN_DIALECTS,
  normalise: (value) => pick(value, ['dialectURI']),
  notCarried: [
    {
      what: 'renaming a dialect',
      why: 'its URI is what it is known by: a dialect with another URI is another dialect',
    },
  ],
  calls: {
    list: listDialects,
    read: (server, listed) => readEntry(server, listed, CLAIM_DIALECTS),
    create: ({ desired }) => [
      { method: 'POST', path: CLAIM_DIALECTS, body: pick(desired, ['dialectURI']), creates: true },
    ],
    // The URI is the key and the only field: there is nothing to update.
    update: () => [],
    remove: () => [{ method: 'DELETE', path: [...CLAIM_DIALECTS, '{id}'] }],
  },
};

async function listDialects(server: Server): Promise<Listed[]> {
  const dialects = await loadDialects(server);
  return dialects.map((value) => {
    const [id, key] = [required(server, value, 'id'), required(server, value, 'dialectURI')];
    return isBuiltInDialect(key, server.version) ? { id, key, value, protectedBecause: BUILT_IN } : { id, key, value };
  });
}
