import type { JsonObject } from '../../src/model/json';
import type { Exchange } from '../../src/sandbox/http/exchanges';
import { operationsOf } from './openapi';
import { Validator, type Violation } from './validator';

/* A small contract of our own, in both forms that the official files have, shows that the validator can fail. */

const error = { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] };

const boat = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: { type: 'string', readOnly: true },
    name: { type: 'string', example: 'Heron' },
    licence: { type: 'string', writeOnly: true },
    berth: { type: 'integer', nullable: true, minimum: 0, exclusiveMinimum: true },
    hull: { type: 'string', enum: ['steel', 'wood'] },
    crew: { type: 'array', items: { $ref: '#/components/schemas/Sailor' } },
    log: { type: 'object' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const openApi: JsonObject = {
  openapi: '3.0.0',
  servers: [{ url: 'https://localhost:9443/t/{tenant-domain}/api/server/v1' }],
  paths: {
    '/boats': {
      get: {
        parameters: [{ in: 'query', name: 'limit', schema: { type: 'integer' } }],
        responses: { 200: { description: 'all', content: json({ type: 'array', items: ref('Boat') }) } },
      },
      post: {
        requestBody: { required: true, content: json(ref('Boat')) },
        responses: {
          201: { description: 'made', headers: { Location: {} }, content: json(ref('Boat')) },
          400: { $ref: '#/components/responses/Refused' },
        },
      },
    },
    '/boats/{boatId}': {
      get: { responses: { 200: { description: 'one', content: json(ref('Boat')) }, default: { description: 'else' } } },
      delete: { responses: { 204: { description: 'gone' } } },
    },
    '/boats/flagship': { get: { responses: { 200: { description: 'it', content: json(ref('Captain')) } } } },
  },
  components: {
    responses: { Refused: { description: 'no', content: json(ref('Error')) } },
    schemas: {
      Error: error,
      Boat: boat,
      Sailor: { type: 'object', properties: { name: { type: 'string' } } },
      Captain: { allOf: [ref('Sailor'), { type: 'object', properties: { rank: { type: 'string' } } }] },
    },
  },
};

const swagger: JsonObject = {
  swagger: '2.0',
  basePath: '/t/{tenant-domain}/api/server/v1',
  consumes: ['application/json'],
  paths: {
    '/locks': {
      post: {
        parameters: [
          { in: 'body', name: 'lock', required: true, schema: { $ref: '#/definitions/Lock' } },
          { in: 'query', name: 'depth', type: 'integer' },
        ],
        responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Lock' } } },
      },
    },
  },
  definitions: { Lock: { type: 'object', properties: { gates: { type: 'integer', required: true } } } },
};

const operations = [...operationsOf(openApi), ...operationsOf(swagger)];
const validator = new Validator({ operations: () => operations });

interface Told {
  readonly method?: string;
  readonly tenant?: string;
  readonly path?: string;
  readonly sent?: unknown;
  readonly type?: string;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

function violations({
  method = 'GET',
  tenant = '/t/carbon.super',
  path = '/boats',
  sent,
  type,
  status = 200,
  body,
  headers = {},
}: Told): Violation[] {
  const text = (value: unknown): string =>
    value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const exchange: Exchange = {
    version: '7.1',
    method,
    url: `${tenant}/api/server/v1${path}`,
    requestType: type ?? (sent === undefined ? undefined : 'application/json'),
    requestBody: text(sent),
    status,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }), ...headers },
    body: text(body),
    fault: false,
  };
  return validator.violations(exchange);
}

const found = (told: Told): string[] =>
  violations(told).map(({ operation, place, breach }) => `${operation} · ${place} · ${breach}`);

const heron = { id: 'a', name: 'Heron' };
const creation = {
  method: 'POST',
  sent: { name: 'Heron' },
  status: 201,
  body: heron,
  headers: { location: '/boats/a' },
};

describe('what is as the contract says has no violations', () => {
  test.each<[string, Told]>([
    ['an answer', { body: [heron] }],
    [
      'every kind of value',
      { body: [{ ...heron, berth: null, hull: 'wood', crew: [{ name: 'Ann' }], log: {}, labels: { a: 'b' } }] },
    ],
    ['a request with its answer', creation],
    ['a parameter', { path: '/boats?limit=10', body: [] }],
    ['a composed object', { path: '/boats/flagship', body: { name: 'Ann', rank: 'first' } }],
    ['a status under default', { path: '/boats/a', status: 418 }],
    ['an empty answer', { method: 'DELETE', path: '/boats/a', status: 204 }],
    ['a refused wrong request', { method: 'POST', sent: { colour: 1 }, status: 400, body: { code: 'X' } }],
    ['an unknown operation that is refused', { path: '/ferries', status: 404 }],
    ['Swagger 2.0', { method: 'POST', path: '/locks?depth=3', sent: { gates: 2 }, body: { gates: 2 } }],
    ['a path without a tenant', { tenant: '', body: [heron] }],
  ])('%s', (_name, told) => {
    expect(found(told)).toEqual([]);
  });
});

describe('a violation is found:', () => {
  test.each<[string, Told, string]>([
    ['a broken answer', { body: '[{"id":' }, 'GET /boats · answer 200 · not JSON'],
    [
      'an undeclared property',
      { body: [{ ...heron, colour: 'red' }] },
      'GET /boats · answer 200 [].colour · undeclared',
    ],
    [
      'one deep inside',
      { body: [{ ...heron, crew: [{ age: 3 }] }] },
      'GET /boats · answer 200 [].crew[].age · undeclared',
    ],
    [
      'one of a composed object',
      { path: '/boats/flagship', body: { age: 3 } },
      'GET /boats/flagship · answer 200 .age · undeclared',
    ],
    [
      'one of an object that declares none',
      { body: [{ ...heron, log: { a: 1 } }] },
      'GET /boats · answer 200 [].log.a · undeclared',
    ],
    ['a wrong type', { body: [{ ...heron, name: 7 }] }, 'GET /boats · answer 200 [].name · wrong type'],
    [
      'null where it is not allowed',
      { body: [{ ...heron, name: null }] },
      'GET /boats · answer 200 [].name · wrong type',
    ],
    [
      'a value that is not listed',
      { body: [{ ...heron, hull: 'tin' }] },
      'GET /boats · answer 200 [].hull · wrong value',
    ],
    [
      'a value on an exclusive bound',
      { body: [{ ...heron, berth: 0 }] },
      'GET /boats · answer 200 [].berth · wrong value',
    ],
    ['a missing required field', { body: [{ id: 'a' }] }, 'GET /boats · answer 200 [].name · missing'],
    ['a secret in an answer', { body: [{ ...heron, licence: 'x' }] }, 'GET /boats · answer 200 [].licence · read-only'],
    [
      'an unknown operation',
      { path: '/ferries', body: [] },
      'GET /api/server/v1/ferries · answer 200 · unknown operation',
    ],
    ['an undeclared status', { status: 202, body: [] }, 'GET /boats · answer 202 · undeclared status'],
    [
      'an undeclared media type',
      { body: '<p>', headers: { 'content-type': 'text/html' } },
      'GET /boats · answer 200 · undeclared media type',
    ],
    ['no body where one is declared', {}, 'GET /boats · answer 200 · no body'],
    [
      'a body where none is',
      { method: 'DELETE', path: '/boats/a', status: 204, body: {} },
      'DELETE /boats/{boatId} · answer 204 · undeclared body',
    ],
    [
      'an error of another form',
      { method: 'POST', status: 400, body: { code: 7 } },
      'POST /boats · answer 400 .code · wrong type',
    ],
    ['no Location', { ...creation, headers: {} }, 'POST /boats · answer 201 Location · missing'],
    ['an undeclared parameter', { path: '/boats?sort=name', body: [] }, 'GET /boats · query sort · undeclared'],
    ['a parameter of a wrong type', { path: '/boats?limit=all', body: [] }, 'GET /boats · query limit · wrong type'],
    [
      'an undeclared property sent',
      { ...creation, sent: { name: 'Heron', colour: 1 } },
      'POST /boats · request .colour · undeclared',
    ],
    ['a required property not sent', { ...creation, sent: {} }, 'POST /boats · request .name · missing'],
    ['a read-only property sent', { ...creation, sent: heron }, 'POST /boats · request .id · read-only'],
    ['a request without its body', { ...creation, sent: undefined }, 'POST /boats · request · no body'],
    [
      'a request body of another kind',
      { ...creation, type: 'text/plain' },
      'POST /boats · request · undeclared media type',
    ],
    ['a body with a GET', { sent: {}, body: [] }, 'GET /boats · request · undeclared body'],
    [
      'Swagger 2.0',
      { method: 'POST', path: '/locks?depth=x', sent: { gates: 2 }, body: {} },
      'POST /locks · query depth · wrong type',
    ],
    [
      'its request',
      { method: 'POST', path: '/locks', sent: { gates: 'two' }, body: {} },
      'POST /locks · request .gates · wrong type',
    ],
  ])('%s', (_name, told, violation) => {
    expect(found(told)).toEqual([violation]);
  });

  test('a refusal with an undeclared body that is not even an error', () => {
    expect(found({ path: '/boats/a', status: 403, body: { code: 403, reason: 'no' } }).sort()).toEqual([
      'GET /boats/{boatId} · answer 403 .code · wrong type',
      'GET /boats/{boatId} · answer 403 .reason · undeclared',
      'GET /boats/{boatId} · answer 403 · undeclared body',
    ]);
  });

  test('all at once, each in its place', () => {
    expect(found({ body: [{ id: 1, colour: 'red' }] }).sort()).toEqual([
      'GET /boats · answer 200 [].colour · undeclared',
      'GET /boats · answer 200 [].id · wrong type',
      'GET /boats · answer 200 [].name · missing',
    ]);
  });
});
