import type { JsonObject } from '../../model/json';
import { LiftlockError } from '../../model/problem';
import { readProductFile } from '../../service-provider-files/read';
import type { FileFormat } from '../../service-provider-files/source-text';
import { writeProductFile } from '../../service-provider-files/write';
import type { XmlDialect } from '../../service-provider-files/write-xml';
import { attachment } from '../exported-files/formats';
import { ApiFailure, uncaughtException } from '../failures';
import { created, flagged, parameter, type Answer, type Call, type Route } from '../http/route';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { badApplication } from './failures';
import { applicationFile, showsSecrets, withEmptySecret } from './file-export';
import { asProductWrites } from './file-form';
import { createFromFile, replaceFromFile } from './file-import';
import { applicationAt } from './writing';

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
function exported(world: World, call: Call, format: FileFormat, dialect: XmlDialect): Answer {
  const application = applicationAt(world, parameter(call, 'id'));
  const withSecrets = showsSecrets(world, flagged(call, 'exportSecrets'), call.caller.scopes);
  const contents = applicationFile(world, application, withSecrets);
  const isOlder = !isAtLeast(world.version, '7.1');
  const xml = isOlder && dialect === 'export' ? asProductWrites(contents) : contents;
  const tree = format === 'xml' ? xml : withEmptySecret(contents);
  return {
    status: 200,
    text: Buffer.from(writeProductFile('application', tree, { format, dialect }), 'utf8'),
    // Up to 7.0 an export has no name, and the type that was asked for (measured on 6.x, recorded on 7.0).
    contentType: isOlder && dialect === 'export' ? askedType(call) : 'application/octet-stream',
    headers: isOlder && dialect === 'export' ? {} : { 'Content-Disposition': attachment(application.name, format) },
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
  try {
    // The reader takes JSON for the YAML that it is too, and so all YAML for JSON.
    if (format === 'json') JSON.parse(part.bytes.toString('utf8'));
    const file = readProductFile(part.bytes, { file: 'file', format });
    if (file.kind === 'application') return file.root;
  } catch (error) {
    if (!(error instanceof LiftlockError || error instanceof SyntaxError)) throw error;
  }
  throw unreadableFile(world);
}

/** The code is that of the recorded answers of 6.0 and 7.0; of later releases it is not established. */
function unreadableFile({ version }: World): ApiFailure {
  if (isAtLeast(version, '7.1')) return uncaughtException();
  return new ApiFailure(500, 'APP-65001', 'Unexpected server error.', 'The file cannot be read.');
}
