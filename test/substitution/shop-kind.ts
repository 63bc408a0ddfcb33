import { z } from 'zod';
import type { JsonObject } from '../../src/model/json';
import type { Kind } from '../../src/model/kind';
import type { Scope } from '../../src/substitution/scope';
import { readTemplate } from '../../src/workspace/artifacts';
import type { Template } from '../../src/workspace/template';

/** An invented kind with keyed lists, text lists, an ordered list, secrets, defaults and fields that servers choose. */
export const shopKind: Kind = {
  name: 'shop',
  folder: 'shops',
  title: 'Shops',
  keyFields: ['name'],
  schema: z.strictObject({
    name: z.string().min(1),
    note: z.string().optional(),
    open: z.boolean().optional(),
    rank: z.number().optional(),
    mode: z.enum(['FAST', 'SLOW']).optional(),
    clientId: z.string().optional(),
    clientSecret: z.string().optional(),
    urls: z.array(z.string()).optional(),
    stops: z.array(z.string()).optional(),
    script: z.string().optional(),
    delivery: z
      .strictObject({ type: z.string().optional(), days: z.number().optional(), zone: z.string().optional() })
      .optional(),
    goods: z
      .array(
        z.strictObject({
          id: z.string(),
          price: z.number().optional(),
          tags: z.array(z.string()).optional(),
          properties: z.array(z.strictObject({ key: z.string(), value: z.string().optional() })).optional(),
        }),
      )
      .optional(),
    labels: z.record(z.string(), z.unknown()).optional(),
  }),
  lists: [
    { path: 'urls', identity: [] },
    { path: 'goods', identity: ['id'] },
    { path: 'goods[].tags', identity: [] },
    { path: 'goods[].properties', identity: ['key'] },
  ],
  serverOwned: ['serial'],
  chosenByServer: ['clientId', 'clientSecret'],
  immutable: [],
  secrets: [{ path: 'clientSecret' }, { path: 'goods[].properties[].value', names: /secret/i }],
  defaults: [
    { at: '', values: { open: true, delivery: { type: 'POST' } } },
    { at: 'delivery', when: { field: 'type', equals: 'POST' }, values: { days: 3 } },
    { at: 'goods[]', values: { price: 1 } },
  ],
  fieldsSince: [],
  references: [],
  systemKeys: [],
  check: (value: JsonObject) => (value.rank === -1 ? [{ path: 'goods[b].price', message: 'is checked' }] : []),
  notCarried: [],
};

export function scopeWith(variables: JsonObject = {}, rest: Partial<Scope> = {}): Scope {
  return { environment: 'dev', version: '7.1', variables, secrets: new Map(), overrides: {}, ...rest };
}

/** A template from text; throws for a text that is none. */
export function templateOf(text: string, file = 'artifacts/shops/Shop.yaml'): Template {
  const { template, problems } = readTemplate(shopKind, file, text);
  if (!template) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return template;
}
