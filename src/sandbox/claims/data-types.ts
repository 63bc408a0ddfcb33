import type { JsonObject } from '../../model/json';
import { flagIn, listIn, objectIn, textIn, textsIn } from '../fields';
import type { World } from '../world';
import { badClaim } from './failures';

/** The inputs that suit a data type; those of several values go with claims that have several. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  string: ['text_input', 'dropdown', 'radio_group'],
  integer: ['number_input', 'text_input'],
  decimal: ['number_input', 'text_input'],
  boolean: ['checkbox', 'toggle'],
  date_time: ['date_picker', 'text_input'],
  data_time: ['date_picker', 'text_input'],
  date: ['date_picker', 'text_input'],
  epoch: ['date_picker', 'number_input', 'text_input'],
  complex: [],
};
const INPUTS_OF_MANY = ['multi_select_dropdown', 'checkbox_group', 'text_input'];

/** The checks of data type, sub-attributes and input format, which came with 7.2 (reference §2.3.3). */
export function refuseBadType(world: World, uri: string, body: JsonObject): void {
  const dataType = textIn(body, 'dataType') ?? 'string';
  const subAttributes = textsIn(body, 'subAttributes');
  const isMany = flagIn(body, 'multiValued') ?? false;
  if (dataType === 'complex' && subAttributes.length === 0) {
    throw badClaim('CMT-60014', 'A complex claim needs sub-attributes.');
  }
  if (subAttributes.length > 0) refuseNesting(world, uri);
  if (dataType === 'boolean' && isMany) throw badClaim('CMT-60018', 'A boolean claim has one value only.');
  if (dataType !== 'string' && (listIn(body, 'canonicalValues') ?? []).length > 0) {
    throw badClaim('CMT-60019', 'Only a string claim has canonical values.');
  }
  refuseBadInput(dataType, isMany, textIn(objectIn(body, 'inputFormat'), 'inputType'));
}

/** What is a sub-attribute itself cannot have any. */
function refuseNesting(world: World, uri: string): void {
  const parent = [...world.localClaims.all()].find((claim) => textsIn(claim.fields, 'subAttributes').includes(uri));
  if (parent) throw badClaim('CMT-60016', `${uri} is a sub-attribute of ${parent.uri}.`);
}

function refuseBadInput(dataType: string, isMany: boolean, inputType: string | undefined): void {
  if (inputType === undefined) return;
  const suited = isMany ? INPUTS_OF_MANY : (INPUTS[dataType] ?? []);
  if (!suited.includes(inputType)) {
    throw badClaim('CMT-60017', `The input type ${inputType} does not suit the claim.`);
  }
}
