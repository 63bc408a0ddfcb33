import type { JsonObject } from '../../model/json';
import { exportedFile, importedFile, readFileModel } from '../exported-files/formats';
import { ApiFailure } from '../failures';
import { asObject } from '../fields';
import { created, flagged, ok, parameter, type Answer, type Call, type Route } from '../http/route';
import { strictBody } from '../strict-body';
import type { World } from '../world';
import { badProvider } from './failures';
import { createFromFile, replaceFromFile } from './file-reading';
import { providerFile, providerFileShape } from './file-shape';
import { providerFileContents } from './file-writing';
import { replaceResident, RESIDENT_ID, residentFileContents } from './resident';
import { providerAt } from './writing';

const PROVIDERS = '/identity-providers';

/** Export and import of identity providers as files (reference §2.2.6), from 7.0. */
export function providerFileRoutes(world: World): Route[] {
  const common = { since: '7.0' } as const;
  return [
    {
      ...common,
      verb: 'GET',
      path: `${PROVIDERS}/:id/export`,
      answersFile: true,
      scopes: ['internal_idp_view'],
      answer: (call) => exported(world, call),
    },
    {
      ...common,
      verb: 'POST',
      path: `${PROVIDERS}/import`,
      scopes: ['internal_idp_create'],
      takesForm: true,
      answer: (call) => {
        const provider = createFromFile(world, imported(world, call, 'IDP-65007'));
        return created(world.location(`${PROVIDERS}/${provider.id}`));
      },
    },
    {
      ...common,
      verb: 'PUT',
      path: `${PROVIDERS}/:id/import`,
      scopes: ['internal_idp_update'],
      takesForm: true,
      answer: (call) => {
        const file = imported(world, call, 'IDP-65005');
        const id = parameter(call, 'id');
        if (id === RESIDENT_ID) replaceResident(world, file);
        else replaceFromFile(world, id, file);
        return ok();
      },
    },
  ];
}

/** Secrets are left out unless the client asks for them. */
function exported(world: World, call: Call): Answer {
  const id = parameter(call, 'id');
  const excludeSecrets = call.query.excludeSecrets === undefined || flagged(call, 'excludeSecrets');
  if (id === RESIDENT_ID) {
    return exportedFile(call, RESIDENT_ID, providerFile, (format) =>
      residentFileContents(world, excludeSecrets, format),
    );
  }
  const provider = providerAt(world, id);
  return exportedFile(call, provider.name, providerFile, (format) =>
    providerFileContents(provider, excludeSecrets, format),
  );
}

/** What the uploaded file says; 400 under the code of the operation when it cannot be read. */
function imported(world: World, call: Call, code: 'IDP-65007' | 'IDP-65005'): JsonObject {
  const contents = readFileModel(importedFile(call), providerFile);
  const unreadable = badProvider(code, 'The file is not in the format that its content type says.');
  if (!contents) throw unreadable;
  try {
    return asObject(strictBody(providerFileShape, contents, world.version));
  } catch (error) {
    throw error instanceof ApiFailure ? unreadable : error;
  }
}
