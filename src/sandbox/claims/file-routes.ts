import type { JsonObject } from '../../model/json';
import { exportedFile, importedFile, readFileModel } from '../exported-files/formats';
import { created, flagged, parameter, type Call, type Route } from '../http/route';
import type { World } from '../world';
import { dialectFileContents, dialectFileName, importDialect, updateDialect } from './dialect-files';
import { dialectAt } from './dialects';
import { unreadableDialectFile } from './failures';
import { dialectFile } from './file-shape';

const DIALECTS = '/claim-dialects';

/** Export and import of claim dialects as files (reference §2.3.4), from 7.0. */
export function dialectFileRoutes(world: World): Route[] {
  const common = { since: '7.0' } as const;
  return [
    {
      ...common,
      verb: 'GET',
      path: `${DIALECTS}/:dialect/export`,
      answersFile: true,
      scopes: ['internal_claim_meta_view'],
      answer: (call) => {
        const dialect = dialectAt(world, parameter(call, 'dialect'));
        const name = dialectFileName(dialect);
        return exportedFile(call, name, dialectFile, (format) => dialectFileContents(world, dialect, format));
      },
    },
    {
      ...common,
      verb: 'POST',
      path: `${DIALECTS}/import`,
      scopes: ['internal_claim_meta_create'],
      takesForm: true,
      answer: (call) => created(world.location(`${DIALECTS}/${importDialect(world, imported(call, 'CMT-50046'))}`)),
    },
    {
      ...common,
      verb: 'PUT',
      path: `${DIALECTS}/import`,
      scopes: ['internal_claim_meta_create', 'internal_claim_meta_update'],
      takesForm: true,
      answer: (call) => {
        const id = updateDialect(world, imported(call, 'CMT-50013'), flagged(call, 'preserveClaims'));
        return { status: 200, headers: { Location: world.location(`${DIALECTS}/${id}`) } };
      },
    },
  ];
}

function imported(call: Call, code: 'CMT-50046' | 'CMT-50013'): JsonObject {
  const contents = readFileModel(importedFile(call), dialectFile);
  if (!contents) throw unreadableDialectFile(code);
  return contents;
}
