import { z } from 'zod';
import type { Kind } from '../../src/model/kind';

/** An invented kind with every trait that comparison knows: keyed lists, text lists, an ordered list, defaults, secrets. */
export const ordersKind: Kind = {
  name: 'order',
  folder: 'orders',
  title: 'Orders',
  keyFields: ['name'],
  schema: z.strictObject({
    name: z.string(),
    note: z.string().optional(),
    active: z.boolean().optional(),
    tags: z.array(z.string()).optional(),
    steps: z.array(z.string()).optional(),
    lines: z
      .array(z.strictObject({ id: z.string(), amount: z.number().optional(), code: z.string().optional() }))
      .optional(),
    delivery: z.strictObject({ type: z.string().optional(), days: z.number().optional() }).optional(),
  }),
  lists: [
    { path: 'tags', identity: [] },
    { path: 'lines', identity: ['id'] },
  ],
  serverOwned: ['serial', 'lines[].serial'],
  chosenByServer: [],
  immutable: [],
  secrets: [{ path: 'lines[].code' }],
  defaults: [
    { at: '', values: { active: true, delivery: { type: 'POST' } } },
    { at: 'delivery', when: { field: 'type', equals: 'POST' }, values: { days: 3 } },
    { at: 'lines[]', values: { amount: 1 } },
  ],
  fieldsSince: [{ path: 'note', since: '2.0' }],
  references: [],
  systemKeys: [],
  notCarried: [],
};
