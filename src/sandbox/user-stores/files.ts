import type { JsonObject } from '../../model/json';
import type { FileModel } from '../exported-files/formats';
import { without } from '../fields';
import type { World } from '../world';
import type { UserStoreRecord } from './record';
import { shownUserStore } from './stores';

const MODEL = 'org.wso2.carbon.identity.api.server.userstore.v1.model.UserStoreConfigurations';

/** The file of a user store: the REST model, secrets as their mark (reference §2.4). */
export const userStoreFile: FileModel = {
  tags: { root: MODEL },
  xml: {
    name: 'UserStoreConfigurations',
    fields: {
      isLocal: { name: 'isLocal', type: 'flag' },
      properties: { name: 'properties', list: 'repeated', fields: {} },
      claimAttributeMappings: { name: 'claimAttributeMappings', list: 'repeated', fields: {} },
    },
  },
};

/** What an export writes. */
export function userStoreFileContents(world: World, store: UserStoreRecord): JsonObject {
  return { id: store.id, ...without(shownUserStore(world, store), 'className') };
}

/** The request that an import stands for: of the file only what a request may hold counts. */
export function requestInUserStoreFile(contents: JsonObject): JsonObject {
  return without(contents, 'id', 'typeName', 'className', 'isLocal');
}
