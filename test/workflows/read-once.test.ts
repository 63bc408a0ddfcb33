import type { Listed, ProductKind, Server } from '../../src/products/product';
import { externalClaim } from '../../src/products/wso2-is/kinds/external-claim';
import { readOnce } from '../../src/workflows/read-once';

test('two artifacts of one id are two: ids of claims are unique within their dialect only', async () => {
  const asked: string[] = [];
  const read = (_server: Server, { id, key }: Listed): Promise<{ id: string; value: { key: string } }> => {
    asked.push(key);
    return Promise.resolve({ id, value: { key } });
  };
  const counting: ProductKind = { ...externalClaim, calls: { ...externalClaim.calls, read } };
  const [kind = counting] = readOnce([counting]);
  const server = { environment: 'dev' } as Server;
  const keys = ['urn:a country', 'urn:b country', 'urn:a country'];
  const found = await Promise.all(keys.map((key) => kind.calls.read(server, { id: 'Y291bnRyeQ', key })));
  expect(found.map((live) => live?.value.key)).toEqual(keys);
  expect(asked).toEqual(['urn:a country', 'urn:b country']);
});
