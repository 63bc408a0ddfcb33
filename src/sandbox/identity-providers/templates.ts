import type { JsonObject } from '../../model/json';
import { ApiFailure } from '../failures';
import { asObject, listIn, numberIn, objectIn, objectsIn, present, textIn } from '../fields';
import { created, noContent, ok, parameter, type Call, type Route } from '../http/route';
import { odataTest } from '../odata-filter';
import { pageFrame, pageOf, slice } from '../paging';
import type { World } from '../world';
import { templateModel } from './models';
import type { ProviderTemplateRecord } from './record';

const TEMPLATES = '/identity-providers/templates';
const TEMPLATE = `${TEMPLATES}/:id`;
const DEFAULT_LIMIT = 15;

/** One of the templates that the console of the product ships with. */
const SHIPPED: readonly ProviderTemplateRecord[] = [
  {
    id: 'd7c8549f-32af-4f53-9013-f66f1a6c67bf',
    name: 'Facebook',
    fields: { name: 'Facebook', category: 'DEFAULT', displayOrder: 2, idp: { name: 'Facebook' } },
  },
];

const FILTERED = ['name', 'description', 'image', 'category', 'displayOrder', 'services'];

/** The templates of identity providers (reference §2.2.1); their errors are the template framework's (§1.6). */
export function providerTemplateRoutes(world: World): Route[] {
  return [
    { verb: 'GET', path: TEMPLATES, scopes: ['internal_idp_view'], answer: (call) => ok(templateList(world, call)) },
    {
      verb: 'POST',
      path: TEMPLATES,
      scopes: ['internal_idp_create'],
      body: templateModel,
      answer: (call) => created(world.location(`${TEMPLATES}/${createTemplate(world, asObject(call.body))}`)),
    },
    {
      verb: 'GET',
      path: TEMPLATE,
      scopes: ['internal_idp_view'],
      answer: (call) => {
        const id = parameter(call, 'id');
        return ok(shownTemplate(SHIPPED.find((each) => each.id === id) ?? templateAt(world, id)));
      },
    },
    {
      verb: 'PUT',
      path: TEMPLATE,
      scopes: ['internal_idp_update'],
      body: templateModel,
      answer: (call) => {
        replaceTemplate(world, parameter(call, 'id'), asObject(call.body));
        return ok();
      },
    },
    {
      verb: 'DELETE',
      path: TEMPLATE,
      scopes: ['internal_idp_delete'],
      answer: (call) => {
        world.providerTemplates.remove(templateAt(world, parameter(call, 'id')).id);
        return noContent;
      },
    },
  ];
}

/** A template that somebody stored; those that ship with the product cannot be changed. */
function templateAt(world: World, id: string): ProviderTemplateRecord {
  const found = world.providerTemplates.get(id);
  if (!found) throw new ApiFailure(404, 'TMM_00021', 'Template not found.', `No template has the id ${id}.`);
  return found;
}

function createTemplate(world: World, body: JsonObject): string {
  const name = textIn(body, 'name') ?? '';
  refuseTakenName(world, name);
  const record = { id: world.identifiers.uuid(), name, fields: body };
  world.providerTemplates.put(record);
  return record.id;
}

function replaceTemplate(world: World, id: string, body: JsonObject): void {
  const stored = templateAt(world, id);
  const name = textIn(body, 'name') ?? '';
  if (name !== stored.name) refuseTakenName(world, name);
  world.providerTemplates.put({ id, name, fields: body });
}

function refuseTakenName(world: World, name: string): void {
  if (world.providerTemplates.find('name', name)) {
    throw new ApiFailure(409, 'TMM_00014', 'Template exists.', `A template with the name ${name} is there already.`);
  }
}

function templateList(world: World, call: Call): JsonObject {
  const page = pageOf(world, call, DEFAULT_LIMIT);
  const { filter } = call.query;
  const test = filter === undefined || filter === '' ? () => true : odataTest(filter, FILTERED);
  if (!test) {
    throw new ApiFailure(400, 'IDP-65055', 'Invalid filter.', `The filter '${filter}' is malformed or not supported.`);
  }
  const matches = (template: ProviderTemplateRecord): boolean => {
    const item = listItem(world, template);
    return test({ ...item, services: servicesOf(template.fields).join(',') });
  };
  const { items, total } = slice([...SHIPPED, ...world.providerTemplates.all()], page, matches);
  return {
    ...pageFrame(world, call, TEMPLATES, page, total, items.length),
    templates: items.map((each) => listItem(world, each)),
  };
}

function listItem(world: World, { id, name, fields }: ProviderTemplateRecord): JsonObject {
  return present({
    id,
    name,
    description: textIn(fields, 'description'),
    image: textIn(fields, 'image'),
    category: textIn(fields, 'category') ?? 'DEFAULT',
    displayOrder: numberIn(fields, 'displayOrder') ?? 0,
    services: servicesOf(fields),
    self: world.link(`${TEMPLATES}/${id}`),
  });
}

/** What an identity provider made from the template would do. */
function servicesOf(fields: JsonObject): string[] {
  const provider = objectIn(fields, 'idp');
  const authenticates = objectsIn(objectIn(provider, 'federatedAuthenticators'), 'authenticators').length > 0;
  const connectors = objectIn(objectIn(provider, 'provisioning'), 'outboundConnectors');
  const provisions = (listIn(connectors, 'connectors') ?? []).length > 0;
  return [...(authenticates ? ['authentication'] : []), ...(provisions ? ['provisioning'] : [])];
}

function shownTemplate({ id, fields }: ProviderTemplateRecord): JsonObject {
  return { ...fields, id };
}
