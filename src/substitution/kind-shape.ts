import { canonicalise, minimise } from '../compare/canonical';
import { secretTest } from '../compare/differences';
import type { JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { parseLists } from '../model/lists';
import { patternOf } from '../model/path';
import { fieldOrder, orderFields } from '../workspace/schema-fields';
import type { Shape } from './shape';

/** What a kind says about its artifacts, on a server of a version. `confidential` paths are the server's own secrets. */
export function kindShape(kind: Kind, version: string, confidential: readonly string[] = []): Shape {
  return {
    lists: parseLists(kind.lists),
    order: { value: (value, path) => orderFields(kind, value, path), fields: (path) => fieldOrder(kind, path) },
    chosenByServer: kind.chosenByServer.map(patternOf),
    isSecret: secretTest(kind, confidential),
    canonical: (value) => canonicalise(kind, value as JsonObject, version),
    minimal: (value) => minimise(kind, value as JsonObject, version),
  };
}
