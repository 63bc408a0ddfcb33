import type { JsonObject } from '../../model/json';
import { flagIn, present, textIn } from '../fields';
import { ApiFailure, violatedConstraints } from '../failures';
import { filterTest } from '../filter';
import { type Call } from '../http/route';
import { pageFrame, pageOf, slice } from '../paging';
import { visibleFields } from '../strict-body';
import { existsIn, isAtLeast, type Gate, type Version } from '../versions';
import type { World } from '../world';
import { shownAdvanced } from './advanced';
import { inboundKeys } from './detail';
import { badFilter } from './failures';
import { listItemModel } from './models';
import type { ApplicationRecord } from './record';

const DEFAULT_LIMIT = 30;

type Filtered = Readonly<Record<string, (application: ApplicationRecord) => string>>;

const BY_NAME: Filtered = { name: (application) => application.name };
const BY_NAME_AND_KEYS: Filtered = {
  ...BY_NAME,
  clientId: (application) => inboundKeys(application).clientId,
  issuer: (application) => inboundKeys(application).issuer,
};

interface Extra extends Gate {
  readonly show: (application: ApplicationRecord) => JsonObject;
}

const EXTRAS: Readonly<Record<string, Extra>> = {
  advancedConfigurations: {
    show: (application) => ({ advancedConfigurations: shownAdvanced(application.advanced) }),
  },
  templateId: { show: () => ({}) },
  templateVersion: {
    since: '7.1',
    show: ({ texts }) => present({ templateVersion: textIn(texts, 'templateVersion') }),
  },
  clientId: { show: () => ({}) },
  issuer: { show: () => ({}) },
  applicationEnabled: {
    since: '7.1',
    show: ({ texts }) => ({ applicationEnabled: flagIn(texts, 'applicationEnabled') ?? true }),
  },
  'associatedRoles.allowedAudience': {
    since: '7.0',
    show: ({ allowedAudience }) => ({ associatedRoles: { allowedAudience } }),
  },
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
  const extras = wantedExtras(world.version, call.query.attributes);
  const test = wantedTest(world.version, call.query.filter);
  // Older servers do not know the parameter and ignore it.
  const withPortals = call.query.excludeSystemPortals !== 'true' || !isAtLeast(world.version, '7.1');
  const { items, total } = slice(world.applications.all(), page, (each) => (withPortals || !each.system) && test(each));
  return {
    ...pageFrame(world, call, '/applications', page, total, items.length),
    applications: items.map((application) => listItem(world, application, extras)),
  };
}

/** Client id and issuer are searched from 6.1 on, where lists also show them. */
function wantedTest(version: Version, filter: string | undefined): (application: ApplicationRecord) => boolean {
  if (filter === undefined || filter.trim() === '') return () => true;
  const test = filterTest(filter, isAtLeast(version, '6.1') ? BY_NAME_AND_KEYS : BY_NAME);
  if (!test) throw badFilter(filter);
  return test;
}

/** Before 6.1 nothing can be asked for: the parameter is documented and refused. */
function wantedExtras(version: Version, attributes: string | undefined): Extra[] {
  if (attributes !== undefined && !isAtLeast(version, '6.1')) {
    throw new ApiFailure(
      501,
      'APP-65003',
      'Attribute filtering not supported.',
      'The attributes of a list item cannot be chosen.',
    );
  }
  return (attributes ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const extra = Object.hasOwn(EXTRAS, name) ? EXTRAS[name] : undefined;
      if (!extra || !existsIn(version, extra))
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
    ...Object.assign({}, ...extras.map((extra) => extra.show(application))),
  });
  return visibleFields(world.version, listItemModel, item);
}
