import type { JsonObject } from '../../model/json';
import { flagIn, present, textIn } from '../fields';
import { ApiFailure, violatedConstraints } from '../failures';
import { filterTest } from '../filter';
import { type Call } from '../http/route';
import { pageFrame, pageOf, slice } from '../paging';
import { visibleFields } from '../strict-body';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { shownAdvanced } from './advanced';
import { inboundKeys } from './detail';
import { listItemModel } from './models';
import type { ApplicationRecord } from './record';

const DEFAULT_LIMIT = 30;

const FILTERED: Readonly<Record<string, (application: ApplicationRecord) => string>> = {
  name: (application) => application.name,
  clientId: (application) => inboundKeys(application).clientId,
  issuer: (application) => inboundKeys(application).issuer,
};

type Extra = (application: ApplicationRecord) => JsonObject;

const EXTRAS: Readonly<Record<string, Extra>> = {
  advancedConfigurations: (application) => ({ advancedConfigurations: shownAdvanced(application.advanced) }),
  templateId: () => ({}),
  templateVersion: ({ texts }) => present({ templateVersion: textIn(texts, 'templateVersion') }),
  clientId: () => ({}),
  issuer: () => ({}),
  applicationEnabled: ({ texts }) => ({ applicationEnabled: flagIn(texts, 'applicationEnabled') ?? true }),
  'associatedRoles.allowedAudience': ({ allowedAudience }) => ({ associatedRoles: { allowedAudience } }),
};

/** GET /applications (reference §1.4, §2.1.2). */
export function applicationList(world: World, call: Call): JsonObject {
  if (call.query.sortBy !== undefined || call.query.sortOrder !== undefined) {
    throw new ApiFailure(
      501,
      'APP-65002',
      'Sorting not supported.',
      'Sorting the list of applications is not supported.',
    );
  }
  const page = pageOf(world, call, DEFAULT_LIMIT);
  if (page.limit < 1) throw violatedConstraints(['must be greater than or equal to 1']);
  const extras = wantedExtras(call.query.attributes);
  const test = wantedTest(call.query.filter);
  // Older servers do not know the parameter and ignore it.
  const withPortals = call.query.excludeSystemPortals !== 'true' || !isAtLeast(world.version, '7.1');
  const { items, total } = slice(world.applications.all(), page, (each) => (withPortals || !each.system) && test(each));
  return {
    ...pageFrame(world, call, '/applications', page, total, items.length),
    applications: items.map((application) => listItem(world, application, extras)),
  };
}

function wantedTest(filter: string | undefined): (application: ApplicationRecord) => boolean {
  if (filter === undefined || filter.trim() === '') return () => true;
  const test = filterTest(filter, FILTERED);
  if (!test)
    throw new ApiFailure(400, 'APP-60004', 'Invalid filter.', `The filter '${filter}' is malformed or not supported.`);
  return test;
}

function wantedExtras(attributes: string | undefined): Extra[] {
  return (attributes ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const extra = Object.hasOwn(EXTRAS, name) ? EXTRAS[name] : undefined;
      if (!extra)
        throw new ApiFailure(400, 'APP-60505', 'Invalid attribute.', `The attribute '${name}' cannot be asked for.`);
      return extra;
    });
}

function listItem(world: World, application: ApplicationRecord, extras: readonly Extra[]): JsonObject {
  const { texts } = application;
  const keys = inboundKeys(application);
  const item = present({
    id: application.id,
    name: application.name,
    description: textIn(texts, 'description'),
    applicationVersion: textIn(texts, 'applicationVersion'),
    image: textIn(texts, 'imageUrl'),
    accessUrl: textIn(texts, 'accessUrl'),
    clientId: keys.clientId || undefined,
    issuer: keys.issuer || undefined,
    realm: keys.realm || undefined,
    templateId: textIn(texts, 'templateId'),
    access: application.system ? 'READ' : 'WRITE',
    self: world.link(`/applications/${application.id}`),
    ...Object.assign({}, ...extras.map((extra) => extra(application))),
  });
  return visibleFields(world.version, listItemModel, item);
}
