import type { JsonObject } from '../../model/json';
import { flagIn, present, textIn, without } from '../fields';
import { ApiFailure, violatedConstraints } from '../failures';
import { flagged, type Answer, type Call } from '../http/route';
import { pageFrame, pageIn, pageOf, type Page } from '../paging';
import { visibleFields } from '../strict-body';
import { existsIn, isAtLeast, type Gate, type Version } from '../versions';
import type { World } from '../world';
import { shownAdvanced } from './advanced';
import { inboundKeys, shownKeys } from './detail';
import { listFilter, type ListFilter } from './list-filter';
import { joinsProtocols, matchingRows, numberOfRows } from './list-rows';
import { listItemModel } from './models';
import type { ApplicationRecord } from './record';

const DEFAULT_LIMIT = 30;

interface Extra extends Gate {
  readonly show: (version: Version, application: ApplicationRecord) => JsonObject;
}

const EXTRAS: Readonly<Record<string, Extra>> = {
  advancedConfigurations: {
    show: (version, application) => ({ advancedConfigurations: listedAdvanced(version, application) }),
  },
  templateId: { show: (_version, { texts }) => ({ templateId: textIn(texts, 'templateId') ?? '' }) },
  templateVersion: {
    since: '7.1',
    show: (_version, { texts }) => present({ templateVersion: textIn(texts, 'templateVersion') }),
  },
  clientId: { show: (version, application) => ({ clientId: shownKeys(version, application).clientId ?? '' }) },
  issuer: { show: (version, application) => ({ issuer: shownKeys(version, application).issuer ?? '' }) },
  applicationEnabled: {
    since: '7.1',
    show: (_version, { texts }) => ({ applicationEnabled: flagIn(texts, 'applicationEnabled') ?? true }),
  },
  'associatedRoles.allowedAudience': {
    since: '7.0',
    show: (_version, { allowedAudience }) => ({ associatedRoles: { allowedAudience } }),
  },
};

/** Up to 7.0 a list does not read certificates (measured on 6.x, recorded on 7.0). */
function listedAdvanced(version: Version, application: ApplicationRecord): JsonObject {
  const shown = shownAdvanced(version, application);
  return isAtLeast(version, '7.1') ? shown : without(shown, 'certificate');
}

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
  const filter = wantedFilter(world.version, call.query.filter);
  const extras = wantedExtras(world.version, call.query.attributes, filter);
  return { status: 200, contentType: 'application/json', text: pageText(world, call, page, extras, filter) };
}

/** A list stays the same one as long as nothing changes, and clients read its pages again and again. */
const pages = new WeakMap<object, Map<string, Buffer>>();

function pageText(
  world: World,
  call: Call,
  page: Page,
  extras: readonly NamedExtra[],
  filter: ListFilter | undefined,
): Buffer {
  const query = JSON.stringify(call.query);
  return remembered(pages, world.applications.list(), query, () =>
    Buffer.from(freshPage(world, call, page, extras, filter)),
  );
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

function freshPage(
  world: World,
  call: Call,
  page: Page,
  extras: readonly NamedExtra[],
  filter: ListFilter | undefined,
): string {
  const { items, total } = wanted(world, call, page, filter);
  const frame = JSON.stringify(pageFrame(world, call, '/applications', page, total, items.length));
  const names = extras.map(({ name }) => name).join();
  const shown = items.map((application) =>
    remembered(itemTexts, application, names, () => JSON.stringify(listItem(world, application, extras))),
  );
  return `${frame.slice(0, -1)},"applications":[${shown.join(',')}]}`;
}

/**
 * The applications on the page. Servers with thousands of them are read page by page, and looked at by name: neither
 * goes through all of them.
 */
function wanted(
  world: World,
  call: Call,
  page: Page,
  filter: ListFilter | undefined,
): { items: readonly ApplicationRecord[]; total: number } {
  const all = newestFirst(world.applications.list());
  // Older servers do not know the parameter and ignore it.
  const isKnown = isAtLeast(world.version, '7.1');
  const listed = isKnown && flagged(call, 'excludeSystemPortals') ? withoutPortals(all) : all;
  if (!filter) {
    const { items, total } = pageIn(listed, page);
    return { items, total: joinsProtocols(world.version) ? numberOfRows(listed) : total };
  }
  const { test, sought } = filter;
  const found = (search: () => readonly ApplicationRecord[]): readonly ApplicationRecord[] =>
    remembered(searches, listed, call.query.filter ?? '', search);
  if (joinsProtocols(world.version)) {
    return pageIn(
      found(() => listed.flatMap((application) => matchingRows(application, test))),
      page,
    );
  }
  if (!sought)
    return pageIn(
      found(() => listed.filter(test)),
      page,
    );
  const matches = world.applications.findAll(sought.attribute, sought.value);
  return pageIn(listed === all ? matches : withoutPortals(matches), page);
}

/** A list stays the same one as long as nothing changes, so it is turned around once. */
const turned = new WeakMap<readonly ApplicationRecord[], readonly ApplicationRecord[]>();

/** The order of the database: what was created last comes first (`ORDER BY ID DESC` in 5.25.92, 7.0.80 and 7.8.614). */
function newestFirst(applications: readonly ApplicationRecord[]): readonly ApplicationRecord[] {
  const known = turned.get(applications);
  if (known) return known;
  const reversed = applications.toReversed();
  turned.set(applications, reversed);
  return reversed;
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

function wantedFilter(version: Version, filter = ''): ListFilter | undefined {
  return filter.trim() === '' ? undefined : listFilter(version, filter);
}

interface NamedExtra extends Extra {
  readonly name: string;
}

/**
 * What else items show: what the query asks for, and the keys by which it filters. Before 6.0 nothing can be asked for:
 * the parameter is documented and refused.
 */
function wantedExtras(version: Version, attributes: string | undefined, filter: ListFilter | undefined): NamedExtra[] {
  if (attributes !== undefined && !isAtLeast(version, '6.0')) {
    throw new ApiFailure(
      501,
      'APP-65003',
      'Attribute filtering not supported.',
      'The attributes of a list item cannot be chosen.',
    );
  }
  // As Java splits: what is empty at the end is nothing, and a lone comma asks for nothing.
  const asked = (attributes ?? '').replace(/,+$/, '');
  const names = new Set(asked === '' ? [] : asked.split(','));
  for (const name of filter?.attributes ?? []) if (name !== 'name') names.add(name);
  return [...names].map((name) => {
    const extra = Object.hasOwn(EXTRAS, name) ? EXTRAS[name] : undefined;
    if (!extra || !existsIn(version, extra))
      throw new ApiFailure(400, 'APP-60505', 'Invalid attribute.', `The attribute '${name}' cannot be asked for.`);
    return { ...extra, name };
  });
}

/** A record never changes, and belongs to one server: what a list shows of it is made once, as text, by attributes. */
const itemTexts = new WeakMap<object, Map<string, string>>();

function listItem(world: World, application: ApplicationRecord, extras: readonly Extra[]): JsonObject {
  const { texts } = application;
  const item = present({
    id: application.id,
    name: application.name,
    description: textIn(texts, 'description'),
    applicationVersion: textIn(texts, 'applicationVersion'),
    image: textIn(texts, 'imageUrl'),
    accessUrl: textIn(texts, 'accessUrl'),
    // Nobody asks for the realm, and it is there as soon as anything is asked for (recorded answers of 7.0).
    realm: extras.length > 0 ? inboundKeys(application).realm : undefined,
    access: application.system ? 'READ' : 'WRITE',
    self: world.link(`/applications/${application.id}`),
    ...Object.assign({}, ...extras.map((extra) => extra.show(world.version, application))),
  });
  return visibleFields(world.version, listItemModel, item);
}
