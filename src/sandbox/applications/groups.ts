import type { JsonObject } from '../../model/json';
import { objectsIn, textIn } from '../fields';
import { filterTest } from '../filter';
import type { Call } from '../http/route';
import { derivedUuid } from '../identifiers';
import type { World } from '../world';
import { badApplication, badFilter } from './failures';

interface Group {
  readonly id: string;
  readonly name: string;
  readonly userStore: string;
}

/** The groups of the user stores: the one that the product ships with. Its id is another one on every server. */
function groupsOf(world: World): Group[] {
  const shipped = { name: 'admin', userStore: 'PRIMARY' };
  return [{ ...shipped, id: derivedUuid(`group/${world.identifiers.salt}/${shipped.userStore}/${shipped.name}`) }];
}

/** GET /applications/meta/groups (7.2 on): the groups of one store, PRIMARY unless `domain` names another one. */
export function groupList(world: World, call: Call): JsonObject[] {
  const store = (call.query.domain ?? 'PRIMARY').toUpperCase();
  const { filter } = call.query;
  const test = filter === undefined ? () => true : filterTest<Group>(filter, { name: (group) => group.name });
  if (!test) throw badFilter(filter ?? '');
  return groupsOf(world)
    .filter((group) => group.userStore === store && test(group))
    .map(({ id, name }) => ({ id, name }));
}

/** `discoverableGroups` as a GET shows them, with the names behind the ids. An unknown group is 400 (reference §2.1.5). */
export function namedGroups(world: World, advanced: JsonObject): JsonObject[] {
  const known = groupsOf(world);
  return objectsIn(advanced, 'discoverableGroups').map((entry) => {
    const userStore = textIn(entry, 'userStore') ?? '';
    const groups = objectsIn(entry, 'groups').map((sent) => {
      const group = known.find((each) => each.id === textIn(sent, 'id') && each.userStore === userStore.toUpperCase());
      if (!group) throw badApplication(`The user store ${userStore} has no group with the id ${textIn(sent, 'id')}.`);
      return { id: group.id, name: group.name };
    });
    return { userStore, groups };
  });
}
