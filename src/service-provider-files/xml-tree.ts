import type { Json } from '../model/json';
import { SourceText } from './source-text';
import { fieldNamed, type ListShape, type MapShape, type Shape } from './shape';
import { mapFrom, scalar, shortened, type TreeNotes, type TreePath } from './tree';
import { readXml, type XmlElement } from './xml-document';

/** The field with the inner document of the older dialect, and where its contents go (reference, 3.1). */
const INNER = 'inboundConfiguration';
const STRUCTURED = 'inboundConfigurationProtocol';

/** Brings an element into the shape that it is to have. Elements that the shape does not know keep their own names. */
export function treeOfElement(element: XmlElement, shape: Shape, path: TreePath, notes: TreeNotes): Json | undefined {
  notes.at(path, element.offset);
  if (element.attributes.get('nil') === 'true') return undefined;
  switch (shape.type) {
    case 'map':
      return mapOf(element, shape, path, notes);
    case 'list':
      return listOf(element, shape, path, notes);
    default:
      refuseChildren(element, notes);
      return scalar(shape, element.text, element.name, element.offset, notes);
  }
}

function refuseChildren({ name, children }: XmlElement, notes: TreeNotes): void {
  const [child] = children;
  if (child) throw notes.source.fault('wrong-type', `<${name}> must hold a text, not <${child.name}>`, child.offset);
}

function mapOf(element: XmlElement, shape: MapShape, path: TreePath, notes: TreeNotes): Json {
  const entries = new Map<string, Json>();
  for (const [attribute, value] of element.attributes) setAttribute(attribute, value);
  for (const child of element.children) setChild(child);
  ownText();
  return mapFrom(entries);

  function setAttribute(attribute: string, value: string): void {
    const name = fieldNamed(shape, attribute);
    const inner = name === undefined ? undefined : shape.fields[name]?.shape;
    if (name !== undefined && inner && (inner.type === 'text' || inner.type === 'flag' || inner.type === 'count')) {
      const read = scalar(inner, value, attribute, element.offset, notes);
      if (read !== undefined) entries.set(name, read);
    } else if (attribute !== 'type') entries.set(attribute, value);
  }

  function setChild(child: XmlElement): void {
    const name = fieldNamed(shape, child.name) ?? child.name;
    const inner = shape.fields[name]?.shape;
    if (name === INNER && shape.fields[STRUCTURED]) return setInner(child);
    if (inner?.type === 'list' && inner.flat) return addFlat(name, child, inner);
    if (entries.has(name) && inner) throw twice(child, notes);
    const read = inner ? treeOfElement(child, inner, [...path, name], notes) : unknown(child, [...path, name], notes);
    if (read === undefined) return;
    const earlier = entries.get(name);
    if (earlier === undefined) entries.set(name, read);
    else entries.set(name, Array.isArray(earlier) ? [...earlier, read] : [earlier, read]);
  }

  /** Repeated elements without a wrapper, as long as they do not hold a list of their own. */
  function addFlat(name: string, child: XmlElement, inner: ListShape): void {
    const items = entries.get(name);
    const before = Array.isArray(items) ? items : [];
    if (child.children.length > 0 && inner.of.type !== 'map') {
      entries.set(name, [...before, ...listOf(child, inner, [...path, name], notes)]);
      return;
    }
    const isBlank = child.children.length === 0 && child.text.trim() === '';
    const read = isBlank ? undefined : treeOfElement(child, inner.of, [...path, name, before.length], notes);
    entries.set(name, read === undefined ? before : [...before, read]);
  }

  function setInner(child: XmlElement): void {
    if (child.children.length === 0 && child.text.trim() === '') return;
    const inner = shape.fields[STRUCTURED]?.shape;
    const [only] = child.children;
    const document = only ?? innerDocument(child, notes);
    if (entries.has(STRUCTURED)) throw twice(child, notes);
    if (inner && document) entries.set(STRUCTURED, treeOfElement(document, inner, [...path, STRUCTURED], notes) ?? {});
    else entries.set(INNER, child.text);
    notes.at([...path, INNER], child.offset);
  }

  function ownText(): void {
    const own = element.text;
    if (shape.content !== undefined) entries.set(shape.content, own);
    else if (own.trim() !== '') {
      if (entries.size === 0 && fieldNamed(shape, 'Name') !== undefined) entries.set('name', own.trim());
      else
        notes.warn(
          'stray-text',
          `The text "${shortened(own.trim())}" in <${element.name}> was not read`,
          element.offset,
        );
    }
  }
}

function twice(child: XmlElement, notes: TreeNotes): Error {
  return notes.source.fault('duplicate-field', `<${child.name}> is given twice`, child.offset, 'Keep one of them.');
}

/** The document inside of an `inboundConfiguration`; undefined for a text that is none. Its mistakes are placed at the outer element. */
function innerDocument(child: XmlElement, notes: TreeNotes): XmlElement | undefined {
  if (!child.text.trimStart().startsWith('<')) return undefined;
  const { file } = notes.source;
  const inner = readXml(new InnerSource(file, child.text.trim(), notes.source, child.offset));
  return relocated(inner, child.offset);
}

/** Positions in an inner document mean nothing to a user: everything in it stands where the outer element stands. */
class InnerSource extends SourceText {
  constructor(
    file: string,
    text: string,
    private readonly outer: SourceText,
    private readonly offset: number,
  ) {
    super(file, text);
  }

  override place(): ReturnType<SourceText['place']> {
    return this.outer.place(this.offset);
  }
}

function relocated(element: XmlElement, offset: number): XmlElement {
  return { ...element, offset, children: element.children.map((child) => relocated(child, offset)) };
}

function listOf(element: XmlElement, { of, item }: ListShape, path: TreePath, notes: TreeNotes): Json[] {
  if (element.children.length === 0 && element.text.trim() !== '') {
    throw notes.source.fault(
      'wrong-type',
      `<${element.name}> must hold <${item}> elements, not a text`,
      element.offset,
    );
  }
  return element.children.flatMap((child, index) => {
    const read = treeOfElement(child, of, [...path, index], notes);
    return read === undefined ? [] : [read];
  });
}

/** An element that no shape knows: a text, or a map of what is in it. */
function unknown(element: XmlElement, path: TreePath, notes: TreeNotes): Json | undefined {
  notes.at(path, element.offset);
  if (element.children.length === 0) return element.text;
  return treeOfElement(element, { type: 'map', fields: {} }, path, notes);
}
