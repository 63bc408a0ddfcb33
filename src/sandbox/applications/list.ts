import type { JsonObject } from '../../model/json';
import { flagIn, present, textIn } from '../fields';
import { ApiFailure, violatedConstraints } from '../failures';
import { filterTest, soughtValue } from '../filter';
import type { Answer, Call } from '../http/route';
import { pageFrame, pageIn, pageOf, slice, type Page } from '../paging';
import { visibleFields } from '../strict-body';
import type { World } from '../world';
import { shownAdvanced } from './advanced';
import { inboundKeys } from './detail';
import { listItemModel } from './models';
import type { ApplicationRecord } from './record';

const DEFAULT_LIMIT = 30;

const FILTERED: Readonly<Record<string, (application: ApplicationRecord) => string>> = {
  name: (application) => application.name,
  clientId: ({ inbound }) => textIn(inbound.oidc, 'clientId') ?? '',
  issuer: ({ inbound }) => textIn(inbound.saml, 'issuer') ?? '',
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
export function applicationList(world: World, call: Call): Answer {
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
  const { items, total } = wanted(world, call, page);
  const frame = JSON.stringify(pageFrame(world, call, '/applications', page, total, items.length));
  const shown = items.map((application) => itemText(world, application, extras));
  return { status: 200, text: `${frame.slice(0, -1)},"applications":[${shown.join(',')}]}` };
}

/**
 * The applications on the page. Servers with thousands of them are read page by page, and looked at by name: neither
 * goes through all of them.
 */
function wanted(world: World, call: Call, page: Page): { items: readonly ApplicationRecord[]; total: number } {
  const { filter = '' } = call.query;
  const all = world.applications.list();
  const listed = call.query.excludeSystemPortals === 'true' ? withoutPortals(all) : all;
  if (filter.trim() === '') return pageIn(listed, page);
  const test = wantedTest(filter);
  const sought = soughtValue(filter);
  if (!sought) return slice(listed, page, test);
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

function wantedTest(filter: string): (application: ApplicationRecord) => boolean {
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

/** A record never changes, and belongs to one server: what a list shows of it is made once, as text. */
const plainItems = new WeakMap<ApplicationRecord, string>();

function itemText(world: World, application: ApplicationRecord, extras: readonly Extra[]): string {
  const known = extras.length > 0 ? undefined : plainItems.get(application);
  if (known !== undefined) return known;
  const text = JSON.stringify(listItem(world, application, extras));
  if (extras.length === 0) plainItems.set(application, text);
  return text;
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
