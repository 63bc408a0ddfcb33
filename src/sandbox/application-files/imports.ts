import type { Json, JsonObject } from '../../model/json';
import type { Caller } from '../access/gatekeeper';
import { isBlank, listIn, objectIn, objectsIn, present, textIn } from '../fields';
import { uncaughtException } from '../failures';
import { visibleFields } from '../strict-body';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { changedAdvanced, changedProvisioning } from '../applications/advanced';
import { changedClaims, noClaims } from '../applications/claim-configuration';
import { badApplication, missingPrivilege, noSuchApplication } from '../applications/failures';
import { changedSequence, defaultSequence } from '../applications/login-sequence';
import { applicationModel } from '../applications/models';
import type { ApplicationRecord, ClaimSettings } from '../applications/record';
import { importedProtocols } from './imported-protocols';
import { bodyOfFile, inboundConfigs } from './request-body';
import { refuseUnknownRole } from '../applications/role-mappings';
import { refuseInvalid } from '../applications/validation';
import { bareApplication, refuseConsentPage, refuseNewName, refuseSystem } from '../applications/writing';

/** Texts and flags that a file has elements for. */
const TEXTS = ['description', 'imageUrl', 'accessUrl', 'templateId', 'templateVersion', 'applicationEnabled'];

/**
 * POST /applications/import (reference §3.4): who imports is the owner, as with any application that one creates.
 * A refusal leaves nothing behind; where the product breaks down, the application stays as it was made before the rest of
 * the file was looked at: with its name and description alone.
 * @param tree a service provider file of any format
 */
export function createFromFile(world: World, tree: JsonObject, caller: Caller): ApplicationRecord {
  const name = nameIn(tree);
  refuseNewName(world, name);
  const bare = bareApplication(world, world.identifiers.uuid(), name);
  if (breaksDown(world, tree)) {
    const texts = { ...bare.texts, ...present({ description: textIn(tree, 'description') }) };
    world.applications.put({ ...bare, texts });
    throw uncaughtException();
  }
  const application = applied(world, bare, tree, caller);
  const created = isAtLeast(world.version, '7.1') ? withManagementFlag(application, tree) : application;
  world.applications.put(created);
  return created;
}

/**
 * What the product does not expect in a file: a role mapping without its local role (6.x and 7.0), and before 7.0 a client
 * without the list of scope validators (NullPointerException in both).
 */
function breaksDown(world: World, tree: JsonObject): boolean {
  const mappings = objectsIn(objectIn(tree, 'permissionAndRoleConfig'), 'roleMappings');
  if (mappings.some((mapping) => !objectIn(mapping, 'localRole'))) return true;
  if (isAtLeast(world.version, '7.0')) return false;
  return inboundConfigs(tree).some((config) => {
    const client = textIn(config, 'inboundAuthType') === 'oauth2' && objectIn(config, 'inboundConfigurationProtocol');
    return client && !listIn(client, 'scopeValidators');
  });
}

/**
 * Only a creation decides it, and before 7.1 that of an import does not (`importApplication` copies name and description
 * alone); whether a later import changes it is not established.
 */
function withManagementFlag(application: ApplicationRecord, { managementApp }: JsonObject): ApplicationRecord {
  return { ...application, texts: { ...application.texts, ...present({ isManagementApp: managementApp }) } };
}

/**
 * PUT /applications/import: replaces the application that has the name in the file. Its id stays, and who imports becomes
 * its owner.
 */
export function replaceFromFile(world: World, tree: JsonObject, caller: Caller): ApplicationRecord {
  const name = nameIn(tree);
  const stored = world.applications.find('name', name);
  if (!stored) throw noSuchApplication(name);
  // The product refuses every update of these; that the code is that of a PATCH is not established.
  refuseSystem(stored);
  // What is left of an application when the product breaks down here is not established.
  if (breaksDown(world, tree)) throw uncaughtException();
  const { owner: _former, ...application } = applied(world, stored, tree, caller);
  world.applications.put(application);
  return application;
}

/** An export gives back the type that the file had, as the product's code of 6.0 does. */
function importedSequence(tree: JsonObject, sent: JsonObject): ApplicationRecord['sequence'] {
  const sequence = changedSequence(defaultSequence, sent);
  const fileType = (textIn(objectIn(tree, 'localAndOutBoundAuthenticationConfig'), 'authenticationType') ?? '').trim();
  return sequence.type === 'DEFAULT' || fileType === '' ? sequence : { ...sequence, fileType };
}

function nameIn(tree: JsonObject): string {
  const name = (textIn(tree, 'applicationName') ?? '').trim();
  if (name === '') throw badApplication('The file names no application.');
  return name;
}

/**
 * The application with everything that a file has an element for, as the file says it. What has none stays: properties,
 * version, authorized APIs, groups (reference §3.2).
 */
function applied(world: World, stored: ApplicationRecord, tree: JsonObject, caller: Caller): ApplicationRecord {
  refuseScript(world, stored, tree, caller);
  const file = visibleFields(world.version, applicationModel, bodyOfFile(world.version, tree));
  const sequence = objectIn(file, 'authenticationSequence');
  const discoverableGroups = stored.advanced.discoverableGroups;
  const changed: ApplicationRecord = {
    ...stored,
    texts: { ...emptyDescription(world, tree), ...replacedTexts(stored.texts, file) },
    allowedAudience: audience(world, stored, objectIn(file, 'associatedRoles')),
    claims: claims(world, objectIn(file, 'claimConfiguration')),
    sequence: sequence ? importedSequence(tree, sequence) : defaultSequence,
    advanced: { ...advanced(world, file), ...present({ discoverableGroups }) },
    provisioning: changedProvisioning(world, {}, objectIn(file, 'provisioningConfigurations') ?? {}, badApplication),
    inbound: importedProtocols(world, stored, tree, objectIn(file, 'inboundProtocolConfiguration') ?? {}),
  };
  refuseInvalid(world, changed);
  // Not established for imports.
  refuseConsentPage(changed, file);
  return changed;
}

/** Even a script that does not change needs the scope, in the file or on the server (reference §3.4). */
function refuseScript(world: World, stored: ApplicationRecord, tree: JsonObject, caller: Caller): void {
  if (!isAtLeast(world.version, '7.2') || caller.scopes.has('internal_application_script_update')) return;
  const config = objectIn(objectIn(tree, 'localAndOutBoundAuthenticationConfig'), 'authenticationScriptConfig');
  if (!isBlank(textIn(config, 'content')) || stored.sequence.script !== undefined)
    throw missingPrivilege('import an application with an authentication script');
}

/** Up to 7.0 an element without text is an empty description (measured on 6.x, recorded on 7.0). */
function emptyDescription(world: World, { description }: JsonObject): JsonObject {
  return description === '' && !isAtLeast(world.version, '7.1') ? { description: '' } : {};
}

function replacedTexts(stored: JsonObject, file: JsonObject): JsonObject {
  const kept = Object.entries(stored).filter(([field]) => !TEXTS.includes(field));
  const sent = TEXTS.map((field): [string, Json | undefined] => [field, file[field]]);
  return { ...Object.fromEntries(kept), ...present(Object.fromEntries(sent)) };
}

/** The one list of a file: a claim that is only requested is mapped to itself. Local claims and roles have to exist. */
function claims(world: World, body: JsonObject | undefined): ClaimSettings {
  if (!body) return noClaims;
  const mapped = objectsIn(body, 'claimMappings');
  const names = new Set(mapped.map((mapping) => mapping.applicationClaim));
  const own = objectsIn(body, 'requestedClaims')
    .flatMap((request) => textIn(objectIn(request, 'claim'), 'uri') ?? [])
    .filter((uri) => !names.has(uri))
    .map((uri) => ({ applicationClaim: uri, localClaim: { uri } }));
  for (const { localRole } of objectsIn(objectIn(body, 'role'), 'mappings'))
    refuseUnknownRole(world, String(localRole));
  return changedClaims(noClaims, { ...body, claimMappings: [...mapped, ...own] });
}

function advanced(world: World, file: JsonObject): JsonObject {
  const body = objectIn(file, 'advancedConfigurations') ?? {};
  const attestation = objectIn(body, 'attestationMetaData');
  const credentials = textIn(attestation, 'androidAttestationServiceCredentials');
  return changedAdvanced(
    world,
    {},
    {
      ...body,
      ...(attestation && credentials !== undefined
        ? { attestationMetaData: { ...attestation, androidAttestationServiceCredentials: serviceAccount(credentials) } }
        : {}),
    },
  );
}

/** The credentials are JSON in a text. What the product says to another text is not established. */
function serviceAccount(credentials: string): Json {
  try {
    return JSON.parse(credentials) as Json;
  } catch {
    throw badApplication('The attestation credentials are no JSON.');
  }
}

/** Roles stand in a file by name: those of the application itself have to be there already (reference §3.4). */
function audience(
  world: World,
  stored: ApplicationRecord,
  config: JsonObject | undefined,
): ApplicationRecord['allowedAudience'] {
  if (!config) return stored.allowedAudience;
  const known = new Set(world.roles.findAll('audience', stored.id).map(({ displayName }) => displayName));
  const unknown = objectsIn(config, 'roles').find(({ name }) => !known.has(String(name)));
  if (unknown) throw badApplication(`The application has no role ${String(unknown.name)}.`);
  return config.allowedAudience === 'APPLICATION' ? 'APPLICATION' : 'ORGANIZATION';
}
