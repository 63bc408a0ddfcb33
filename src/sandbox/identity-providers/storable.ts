import { textIn } from '../fields';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { UncodedFailure } from './failures';
import type { IdentityProviderRecord, KeyedValue } from './record';

const SAML = 'SAMLSSOAuthenticator';
const ENTITY_ID = 'IdPEntityId';

/**
 * What cannot be stored: an entity id of SAML or an issuer name that another identity provider has, which are client
 * errors, and texts that are longer than their columns (the product's h2.sql), which is a server error.
 */
export function refuseUnstorable(
  world: World,
  stored: IdentityProviderRecord | undefined,
  changed: IdentityProviderRecord,
): void {
  if (isTaken(world, stored, changed, entityId) || isTaken(world, stored, changed, issuerName)) {
    throw new UncodedFailure(400);
  }
  const columns = isAtLeast(world.version, '7.0') ? [[254, changed.name] as const] : columnsOf(changed);
  if (columns.some(([length, value]) => (value ?? '').length > length)) throw new UncodedFailure(500);
}

function entityId(provider: IdentityProviderRecord): string | undefined {
  const saml = provider.authenticators.find(({ name }) => name === SAML);
  return saml?.properties.find(({ key }) => key === ENTITY_ID)?.value;
}

function issuerName(provider: IdentityProviderRecord): string | undefined {
  const name = textIn(provider.texts, 'idpIssuerName');
  return name?.trim() === '' ? undefined : name;
}

function isTaken(
  world: World,
  stored: IdentityProviderRecord | undefined,
  changed: IdentityProviderRecord,
  read: (provider: IdentityProviderRecord) => string | undefined,
): boolean {
  const value = read(changed);
  if (value === undefined || (stored && read(stored) === value)) return false;
  return [...world.identityProviders.all()].some((other) => other.id !== changed.id && read(other) === value);
}

type Column = readonly [length: number, value: string | undefined];

/** The texts of an identity provider with the lengths of their columns, those of its parts included. */
function columnsOf(provider: IdentityProviderRecord): Column[] {
  const text = (field: string): string | undefined => textIn(provider.texts, field);
  return [
    [254, provider.name],
    [1024, text('description')],
    [1024, text('image')],
    [254, text('alias')],
    [254, text('homeRealmIdentifier')],
    [255, text('idpIssuerName')],
    [255, text('templateId')],
    [255, provider.certificate.jwksUri],
    [254, textIn(provider.jit, 'userstore')],
    ...claimColumns(provider),
    ...roleColumns(provider),
    ...provider.authenticators.flatMap((each): Column[] => [
      [255, each.name],
      ...propertyColumns(each.properties, 2047),
    ]),
    ...provider.connectors.flatMap((each): Column[] => [[255, each.name], ...propertyColumns(each.properties, 2048)]),
  ];
}

function claimColumns(provider: IdentityProviderRecord): Column[] {
  return [
    [254, provider.userIdClaim],
    [254, provider.roleClaim],
    ...provider.claimMappings.flatMap((each): Column[] => [
      [254, each.idpClaim],
      [253, each.localClaim],
    ]),
    ...provider.provisioningClaims.flatMap((each): Column[] => [
      [255, each.claim],
      [255, each.defaultValue],
    ]),
  ];
}

function roleColumns({ roles }: IdentityProviderRecord): Column[] {
  const mappings = roles.mappings.flatMap((each): Column[] => [
    [254, each.idpRole],
    [253, each.localRole],
  ]);
  return [[128, roles.outbound.join(',')], ...mappings];
}

function propertyColumns(properties: readonly KeyedValue[], length: number): Column[] {
  return properties.flatMap((each): Column[] => [
    [255, each.key],
    [length, each.value],
  ]);
}
