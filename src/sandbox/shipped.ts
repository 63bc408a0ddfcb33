import { systemApis } from './access/scopes';
import { bareApplication } from './applications/writing';
import { LOCAL_DIALECT, LOCAL_DIALECT_ID } from './claims/record';
import { SYSTEM_CLAIMS, SYSTEM_DIALECTS } from './claims/system-claims';
import { encodedName } from './identifiers';
import { shippedResidentProvider } from './identity-providers/resident';
import { addShippedScopes } from './oidc-scopes';
import { nextSequence } from './roles/api-resources';
import { existsIn } from './versions';
import { ROOT_ORGANIZATION, type World } from './world';

const PORTALS = ['Console', 'My Account'];
const ORGANIZATION_ROLES = ['admin', 'everyone', 'system'];
const SUPER_TENANT = 'carbon.super';

/** Fills an empty world with what the product ships with: claims, portals, API resources, roles (reference §6). */
export function fillWithShipped(world: World): void {
  addSystemClaims(world);
  addSystemDialects(world);
  if (existsIn(world.version, { since: '7.0' })) addSystemApis(world);
  addShippedScopes(world);
  world.residentProvider = shippedResidentProvider();
  if (world.settings.tenant === SUPER_TENANT) addPortals(world);
  for (const role of ORGANIZATION_ROLES) addRole(world, role, ROOT_ORGANIZATION, 'organization');
}

function addSystemClaims(world: World): void {
  SYSTEM_CLAIMS.filter((claim) => existsIn(world.version, claim)).forEach((claim, index) => {
    const uri = `${LOCAL_DIALECT}/${claim.name}`;
    world.localClaims.put({
      id: encodedName(uri),
      uri,
      fields: {
        claimURI: uri,
        displayName: claim.displayName,
        description: claim.displayName,
        displayOrder: index,
        supportedByDefault: !claim.name.startsWith('identity/'),
        attributeMapping: [{ mappedAttribute: claim.attribute, userstore: 'PRIMARY' }],
        properties: ['isSystemClaim', ...(claim.hidden ? ['hidden'] : [])].map((key) => ({ key, value: 'true' })),
        ...(claim.multiValued ? { multiValued: true } : {}),
      },
    });
  });
}

function addSystemDialects(world: World): void {
  world.dialects.put({ id: LOCAL_DIALECT_ID, uri: LOCAL_DIALECT, system: true });
  for (const dialect of SYSTEM_DIALECTS.filter((each) => existsIn(world.version, each))) {
    const dialectId = encodedName(dialect.uri);
    world.dialects.put({ id: dialectId, uri: dialect.uri, system: true });
    for (const [uri, local] of Object.entries(dialect.claims)) {
      const mappedTo = `${LOCAL_DIALECT}/${local}`;
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
