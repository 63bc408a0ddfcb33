import { shippedClaims, type ShippedClaims } from '../shipped-claims/shipped-claims';
import type { ShippedLocalClaim } from '../shipped-claims/local-claims';
import { systemApis } from './access/scopes';
import { bareApplication } from './applications/writing';
import { LOCAL_DIALECT, LOCAL_DIALECT_ID } from './claims/record';
import { asStored, nextClaimRow } from './claims/rows';
import { SHIPPED_MESSAGES, shippedPattern } from './claims/shipped-patterns';
import { encodedName } from './identifiers';
import { shippedResidentProvider } from './identity-providers/resident';
import { addShippedScopes } from './oidc-scopes/shipped';
import { nextSequence } from './roles/api-resources';
import { existsIn, type Gate } from './versions';
import { ROOT_ORGANIZATION, type World } from './world';

const PORTALS = ['Console', 'My Account'];
const ORGANIZATION_ROLES = ['admin', 'everyone', 'system'];
/** The release whose claims the development line has. */
const LATEST = '7.3';

/** Servers mark and keep their own claims and dialects from 7.1 on: `isSystemClaim` is in the classes of framework 7.7.100, not in 7.3.6. */
const MARKED: Gate = { since: '7.1' };

/** Local claims of no interest to people; up to 7.0 no claim says so (measured on 6.x, recorded on 7.0). */
const HIDDEN = new Set(['identity/adminForcedPasswordReset']);

const SUPER_TENANT = 'carbon.super';

/** Fills an empty world with what the product ships with: claims, portals, API resources, roles (reference §6). */
export function fillWithShipped(world: World): void {
  const claims = shippedClaims(world.version === 'next' ? LATEST : world.version);
  addSystemDialects(world, claims);
  addSystemClaims(world, claims);
  if (existsIn(world.version, { since: '7.0' })) addSystemApis(world);
  addShippedScopes(world);
  world.residentProvider = shippedResidentProvider();
  if (world.settings.tenant === SUPER_TENANT) addPortals(world);
  for (const role of ORGANIZATION_ROLES) addRole(world, role, ROOT_ORGANIZATION, 'organization');
}

function addSystemDialects(world: World, { dialects }: ShippedClaims): void {
  const system = existsIn(world.version, MARKED);
  for (const uri of [LOCAL_DIALECT, ...dialects.keys()]) {
    const id = uri === LOCAL_DIALECT ? LOCAL_DIALECT_ID : encodedName(uri);
    world.dialects.put({ id, uri, system });
  }
}

interface ShippedClaim {
  readonly dialect: string;
  readonly uri: string;
}

/** The order of a release is made out once: a server is filled whenever it is reset. */
const storedOrders = new Map<string, readonly ShippedClaim[]>();

function storedClaims(world: World, { local, dialects }: ShippedClaims): readonly ShippedClaim[] {
  const known = storedOrders.get(world.version);
  if (known) return known;
  const external = [...dialects].flatMap(([dialect, claims]) => [...claims.keys()].map((uri) => ({ dialect, uri })));
  const stored = asStored(world, [...[...local.keys()].map((uri) => ({ dialect: LOCAL_DIALECT, uri })), ...external]);
  storedOrders.set(world.version, stored);
  return stored;
}

function addSystemClaims(world: World, shipped: ShippedClaims): void {
  const { local, dialects } = shipped;
  const stored = storedClaims(world, shipped);
  for (const { dialect, uri } of stored) {
    const claim = local.get(uri);
    if (dialect === LOCAL_DIALECT && claim) addLocalClaim(world, uri, claim);
  }
  for (const { dialect, uri } of stored) {
    const mappedTo = dialects.get(dialect)?.get(uri);
    if (mappedTo === undefined) continue;
    const dialectId = encodedName(dialect);
    const id = `${dialectId}/${encodedName(uri)}`;
    world.externalClaims.put({ id, row: nextClaimRow(world), dialectId, uri, mappedTo });
  }
}

function addLocalClaim(world: World, uri: string, claim: ShippedLocalClaim): void {
  const { displayName, displayOrder, supportedByDefault, required, readOnly, multiValued } = claim;
  const isMarked = existsIn(world.version, MARKED);
  const marks = isMarked ? ['isSystemClaim', ...(HIDDEN.has(claim.name) ? ['hidden'] : [])] : [];
  const message = SHIPPED_MESSAGES[claim.name];
  world.localClaims.put({
    id: encodedName(uri),
    row: nextClaimRow(world),
    uri,
    fields: {
      claimURI: uri,
      displayName,
      // Descriptions are texts of the product for people; the name stands in.
      description: displayName,
      displayOrder,
      supportedByDefault,
      required,
      readOnly,
      attributeMapping: [{ mappedAttribute: claim.attribute, userstore: 'PRIMARY' }],
      ...shippedPattern(world.version, claim.name),
      properties: [
        ...(message === undefined ? [] : [{ key: 'RegExValidationError', value: message }]),
        ...marks.map((key) => ({ key, value: 'true' })),
      ],
      ...(multiValued ? { multiValued } : {}),
    },
  });
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
