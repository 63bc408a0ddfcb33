import type { Exchange } from '../../src/sandbox/http/exchanges';
import { exampleOf, lineOf, shapeOf } from './shape';

const ID = '7138d04b-f6f9-4f10-b2b5-3d50917d51fc';

function exchange(method: string, url: string, requestBody = '', requestType?: string): Exchange {
  return { version: '6.0', method, url, requestBody, requestType, status: 200, headers: {}, body: '', fault: false };
}
function line(method: string, url: string, body?: unknown): string | undefined {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const example = exampleOf(exchange(method, url, text, 'application/json'));
  return example && lineOf(shapeOf(example));
}

test('a shape is method, path without ids and tenant, names in the query, and fields of the body', () => {
  expect(line('GET', `/t/carbon.super/api/server/v1/applications/${ID}/inbound-protocols/oidc?b=1&a=2`)).toBe(
    'GET /applications/{application}/inbound-protocols/oidc | a&b | ',
  );
  expect(line('POST', '/api/server/v1/applications', { name: 'x', steps: [{ id: 1 }, { id: 2, options: [] }] })).toBe(
    'POST /applications |  | name steps[].id steps[].options[]',
  );
});

test('bodies with the same fields have the same shape, whatever their values', () => {
  const path = '/api/server/v1/claim-dialects/local/claims/aHR0cDov';
  expect(line('PUT', path, { claimURI: 'a' })).toBe(
    line('PUT', path.replace('aHR0cDov', 'dXJuOmE'), { claimURI: 'b' }),
  );
  expect(line('PUT', path, { claimURI: 'a' })).not.toBe(line('PUT', path, { displayName: 'a' }));
});

test('operations on paths are told apart by their paths', () => {
  const patch = (path: string): string | undefined =>
    line('PATCH', `/api/server/v1/identity-providers/${ID}`, [{ operation: 'REPLACE', path, value: 'x' }]);
  expect(patch('/description')).not.toBe(patch('/alias'));
  expect(patch('/certificate/certificates/0')).toBe(patch('/certificate/certificates/1'));
});

test('a body that nobody can read is a shape of its own', () => {
  expect(line('POST', '/api/server/v1/applications', '{"name"')).toBe('POST /applications |  | (unreadable)');
});

test('of an uploaded file the elements count, not what stands around it', () => {
  const file = '<ServiceProvider><ApplicationName>a</ApplicationName></ServiceProvider>';
  const form = (boundary: string): string | undefined => {
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n${file}\r\n--${boundary}--\r\n`;
    const type = `multipart/form-data; boundary=${boundary}`;
    const example = exampleOf(exchange('POST', '/api/server/v1/applications/import', body, type));
    return example && lineOf(shapeOf(example));
  };
  expect(form('x')).toBe('POST /applications/import |  | file.ServiceProvider.ApplicationName');
  expect(form('another-one')).toBe(form('x'));
});

test.each(['/scim2/v2/Roles', '/sandbox/journal', '/api/server/v1/api-resources', '/api/server/v1/userstores'])(
  '%s is none of the paths that a real server of the lane answers with the code of its release',
  (path) => {
    expect(line('GET', path)).toBeUndefined();
  },
);
