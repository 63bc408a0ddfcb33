import type { JsonObject } from '../../model/json';
import { badApplication } from '../applications/failures';
import { applicationAt } from '../applications/writing';
import { attachment, type FileFormat } from '../exported-files/formats';
import { ApiFailure, uncaughtException } from '../failures';
import { created, flagged, parameter, type Answer, type Call, type Route } from '../http/route';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { createFromFile, replaceFromFile } from './imports';
import { propertiesText, treeOfProperties } from './properties';
import { showsSecrets, treeOfApplication } from './stored-application';
import { treeOfXml, xmlOf, type XmlForm } from './xml';

const APPLICATION = '/applications/:id';
const IMPORT = '/applications/import';

/** Export and import of applications as files (reference §3): XML everywhere, YAML and JSON from 7.0. */
export function applicationFileRoutes(world: World): Route[] {
  return [
    {
      verb: 'GET',
      path: `${APPLICATION}/export`,
      answersFile: true,
      scopes: ['internal_application_mgt_view'],
      answer: (call) => exported(world, call, 'xml', 'export'),
    },
    {
      verb: 'GET',
      path: `${APPLICATION}/exportFile`,
      answersFile: true,
      scopes: ['internal_application_mgt_view'],
      since: '7.0',
      answer: (call) => exported(world, call, acceptedFormat(call), 'exportFile'),
    },
    {
      verb: 'POST',
      path: IMPORT,
      scopes: ['internal_application_mgt_create'],
      takesForm: true,
      answer: (call) => created(location(world, createFromFile(world, sentFile(world, call), call.caller))),
    },
    {
      verb: 'PUT',
      path: IMPORT,
      scopes: ['internal_application_mgt_update'],
      takesForm: true,
      answer: (call) => ({
        status: 200,
        headers: { Location: location(world, replaceFromFile(world, sentFile(world, call), call.caller)) },
      }),
    },
  ];
}

function location(world: World, { id }: { readonly id: string }): string {
  return world.location(`/applications/${id}`);
}

const MEDIA_TYPES: ReadonlyMap<string, FileFormat> = new Map([
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
  ['application/yaml', 'yaml'],
  ['application/x-yaml', 'yaml'],
  ['text/yaml', 'yaml'],
  ['application/json', 'json'],
  ['text/json', 'json'],
]);

function formatNamed(mediaType: string | undefined): FileFormat | undefined {
  return MEDIA_TYPES.get((/^[^;,]*/.exec(mediaType ?? '')?.[0] ?? '').trim().toLowerCase());
}

/**
 * The header is compared as a whole: a type that is not supported, none and any at all, lists and parameters included,
 * breaks the server down (reference §1.3).
 */
function acceptedFormat(call: Call): FileFormat {
  const format = MEDIA_TYPES.get(call.headers.accept ?? '');
  if (!format) throw uncaughtException();
  return format;
}

function askedType({ headers: { accept = '*/*' } }: Call): string {
  return accept.includes('*') || accept.includes(',') ? 'application/octet-stream' : accept;
}

/** Whatever the format, the answer is a download of bytes (reference §1.3, quirk 47). */
function exported(world: World, call: Call, format: FileFormat, form: XmlForm): Answer {
  const application = applicationAt(world, parameter(call, 'id'));
  const withSecrets = showsSecrets(world, flagged(call, 'exportSecrets'), call.caller.scopes);
  const tree = treeOfApplication(world, application, withSecrets);
  const text = format === 'xml' ? xmlOf(tree, world.version, form) : propertiesText(tree, world.version, format);
  const isOlder = form === 'export' && !isAtLeast(world.version, '7.1');
  return {
    status: 200,
    text: Buffer.from(text, 'utf8'),
    // Up to 7.0 an export has no name, and the type that was asked for (measured on 6.x, recorded on 7.0).
    contentType: isOlder ? askedType(call) : 'application/octet-stream',
    headers: isOlder ? {} : { 'Content-Disposition': attachment(application.name, format) },
  };
}

/**
 * The service provider in the part `file`. Its content type says the format, and what it does not say is XML, as
 * everything is before 7.0. A file that is empty or cannot be read is 500 (reference §3.4), XML with a code of its own
 * (measured on 6.x and 7.0); a form without the part is 400, which is not established.
 */
function sentFile(world: World, call: Call): JsonObject {
  const part = call.files.file;
  if (!part) throw badApplication('The form has no part "file".');
  const named = isAtLeast(world.version, '7.0') ? formatNamed(part.contentType) : undefined;
  const format = named ?? 'xml';
  const text = part.bytes.toString('utf8');
  const tree = format === 'xml' ? treeOfXml(text, world.version) : treeOfProperties(text, world.version, format);
  if (!tree) throw unreadableFile(world);
  return tree;
}

/** The code is that of the recorded answers of 6.0 and 7.0; of later releases it is not established. */
function unreadableFile({ version }: World): ApiFailure {
  if (isAtLeast(version, '7.1')) return uncaughtException();
  return new ApiFailure(500, 'APP-65001', 'Unexpected server error.', 'The file cannot be read.');
}
