import { isObject, type Json, type JsonObject } from '../../model/json';
import { splitReferences } from '../../iamctl/process-references';
import { escapeText, placeholderText, type Placeholder } from '../../substitution/placeholder';

/** A piece of a template's text: what is meant literally, or a placeholder. */
export type TextPart = string | Placeholder;

/** The text of a template: literals escaped, so that only the placeholders are placeholders. */
export function joinedParts(parts: readonly TextPart[]): string {
  return parts
    .map((part, index) => {
      if (typeof part !== 'string') return placeholderText(part);
      const text = escapeText(part);
      // A backslash right before a placeholder would escape it.
      return index < parts.length - 1 ? text.replace(/\\+$/, (slashes) => slashes + slashes) : text;
    })
    .join('');
}

/** A literal value as it stands in a template or an environment file. */
export function literalValue(value: Json): Json {
  if (typeof value === 'string') return escapeText(value);
  if (Array.isArray(value)) return value.map(literalValue);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([field, inner]): [string, Json] => [field, literalValue(inner)]);
  return Object.fromEntries(entries) as JsonObject;
}

/** A text of the old configuration: `${NAME}` becomes `{{env:NAME}}`, which environment files know. */
export function configuredParts(text: string): TextPart[] {
  return splitReferences(text).map((part) => ('name' in part ? { namespace: 'env', name: part.name } : part.literal));
}
