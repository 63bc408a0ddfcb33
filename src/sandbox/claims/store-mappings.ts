import type { JsonObject } from '../../model/json';
import { objectsIn, textIn } from '../fields';
import type { World } from '../world';

/** The attributes that local claims have in one user store, as the user store API shows them (reference §2.4). */
export function mappedClaims(world: World, domain: string): JsonObject[] {
  const wanted = domain.toUpperCase();
  return [...world.localClaims.all()].flatMap((claim) =>
    objectsIn(claim.fields, 'attributeMapping')
      .filter((mapping) => textIn(mapping, 'userstore')?.toUpperCase() === wanted)
      .map((mapping) => ({ claimURI: claim.uri, mappedAttribute: textIn(mapping, 'mappedAttribute') ?? '' })),
  );
}

/** Sets the attribute of one local claim in a user store; `mapping` names the claim and the attribute. */
export function mapClaim(world: World, domain: string, mapping: JsonObject): void {
  const claim = world.localClaims.find('uri', textIn(mapping, 'claimURI') ?? '');
  if (!claim) return;
  const userstore = domain.toUpperCase();
  const others = objectsIn(claim.fields, 'attributeMapping').filter(
    (each) => textIn(each, 'userstore')?.toUpperCase() !== userstore,
  );
  const attributeMapping = [...others, { mappedAttribute: textIn(mapping, 'mappedAttribute') ?? '', userstore }];
  world.localClaims.put({ ...claim, fields: { ...claim.fields, attributeMapping } });
}
