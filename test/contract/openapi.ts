import { isObject, type Json, type JsonObject } from '../../src/model/json';
import { resolved } from './json-schema';

/** A schema under each media type; the schema is undefined where the contract only names the type. */
export type Contents = ReadonlyMap<string, JsonObject | undefined>;

export interface Parameter {
  readonly in: 'path' | 'query';
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonObject;
}

/** One operation of an OpenAPI 3.0 or Swagger 2.0 file, in one form for both. */
export interface Operation {
  /** `GET /applications/{applicationId}` */
  readonly name: string;
  readonly method: string;
  /** Segments of the path with the base path, parameters as `{name}`; without a tenant. */
  readonly segments: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly request?: { readonly required: boolean; readonly contents: Contents };
  /** By status, or `default`. */
  readonly answers: ReadonlyMap<string, { readonly contents: Contents; readonly hasLocation: boolean }>;
  /** The model of error answers in its file. */
  readonly error?: JsonObject;
  /** The file that the operation stands in, for the references of its schemas. */
  readonly document: JsonObject;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

/** Every operation that an OpenAPI file declares. */
export function operationsOf(document: JsonObject): Operation[] {
  const base = basePath(document);
  return entriesOf(document.paths).flatMap(([template, item]) =>
    METHODS.filter((method) => isObject(item[method])).map((method) =>
      operation({ document, base, template, method, item, declared: resolved(document, item[method]) }),
    ),
  );
}

interface Place {
  readonly document: JsonObject;
  readonly base: string;
  readonly template: string;
  readonly method: string;
  readonly item: JsonObject;
  readonly declared: JsonObject;
}

function operation({ document, base, template, method, item, declared }: Place): Operation {
  const verb = method.toUpperCase();
  const own = [...listOf(item.parameters), ...listOf(declared.parameters)].map((each) => resolved(document, each));
  return {
    name: `${verb} ${template}`,
    method: verb,
    segments: `${base}${template}`.split('/').filter((segment) => segment !== ''),
    parameters: own.flatMap(parameter),
    request: isSwagger(document) ? swaggerRequest(document, declared, own) : openRequest(document, declared),
    answers: new Map(entriesOf(declared.responses, document).map(([status, answer]) => [status, answerOf(answer)])),
    error: errorModel(document),
    document,
  };

  function answerOf(answer: JsonObject): { contents: Contents; hasLocation: boolean } {
    const hasLocation = isObject(answer.headers) && 'Location' in answer.headers;
    if (!isSwagger(document)) return { contents: contentsOf(answer.content), hasLocation };
    const types = isObject(answer.schema) ? mediaTypes(document, declared, 'produces') : [];
    return { contents: new Map(types.map((type) => [type, schemaOf(answer.schema)])), hasLocation };
  }
}

/** `/api/server/v1`: what stands behind the tenant in the address of the servers, or all of it. */
function basePath(document: JsonObject): string {
  const server = listOf(document.servers)[0];
  const url = isObject(server) ? server.url : document.basePath;
  const found = typeof url === 'string' ? /\/api\/.*$/.exec(url)?.[0] : undefined;
  if (found === undefined) throw new Error(`No base path in ${String(url)}`);
  return found.replace(/\/$/, '');
}

function parameter(declared: JsonObject): Parameter[] {
  const { in: place, name, required } = declared;
  if ((place !== 'path' && place !== 'query') || typeof name !== 'string') return [];
  // Swagger 2.0 writes the schema of a parameter into the parameter itself.
  return [{ in: place, name, required: required === true, schema: schemaOf(declared.schema) ?? declared }];
}

function openRequest(document: JsonObject, declared: JsonObject): Operation['request'] {
  if (declared.requestBody === undefined) return undefined;
  const body = resolved(document, declared.requestBody);
  return { required: body.required === true, contents: contentsOf(body.content) };
}

function swaggerRequest(
  document: JsonObject,
  declared: JsonObject,
  parameters: readonly JsonObject[],
): Operation['request'] {
  const body = parameters.find((each) => each.in === 'body');
  if (body) {
    const types = mediaTypes(document, declared, 'consumes');
    return { required: body.required === true, contents: new Map(types.map((type) => [type, schemaOf(body.schema)])) };
  }
  if (!parameters.some((each) => each.in === 'formData')) return undefined;
  return { required: true, contents: new Map([['multipart/form-data', undefined]]) };
}

function mediaTypes(document: JsonObject, declared: JsonObject, word: 'consumes' | 'produces'): string[] {
  const types = [declared[word], document[word]].find((list) => Array.isArray(list));
  return listOf(types ?? ['application/json']).filter((type) => typeof type === 'string');
}

function contentsOf(content: Json | undefined): Contents {
  return new Map(entriesOf(content).map(([type, media]) => [type, schemaOf(media.schema)]));
}

function isSwagger(document: JsonObject): boolean {
  return document.swagger !== undefined;
}

function errorModel({ components, definitions }: JsonObject): JsonObject | undefined {
  const models = isObject(components) ? components.schemas : definitions;
  return isObject(models) && isObject(models.Error) ? models.Error : undefined;
}

/** Swagger's `type: file` says nothing about what is in the file. */
function schemaOf(value: Json | undefined): JsonObject | undefined {
  return isObject(value) && value.type !== 'file' ? value : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function entriesOf(value: Json | undefined, document: JsonObject = {}): [string, JsonObject][] {
  if (!isObject(value)) return [];
  return Object.entries(value).map(([name, item]) => [name, resolved(document, item)]);
}
