import { Router } from '../../src/sandbox/http/router';

const router = new Router<string>();
for (const [method, path] of [
  ['GET', '/applications'],
  ['GET', '/applications/:id'],
  ['DELETE', '/applications/:id'],
  ['GET', '/applications/resident'],
  ['GET', '/applications/:id/inbound-protocols/:protocol'],
  ['GET', '/applications/meta/inbound-protocols'],
  ['GET', '/t/:tenant/applications'],
] as const) {
  router.add(method, path, `${method} ${path}`);
}

test.each([
  ['GET', '/applications', 'GET /applications', {}],
  ['GET', '/applications/', 'GET /applications', {}],
  ['GET', '/applications/7', 'GET /applications/:id', { id: '7' }],
  ['GET', '/applications/a%2Fb%20c', 'GET /applications/:id', { id: 'a/b c' }],
  ['GET', '/applications/resident', 'GET /applications/resident', {}],
  ['DELETE', '/applications/resident', 'DELETE /applications/:id', { id: 'resident' }],
  ['GET', '/applications/meta/inbound-protocols', 'GET /applications/meta/inbound-protocols', {}],
  [
    'GET',
    '/applications/meta/inbound-protocols/oidc',
    'GET /applications/:id/inbound-protocols/:protocol',
    { id: 'meta', protocol: 'oidc' },
  ],
  ['GET', '/t/carbon.super/applications', 'GET /t/:tenant/applications', { tenant: 'carbon.super' }],
] as const)('%s %s is %s', (method, path, value, params) => {
  expect(router.find(method, path)).toEqual({ value, params });
});

test.each([
  ['POST', '/applications'],
  ['GET', '/Applications'],
  ['GET', '/applications//'],
  ['GET', '/applications/7/other'],
  ['GET', '/applications/%zz'],
  ['GET', '/'],
])('%s %s is nothing', (method, path) => {
  expect(router.find(method, path)).toBeUndefined();
});
