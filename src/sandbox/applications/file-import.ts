import type { Json, JsonObject } from '../../model/json';
import { applicationFromFile } from '../../service-provider-files/translation/application-from-file';
import { Entry, Ledger } from '../../service-provider-files/translation/ledger';
import type { Caller } from '../access/gatekeeper';
import { isBlank, objectIn, objectsIn, present, textIn } from '../fields';
import { visibleFields } from '../strict-body';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { changedAdvanced, changedProvisioning } from './advanced';
import { changedClaims, noClaims } from './claim-configuration';
import { badApplication, missingPrivilege, noSuchApplication } from './failures';
import { importedProtocols } from './file-protocols';
import { changedSequence, defaultSequence } from './login-sequence';
import { applicationModel } from './models';
import type { ApplicationRecord, ClaimSettings } from './record';
import { refuseUnknownRole } from './role-mappings';
import { refuseInvalid } from './validation';
import { bareApplication, refuseConsentPage, refuseNewName, refuseSystem } from './writing';

/** Texts and flags that a file has elements for. */
const TEXTS = ['description', 'imageUrl', 'accessUrl', 'templateId', 'templateVersion', 'applicationEnabled'];

/**
 * POST /applications/import (reference §3.4): who imports is the owner, as with any application that one creates.
 * All parts are checked before anything is stored, which is what an import that is undone looks like from outside.
 * @param tree a service provider file of any format
 */
export function createFromFile(world: World, tree: JsonObject, caller: Caller): ApplicationRecord {
  const name = nameIn(tree);
  refuseNewName(world, name);
  const bare = bareApplication(world, world.identifiers.uuid(), name);
  const application = applied(world, bare, tree, caller);
  const created = isAtLeast(world.version, '6.0') ? withManagementFlag(application, tree) : application;
  world.applications.put(created);
  return created;
}

/** Only a creation decides it; whether a later import changes it is not established. */
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
  const { owner: _former, ...application } = applied(world, stored, tree, caller);
  world.applications.put(application);
  return application;
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
  const file = visibleFields(world.version, applicationModel, applicationFromFile(new Entry(tree, new Ledger())));
  const sequence = objectIn(file, 'authenticationSequence');
  const discoverableGroups = stored.advanced.discoverableGroups;
  const changed: ApplicationRecord = {
    ...stored,
    texts: replacedTexts(stored.texts, file),
    allowedAudience: audience(world, stored, objectIn(file, 'associatedRoles')),
    claims: claims(world, objectIn(file, 'claimConfiguration')),
    sequence: sequence ? changedSequence(defaultSequence, sequence) : defaultSequence,
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
  const certificate = objectIn(body, 'certificate');
  const attestation = objectIn(body, 'attestationMetaData');
  const credentials = textIn(attestation, 'androidAttestationServiceCredentials');
  return changedAdvanced(
    world,
    {},
    {
      ...body,
      ...(certificate ? { certificate: asSent(certificate) } : {}),
      ...(attestation && credentials !== undefined
        ? { attestationMetaData: { ...attestation, androidAttestationServiceCredentials: serviceAccount(credentials) } }
        : {}),
    },
  );
}

/** The API has base64 of the PEM text, a file the text itself. */
function asSent(certificate: JsonObject): JsonObject {
  const value = textIn(certificate, 'value') ?? '';
  return certificate.type === 'PEM' && value.includes('-----BEGIN')
    ? { ...certificate, value: Buffer.from(value, 'utf8').toString('base64') }
    : certificate;
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
