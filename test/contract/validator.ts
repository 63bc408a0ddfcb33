import { Ajv2019, type ErrorObject, type ValidateFunction } from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import type { Json, JsonObject } from '../../src/model/json';
import type { Exchange } from '../../src/sandbox/http/exchanges';
import { jsonSchema, type Direction } from './json-schema';
import type { Contents, Operation, Parameter } from './openapi';
import type { ContractSource } from './sets';

/** The kinds of violations. */
export type Breach =
  | 'unknown operation'
  | 'undeclared status'
  | 'undeclared media type'
  | 'undeclared body'
  | 'no body'
  | 'not JSON'
  | 'undeclared'
  | 'missing'
  | 'read-only'
  | 'wrong type'
  | 'wrong value'
  | 'not checked';

/** One place in which an exchange is not what the contract says. */
export interface Violation {
  /** `GET /applications/{applicationId}`; of an operation that the contract does not have, the path. */
  readonly operation: string;
  /** `answer 200 .inboundProtocols[].name`, `request .name`, `query limit` */
  readonly place: string;
  readonly breach: Breach;
  readonly details: string;
}

/** What a body has to be, for a check that is compiled once. */
interface Expected {
  readonly document: JsonObject;
  readonly schema: JsonObject;
  readonly direction: Direction;
}

/** Finds what of an exchange is not as a set of OpenAPI files says. */
export class Validator {
  private readonly ajv = new Ajv2019({ strict: false, allErrors: true, unicodeRegExp: false, logger: false });
  private readonly compiled = { request: new Map<JsonObject, Check>(), answer: new Map<JsonObject, Check>() };

  constructor(private readonly contract: ContractSource) {
    addFormats.default(this.ajv);
  }

  /**
   * The violations of one exchange. Of a refused request only the answer is looked at, since a test may well send what is
   * wrong on purpose; a request that is answered with success has to be right itself.
   */
  violations(exchange: Exchange): Violation[] {
    const url = new URL(exchange.url, 'http://sandbox');
    const pathname = url.pathname.replace(/^\/t\/[^/]+(?=\/)/, '');
    const segments = pathname.split('/').filter((segment) => segment !== '');
    const operation = this.operationAt(exchange.method, pathname, segments);
    if (!operation) return unknownOperation(exchange, pathname);
    const found = answerViolations(exchange, operation, (expected, body) => this.bodyErrors(expected, body));
    if (exchange.status < 400) {
      found.push(...this.parameterViolations(operation, segments, url.searchParams));
      found.push(...this.requestViolations(exchange, operation));
    }
    return found.map((violation) => ({ operation: operation.name, ...violation }));
  }

  /** As in any router, the template with fewer parameters wins. */
  private operationAt(method: string, pathname: string, segments: readonly string[]): Operation | undefined {
    const fitting = this.contract
      .operations(pathname)
      .filter((each) => each.method === method && fits(each.segments, segments));
    return fitting.sort((left, right) => parametersIn(left.segments) - parametersIn(right.segments))[0];
  }

  private requestViolations({ requestType, requestBody }: Exchange, operation: Operation): Located[] {
    const { request, document } = operation;
    const place = 'request';
    if (requestBody === '') return request?.required ? [{ place, breach: 'no body', details: 'a body is needed' }] : [];
    if (!request) return [{ place, breach: 'undeclared body', details: 'no body is declared' }];
    return contentViolations(
      { place, type: requestType, text: requestBody, contents: request.contents },
      (schema, body) => this.bodyErrors({ document, schema, direction: 'request' }, body),
    );
  }

  private parameterViolations(
    { parameters, segments: template, document }: Operation,
    segments: readonly string[],
    query: URLSearchParams,
  ): Located[] {
    const undeclared = [...new Set(query.keys())]
      .filter((name) => !parameters.some((each) => each.in === 'query' && each.name === name))
      .map((name): Located => ({ place: `query ${name}`, breach: 'undeclared', details: 'no such parameter' }));
    const wrong = parameters.flatMap((parameter): Located[] => {
      const place = `${parameter.in} ${parameter.name}`;
      const at = template.indexOf(`{${parameter.name}}`);
      const texts = parameter.in === 'query' ? query.getAll(parameter.name) : [decodeURIComponent(segments[at] ?? '')];
      if (texts.length === 0)
        return parameter.required ? [{ place, breach: 'missing', details: 'it is required' }] : [];
      const expected: Expected = { document, schema: parameter.schema, direction: 'request' };
      return this.bodyErrors(expected, parameterValue(parameter, texts)).map((error) => located(place, error));
    });
    return [...undeclared, ...wrong];
  }

  private bodyErrors({ document, schema, direction }: Expected, body: Json): ErrorObject[] {
    const checks = this.compiled[direction];
    const check = checks.get(schema) ?? this.ajv.compile<Json>(jsonSchema(document, schema, direction));
    checks.set(schema, check);
    return check(body) ? [] : (check.errors ?? []);
  }
}

type Check = ValidateFunction<Json>;
type Located = Omit<Violation, 'operation'>;
type BodyErrors = (expected: Expected, body: Json) => ErrorObject[];

/** An operation that the contract does not have has to be refused as one. */
function unknownOperation({ status, method }: Exchange, pathname: string): Violation[] {
  if ([401, 404, 405].includes(status)) return [];
  const details = `it is not in the contract, but was answered with ${status}`;
  return [{ operation: `${method} ${pathname}`, place: `answer ${status}`, breach: 'unknown operation', details }];
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  if (template.length !== segments.length) return false;
  return template.every((part, index) => part.startsWith('{') || part === segments[index]);
}

function parametersIn(template: readonly string[]): number {
  return template.filter((part) => part.startsWith('{')).length;
}

/** The value of a parameter, which is sent as text. */
function parameterValue({ schema }: Parameter, texts: readonly string[]): Json {
  const [first = ''] = texts;
  if (schema.type === 'array') return texts.length > 1 ? [...texts] : first.split(',');
  if (schema.type === 'integer' || schema.type === 'number')
    return /^-?\d+(\.\d+)?$/.test(first) ? Number(first) : first;
  if (schema.type === 'boolean') return first === 'true' || (first === 'false' ? false : first);
  return first;
}

function answerViolations(exchange: Exchange, { answers, document, error }: Operation, errors: BodyErrors): Located[] {
  const { status, headers, body } = exchange;
  const place = `answer ${status}`;
  const declared = answers.get(String(status)) ?? answers.get('default');
  if (!declared)
    return [{ place, breach: 'undeclared status', details: `declared are ${[...answers.keys()].join(', ')}` }];
  const { contents, hasLocation } = declared;
  const found: Located[] = [];
  if (status === 201 && hasLocation && headers.location === undefined) {
    found.push({ place: `${place} Location`, breach: 'missing', details: 'the header is declared' });
  }
  if (body === '' && contents.size > 0) found.push({ place, breach: 'no body', details: 'a body is declared' });
  if (body !== '' && contents.size === 0) {
    found.push({ place, breach: 'undeclared body', details: body.slice(0, 80) });
    // Where the table allows it, it still has to be an error as the file has them elsewhere.
    if (status < 400 || !error) return found;
    return [...found, ...contentsFound(new Map([['application/json', error]]))];
  }
  return body === '' ? found : [...found, ...contentsFound(contents)];

  function contentsFound(expected: Contents): Located[] {
    const content = { place, type: headers['content-type'], text: body, contents: expected };
    return contentViolations(content, (schema, value) => errors({ document, schema, direction: 'answer' }, value));
  }
}

interface Content {
  readonly place: string;
  readonly type: string | undefined;
  readonly text: string;
  readonly contents: Contents;
}

function contentViolations(
  { place, type = '', text, contents }: Content,
  errors: (schema: JsonObject, body: Json) => ErrorObject[],
): Located[] {
  const media = (type.split(';')[0] ?? '').trim().toLowerCase();
  const name = [media, '*/*'].find((each) => contents.has(each));
  if (name === undefined) {
    const details = `${media === '' ? 'none' : media}; declared are ${[...contents.keys()].join(', ')}`;
    return [{ place, breach: 'undeclared media type', details }];
  }
  const schema = contents.get(name);
  if (!schema || !media.endsWith('json')) return [];
  try {
    const body: Json = JSON.parse(text);
    return errors(schema, body).map((error) => located(place, error));
  } catch {
    return [{ place, breach: 'not JSON', details: text.slice(0, 80) }];
  }
}

/** A violation from an error of ajv; the index of a list item is left out, so that equal ones are told once. */
function located(place: string, { instancePath, keyword, params, message = '' }: ErrorObject): Located {
  const at = instancePath
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? '[]' : `.${step.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('');
  const extra: unknown = params.additionalProperty ?? params.unevaluatedProperty ?? params.missingProperty;
  const where = `${at}${typeof extra === 'string' ? `.${extra}` : ''}`;
  const allowed = keyword === 'enum' ? `: ${JSON.stringify(params.allowedValues)}` : '';
  return {
    place: where === '' ? place : `${place} ${where}`,
    breach: breachOf(keyword),
    details: `${message}${allowed}`,
  };
}

function breachOf(keyword: string): Breach {
  const breaches: Readonly<Record<string, Breach>> = {
    additionalProperties: 'undeclared',
    unevaluatedProperties: 'undeclared',
    required: 'missing',
    type: 'wrong type',
    'false schema': 'read-only',
  };
  return breaches[keyword] ?? 'wrong value';
}
