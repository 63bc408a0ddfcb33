import type { JsonObject } from '../../src/model/json';
import { orderFields, artifactSchema, schemaFiles, writeSchemas } from '../../src/workspace/schemas';
import { shopKind } from '../substitution/shop-kind';
import { filesOf, removeFolders, temporaryFolder } from './temporary-folder';

afterAll(removeFolders);

test('one schema for each kind of file, written once', async () => {
  const root = temporaryFolder();
  const known = { products: ['wso2-is'] };
  expect([...(await writeSchemas(root, [shopKind], known)).values()]).toEqual(['created', 'created', 'created']);
  expect([...(await writeSchemas(root, [shopKind], known)).values()]).toEqual(['unchanged', 'unchanged', 'unchanged']);
  const files = filesOf(root);
  expect(Object.keys(files)).toEqual([
    'schemas/environment.schema.json',
    'schemas/liftlock.schema.json',
    'schemas/shop.schema.json',
  ]);
  const settings = JSON.parse(files['schemas/liftlock.schema.json'] ?? '');
  expect(settings.properties.product.enum).toEqual(['wso2-is']);
  expect(settings.properties.kinds.items.enum).toEqual(['shop']);
  expect(settings.required).toEqual(['product', 'environments']);
  expect(settings.additionalProperties).toBe(false);
  const environment = JSON.parse(files['schemas/environment.schema.json'] ?? '');
  expect(environment.required).toEqual(['url']);
  expect(environment.properties.auth.description).toBeTruthy();
  expect(schemaFiles([shopKind], known)).toEqual(schemaFiles([shopKind], known));
});

test('an artifact may have a placeholder wherever a value stands, but not in its key', () => {
  const schema = artifactSchema(shopKind);
  const properties = schema.properties as unknown as Record<
    string,
    { anyOf?: { type?: string; pattern?: string }[]; type?: string }
  >;
  const placeholder = '^\\{\\{(var|secret):[^{}]+\\}\\}$';
  expect(properties.name).toEqual({ type: 'string', minLength: 1 });
  expect(properties.note).toEqual({ type: 'string' });
  for (const field of ['open', 'rank', 'urls', 'delivery', 'goods', 'labels']) {
    expect(properties[field]?.anyOf?.[1]).toEqual({ type: 'string', pattern: placeholder });
  }
  expect(properties.mode?.anyOf?.[1]?.pattern).toBe('\\{\\{(var|secret):[^{}]+\\}\\}');
  const goods = properties.goods?.anyOf?.[0] as unknown as { items: { anyOf: { required?: string[] }[] } };
  expect(goods.items.anyOf[0]?.required).toEqual(['id']);
  expect(goods.items.anyOf[1]).toEqual({ type: 'string', pattern: placeholder });
  expect(new RegExp(placeholder).test('{{var:x}}')).toBe(true);
});

test('fields are brought into schema order, unordered lists sorted, free maps by name', () => {
  const value: JsonObject = {
    labels: { z: { b: 1, a: 2 }, a: 1 },
    unknown: 1,
    goods: [
      { price: 1, id: 'b' },
      { tags: ['y', 'x'], id: 'a' },
    ],
    stops: ['z', 'a'],
    name: 'S',
  };
  expect(JSON.stringify(orderFields(shopKind, value))).toBe(
    JSON.stringify({
      name: 'S',
      stops: ['z', 'a'],
      goods: [
        { id: 'a', tags: ['x', 'y'] },
        { id: 'b', price: 1 },
      ],
      labels: { a: 1, z: { a: 2, b: 1 } },
      unknown: 1,
    }),
  );
});
