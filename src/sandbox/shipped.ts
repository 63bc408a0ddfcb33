import { shippedClaims, type ShippedClaims } from '../shipped-claims/shipped-claims';
import { systemApis } from './access/scopes';
import { bareApplication } from './applications/writing';
import { LOCAL_DIALECT, LOCAL_DIALECT_ID } from './claims/record';
import { encodedName } from './identifiers';
import { shippedResidentProvider } from './identity-providers/resident';
import { addShippedScopes } from './oidc-scopes';
import { nextSequence } from './roles/api-resources';
import { existsIn, type Gate } from './versions';
import { ROOT_ORGANIZATION, type World } from './world';

const PORTALS = ['Console', 'My Account'];
const ORGANIZATION_ROLES = ['admin', 'everyone', 'system'];
/** The release whose claims the development line has. */
const LATEST = '7.3';

/** Servers mark and keep their own claims and dialects from 7.1 on: `isSystemClaim` is in the classes of framework 7.7.100, not in 7.3.6. */
const MARKED: Gate = { since: '7.1' };

/** Local claims of no interest to people. */
const HIDDEN = new Set(['identity/adminForcedPasswordReset']);

const SUPER_TENANT = 'carbon.super';

/** Fills an empty world with what the product ships with: claims, portals, API resources, roles (reference §6). */
export function fillWithShipped(world: World): void {
  const claims = shippedClaims(world.version === 'next' ? LATEST : world.version);
  addSystemClaims(world, claims);
  addSystemDialects(world, claims);
  if (existsIn(world.version, { since: '7.0' })) addSystemApis(world);
  addShippedScopes(world);
  world.residentProvider = shippedResidentProvider();
  if (world.settings.tenant === SUPER_TENANT) addPortals(world);
  for (const role of ORGANIZATION_ROLES) addRole(world, role, ROOT_ORGANIZATION, 'organization');
}

function addSystemClaims(world: World, { local }: ShippedClaims): void {
  const isMarked = existsIn(world.version, MARKED);
  for (const [uri, claim] of local) {
    const { displayName, displayOrder, supportedByDefault, required, readOnly, multiValued } = claim;
    const marks = [...(isMarked ? ['isSystemClaim'] : []), ...(HIDDEN.has(claim.name) ? ['hidden'] : [])];
    world.localClaims.put({
      id: encodedName(uri),
      uri,
      fields: {
        claimURI: uri,
        displayName,
        description: displayName,
        displayOrder,
        supportedByDefault,
        required,
        readOnly,
        attributeMapping: [{ mappedAttribute: claim.attribute, userstore: 'PRIMARY' }],
        properties: marks.map((key) => ({ key, value: 'true' })),
        ...(multiValued ? { multiValued } : {}),
      },
    });
  }
}

function addSystemDialects(world: World, { dialects }: ShippedClaims): void {
  const system = existsIn(world.version, MARKED);
  world.dialects.put({ id: LOCAL_DIALECT_ID, uri: LOCAL_DIALECT, system });
  for (const [dialect, claims] of dialects) {
    const dialectId = encodedName(dialect);
    world.dialects.put({ id: dialectId, uri: dialect, system });
    for (const [uri, mappedTo] of claims) {
      if (!world.localClaims.find('uri', mappedTo)) continue;
      world.externalClaims.put({ id: `${dialectId}/${encodedName(uri)}`, dialectId, uri, mappedTo });
    }
  }
}

function addSystemApis(world: World): void {
  for (const api of systemApis(world.version)) {
    const scopes = api.scopes.map((name) => ({ id: world.identifiers.uuid(), name, displayName: name }));
    const { identifier, name } = api;
    const sequence = nextSequence(world);
    world.apiResources.put({
      id: world.identifiers.uuid(),
      sequence,
      name,
      identifier,
      type: 'SYSTEM',
      requiresAuthorization: true,
      scopes,
    });
  }
}

function addPortals(world: World): void {
  for (const name of PORTALS) {
    const portal = bareApplication(world, world.identifiers.uuid(), name, true);
    const clientId = name.replaceAll(' ', '_').toUpperCase();
    const address = `https://localhost:9443/${name.replaceAll(' ', '').toLowerCase()}`;
    const oidc = {
      clientId,
      grantTypes: ['authorization_code', 'refresh_token'],
      callbackURLs: [address],
      publicClient: true,
      state: 'ACTIVE',
    };
    world.applications.put({ ...portal, texts: { ...portal.texts, accessUrl: address }, inbound: { oidc } });
    if (name === 'Console') addRole(world, 'Administrator', portal.id, 'application');
  }
}

function addRole(
  world: World,
  displayName: string,
  audience: string,
  audienceType: 'organization' | 'application',
): void {
  world.roles.put({ id: world.identifiers.uuid(), displayName, audience, audienceType, permissions: [] });
}
