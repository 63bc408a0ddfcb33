import { asObject, textIn } from '../fields';
import { ApiFailure } from '../failures';
import { ok, parameter, type Route } from '../http/route';
import { model, required, text } from '../shapes';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { changeableApplication } from './writing';

const ownerModel = model({ id: required(text) });
const USER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * PUT /applications/{id}/owner. The sandbox keeps no users: every UUID stands for one, anything else is unknown. No GET
 * shows the owner.
 */
export function ownerRoutes(world: World): Route[] {
  const scope = isAtLeast(world.version, '7.0') ? 'internal_organization_admin' : 'internal_application_mgt_update';
  return [
    {
      verb: 'PUT',
      path: '/applications/:id/owner',
      scopes: [scope],
      since: '6.0',
      body: ownerModel,
      answer: (call) => {
        const application = changeableApplication(world, parameter(call, 'id'));
        const owner = textIn(asObject(call.body), 'id') ?? '';
        if (!USER_ID.test(owner)) {
          throw new ApiFailure(400, 'APP-60504', 'User not found', `There is no user with the id ${owner}.`);
        }
        world.applications.put({ ...application, owner });
        return ok();
      },
    },
  ];
}
