import type { JsonObject } from '../../model/json';
import { asObject, present, textIn, without } from '../fields';
import { ApiFailure } from '../failures';
import { created, noContent, ok, parameter, type Call, type Route } from '../http/route';
import { odataTest } from '../odata-filter';
import { listOf, model, oneOf, required, text, whole } from '../shapes';
import type { World } from '../world';
import { applicationModel } from './models';
import type { TemplateRecord } from './record';

const PATH = '/applications/templates';

/** The id is part of the model and ignored. */
const templateModel = model({
  id: text,
  name: required(text),
  description: text,
  image: text,
  authenticationProtocol: text,
  types: listOf(text),
  category: oneOf('DEFAULT', 'VENDOR'),
  templateGroup: text,
  displayOrder: whole,
  application: required(applicationModel),
});

/** Templates that the console of the product ships with, in brief. */
const SHIPPED: readonly TemplateRecord[] = [
  shipped('776a73da-fd8e-490b-84ff-93009f8ede85', 'SAML web application', 'saml'),
  shipped('6a90e4b0-fbff-42d7-bfde-1efd98f07cd7', 'Single page application', 'oidc'),
];

function shipped(id: string, name: string, authenticationProtocol: string): TemplateRecord {
  const fields = { name, authenticationProtocol, category: 'DEFAULT', application: { name: '' } };
  return { id, name, fields };
}

const SEARCHED = [
  'name',
  'description',
  'image',
  'category',
  'displayOrder',
  'authenticationProtocol',
  'templateGroup',
];

/** The templates of the console's wizards (reference §2.1.1): stored and handed back, never applied. */
export function templateRoutes(world: World): Route[] {
  const scopes = (verb: string): string[] => [`internal_application_mgt_${verb}`];
  const one = `${PATH}/:templateId`;
  return [
    { verb: 'GET', path: PATH, scopes: scopes('view'), answer: (call) => ok(templateList(world, call)) },
    {
      verb: 'POST',
      path: PATH,
      scopes: scopes('create'),
      body: templateModel,
      answer: (call) => {
        const id = world.identifiers.uuid();
        store(world, id, asObject(call.body));
        return created(world.location(`${PATH}/${id}`));
      },
    },
    {
      verb: 'GET',
      path: one,
      scopes: scopes('view'),
      answer: (call) => {
        const found = SHIPPED.find((template) => template.id === parameter(call, 'templateId'));
        const { id, fields } = found ?? templateAt(world, call);
        return ok({ id, ...fields });
      },
    },
    {
      verb: 'PUT',
      path: one,
      scopes: scopes('update'),
      body: templateModel,
      answer: (call) => {
        store(world, templateAt(world, call).id, asObject(call.body));
        return ok();
      },
    },
    {
      verb: 'DELETE',
      path: one,
      scopes: scopes('delete'),
      answer: (call) => {
        world.applicationTemplates.remove(templateAt(world, call).id);
        return noContent;
      },
    },
  ];
}

/**
 * A template that somebody stored; those that ship with the product cannot be changed. Unlike most deletions that of an
 * unknown template is a 404 (reference §1.5).
 */
function templateAt(world: World, call: Call): TemplateRecord {
  const id = parameter(call, 'templateId');
  const template = world.applicationTemplates.get(id);
  if (!template) {
    throw new ApiFailure(404, 'TMM_00021', 'Template not found.', `There is no application template ${id}.`);
  }
  return template;
}

function store(world: World, id: string, body: JsonObject): void {
  const name = textIn(body, 'name') ?? '';
  const taken = world.applicationTemplates.find('name', name);
  if (taken && taken.id !== id) {
    throw new ApiFailure(409, 'TMM_00014', 'Template exists.', `An application template is named '${name}' already.`);
  }
  world.applicationTemplates.put({ id, name, fields: without(body, 'id') });
}

/** The whole list: pages are refused with 501, though the parameters are documented. */
function templateList(world: World, call: Call): JsonObject {
  if (call.query.limit !== undefined || call.query.offset !== undefined) {
    throw new ApiFailure(
      501,
      'APP-65004',
      'Paginated listing not supported.',
      'Templates come in one list; limit and offset are not supported.',
    );
  }
  const test = wantedTest(call.query.filter);
  const templates = [...SHIPPED, ...world.applicationTemplates.all()].filter(({ fields }) => test(fields));
  return present({ templates: templates.map((template) => listItem(world, template)) });
}

function wantedTest(filter: string | undefined): (fields: JsonObject) => boolean {
  if (filter === undefined || filter.trim() === '') return () => true;
  const test = odataTest(filter, SEARCHED);
  if (!test) {
    throw new ApiFailure(
      400,
      'APP-65502',
      'Search request validation failed.',
      `The filter '${filter}' is malformed or not supported.`,
    );
  }
  return test;
}

function listItem(world: World, { id, fields }: TemplateRecord): JsonObject {
  return { id, ...without(fields, 'application'), self: world.link(`${PATH}/${id}`) };
}
