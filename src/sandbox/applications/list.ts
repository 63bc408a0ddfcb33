import type { JsonObject } from '../../model/json';
import { flagIn, present, textIn } from '../fields';
import { ApiFailure, violatedConstraints } from '../failures';
import { filterTest, soughtValue } from '../filter';
import { flagged, type Answer, type Call } from '../http/route';
import { pageFrame, pageIn, pageOf, type Page } from '../paging';
import { visibleFields } from '../strict-body';
import { existsIn, isAtLeast, type Gate, type Version } from '../versions';
import type { World } from '../world';
import { shownAdvanced } from './advanced';
import { inboundKeys } from './detail';
import { badFilter } from './failures';
import { joinsProtocols, matchingRows, numberOfRows } from './list-rows';
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
export function applicationList(world: World, call: Call): Answer {
  // Numbers come first: JAX-RS reads the parameters, and bean validation looks at them, before the product does.
  const page = pageOf(world, call, DEFAULT_LIMIT);
  if (page.limit < 1) throw violatedConstraints(['must be greater than or equal to 1']);
  if (call.query.sortBy !== undefined || call.query.sortOrder !== undefined) {
    throw new ApiFailure(
      501,
      'APP-65002',
      'Sorting not supported.',
      'Sorting the list of applications is not supported.',
    );
  }
  const extras = wantedExtras(world.version, call.query.attributes);
  return { status: 200, contentType: 'application/json', text: pageText(world, call, page, extras) };
}

/** A list stays the same one as long as nothing changes, and clients read its pages again and again. */
const pages = new WeakMap<object, Map<string, Buffer>>();

function pageText(world: World, call: Call, page: Page, extras: readonly Extra[]): Buffer {
  const query = JSON.stringify(call.query);
  return remembered(pages, world.applications.list(), query, () => Buffer.from(freshPage(world, call, page, extras)));
}

const MOST_REMEMBERED = 200;

/** What was made of a thing that never changes, by how it was asked for; forgotten with the thing, or when it is too much. */
function remembered<V>(known: WeakMap<object, Map<string, V>>, thing: object, asked: string, make: () => V): V {
  const made = known.get(thing) ?? new Map<string, V>();
  known.set(thing, made);
  const found = made.get(asked);
  if (found !== undefined) return found;
  const fresh = make();
  if (made.size >= MOST_REMEMBERED) made.clear();
  made.set(asked, fresh);
  return fresh;
}

function freshPage(world: World, call: Call, page: Page, extras: readonly Extra[]): string {
  const { items, total } = wanted(world, call, page);
  const frame = JSON.stringify(pageFrame(world, call, '/applications', page, total, items.length));
  const { attributes = '' } = call.query;
  const shown = items.map((application) =>
    remembered(itemTexts, application, attributes, () => JSON.stringify(listItem(world, application, extras))),
  );
  return `${frame.slice(0, -1)},"applications":[${shown.join(',')}]}`;
}

/**
 * The applications on the page. Servers with thousands of them are read page by page, and looked at by name: neither
 * goes through all of them.
 */
function wanted(world: World, call: Call, page: Page): { items: readonly ApplicationRecord[]; total: number } {
  const { filter = '' } = call.query;
  const all = world.applications.list();
  // Older servers do not know the parameter and ignore it.
  const isKnown = isAtLeast(world.version, '7.1');
  const listed = isKnown && flagged(call, 'excludeSystemPortals') ? withoutPortals(all) : all;
  if (filter.trim() === '') {
    const { items, total } = pageIn(listed, page);
    return { items, total: joinsProtocols(world.version) ? numberOfRows(listed) : total };
  }
  const test = wantedTest(world.version, filter);
  if (joinsProtocols(world.version)) {
    return pageIn(
      remembered(searches, listed, filter, () => listed.flatMap((application) => matchingRows(application, test))),
      page,
    );
  }
  const sought = soughtValue(filter);
  if (!sought)
    return pageIn(
      remembered(searches, listed, filter, () => listed.filter(test)),
      page,
    );
  const found = world.applications.findAll(sought.attribute, sought.value);
  return pageIn(listed === all ? found : withoutPortals(found), page);
}

/** A list stays the same one as long as nothing changes, so this is done once for it. */
const ownLists = new WeakMap<readonly ApplicationRecord[], readonly ApplicationRecord[]>();

function withoutPortals(applications: readonly ApplicationRecord[]): readonly ApplicationRecord[] {
  const known = ownLists.get(applications);
  if (known) return known;
  const own = applications.filter(({ system }) => !system);
  ownLists.set(applications, own);
  return own;
}

/** Clients read one search page by page, and it is made once for all of them. */
const searches = new WeakMap<object, Map<string, readonly ApplicationRecord[]>>();

/** Client id and issuer are searched from 6.1 on, where lists also show them. */
function wantedTest(version: Version, filter: string): (application: ApplicationRecord) => boolean {
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

/** A record never changes, and belongs to one server: what a list shows of it is made once, as text, by attributes. */
const itemTexts = new WeakMap<object, Map<string, string>>();

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
