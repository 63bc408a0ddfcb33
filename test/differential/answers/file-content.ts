import { XMLParser } from 'fast-xml-parser';
import { isObject, type Json } from '../../../src/model/json';

const xml = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: true, processEntities: true });

/**
 * A body that is XML as the elements that it has; the inner documents of service provider files are read too. Layout,
 * attributes, the order of elements with different names and elements that hold nothing mean nothing to those who read such
 * files. Anything else stays as it is.
 */
export function withFileContent(body: Json): Json {
  return typeof body === 'string' && body.startsWith('<') ? withInner(parsed(body)) : body;
}

function withInner(value: Json): Json {
  if (typeof value === 'string') return value.startsWith('<') ? withInner(parsed(value)) : value;
  if (Array.isArray(value)) return value.map(withInner);
  if (!isObject(value)) return value;
  const elements = Object.entries(value).map(([name, inner]) => [name, withInner(inner)] as const);
  return Object.fromEntries(elements.filter(([, inner]) => !isEmpty(inner)));
}

function isEmpty(value: Json): boolean {
  return value === '' || (isObject(value) && Object.keys(value).length === 0);
}

function parsed(text: string): Json {
  const document = xml.parse(text) as Json;
  if (!isObject(document)) return document;
  const elements = Object.entries(document).filter(([name]) => !name.startsWith('?'));
  return Object.fromEntries(elements);
}
