import type { Json } from '../model/json';
import { SourceText } from './source-text';
import { fieldNamed, secondFieldNamed, type ListShape, type MapShape, type Shape } from './shape';
import { mapFrom, scalar, type TreeNotes, type TreePath } from './tree';
import { readXml, type XmlElement } from './xml-document';

/** The field with the inner document of the older dialect, and where its contents go (reference, 3.1). */
const INNER = 'inboundConfiguration';
const STRUCTURED = 'inboundConfigurationProtocol';

/** Brings an element into the shape that it is to have. Elements that the shape does not know keep their own names. */
export function treeOfElement(element: XmlElement, shape: Shape, path: TreePath, notes: TreeNotes): Json | undefined {
  notes.at(path, element.offset);
  if (element.attributes.get('nil') === 'true') return undefined;
  if (shape.type !== 'map') warnOfAttributes(element, notes);
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

function warnOfAttributes({ name, attributes, offset }: XmlElement, notes: TreeNotes): void {
  const names = [...attributes.keys()].filter((attribute) => attribute !== 'nil');
  if (names.length === 0) return;
  notes.warn('stray-attribute', `The attributes of <${name}> (${names.join(', ')}) were not read`, offset);
}

function refuseChildren({ name, children }: XmlElement, notes: TreeNotes): void {
  const [child] = children;
  if (child) throw notes.source.fault('wrong-type', `<${name}> must hold a text, not <${child.name}>`, child.offset);
}

function mapOf(element: XmlElement, shape: MapShape, path: TreePath, notes: TreeNotes): Json {
  const builder = new MapBuilder(element, shape, path, notes);
  for (const [attribute, value] of element.attributes) builder.setAttribute(attribute, value);
  for (const child of element.children) builder.setChild(child);
  builder.setText();
  return mapFrom(builder.entries);
}

/** Collects the fields of one element. */
class MapBuilder {
  readonly entries = new Map<string, Json>();

  constructor(
    private readonly element: XmlElement,
    private readonly shape: MapShape,
    private readonly path: TreePath,
    private readonly notes: TreeNotes,
  ) {}

  setAttribute(attribute: string, value: string): void {
    const name = fieldNamed(this.shape, attribute);
    const inner = name === undefined ? undefined : this.shape.fields[name]?.shape;
    if (name !== undefined && inner && (inner.type === 'text' || inner.type === 'flag' || inner.type === 'count')) {
      const read = scalar(inner, value, attribute, this.element.offset, this.notes);
      if (read !== undefined) this.entries.set(name, read);
    } else if (attribute !== 'type') this.entries.set(attribute, value);
  }

  setChild(child: XmlElement): void {
    const { shape, entries, notes } = this;
    const name = this.nameOf(child);
    const inner = shape.fields[name]?.shape;
    const expected = shape.fields[name]?.xml ?? child.name;
    if (expected !== child.name) notes.otherName(child.name, expected, child.offset);
    if (name === INNER && shape.fields[STRUCTURED]) return this.setInner(child);
    if (inner?.type === 'list' && inner.flat) return this.addFlat(name, child, inner);
    if (entries.has(name) && inner) throw twice(child, notes);
    const path = [...this.path, name];
    const earlier = entries.get(name);
    const read = inner ? treeOfElement(child, inner, path, notes) : this.unknown(child, path, earlier);
    if (read === undefined) return;
    if (earlier === undefined) entries.set(name, read);
    else entries.set(name, Array.isArray(earlier) ? [...earlier, read] : [earlier, read]);
  }

  /** The product gives two fields of a setting one name: what comes second is the other one. */
  private nameOf({ name }: XmlElement): string {
    const known = fieldNamed(this.shape, name) ?? name;
    return this.entries.has(known) ? (secondFieldNamed(this.shape, name) ?? known) : known;
  }

  /** An element that the shape does not know; a repeated one has a position of its own from the second on. */
  private unknown(child: XmlElement, path: TreePath, earlier: Json | undefined): Json | undefined {
    this.notes.stranger(path);
    const position = Array.isArray(earlier) ? earlier.length : 1;
    return unknown(child, earlier === undefined ? path : [...path, position], this.notes);
  }

  /** Repeated elements without a wrapper, as long as they do not hold a list of their own. */
  private addFlat(name: string, child: XmlElement, inner: ListShape): void {
    const items = this.entries.get(name);
    const before = Array.isArray(items) ? items : [];
    const path = [...this.path, name];
    if (isWrapper(child, inner.of)) {
      this.entries.set(name, [...before, ...listOf(child, inner, path, this.notes)]);
      return;
    }
    const isBlank = child.children.length === 0 && child.text.trim() === '';
    const read = isBlank ? undefined : treeOfElement(child, inner.of, [...path, before.length], this.notes);
    this.entries.set(name, read === undefined ? before : [...before, read]);
  }

  private setInner(child: XmlElement): void {
    if (child.children.length === 0 && child.text.trim() === '') return;
    const inner = this.shape.fields[STRUCTURED]?.shape;
    const document = child.children[0] ?? innerDocument(child, this.notes);
    if (this.entries.has(STRUCTURED)) throw twice(child, this.notes);
    const path = [...this.path, STRUCTURED];
    if (inner && document) this.entries.set(STRUCTURED, treeOfElement(document, inner, path, this.notes) ?? {});
    else this.entries.set(INNER, child.text);
    this.notes.at([...this.path, INNER], child.offset);
  }

  /** A name may stand as the text of an element that is a map elsewhere, as in DefaultAuthenticatorConfig. */
  setText(): void {
    const { element, shape, entries } = this;
    const own = element.text.trim();
    if (shape.content !== undefined) entries.set(shape.content, element.text);
    else if (own === '') return;
    else if (entries.size === 0 && fieldNamed(shape, 'Name') !== undefined) entries.set('name', own);
    else {
      const message = `The text in <${element.name}> was not read`;
      this.notes.warn('stray-text', message, element.offset);
    }
  }
}

/** True for an element around a list where the product has none: nothing in it is a field of an element of the list. */
function isWrapper({ children }: XmlElement, of: Shape): boolean {
  return children.length > 0 && !(of.type === 'map' && children.some(({ name }) => fieldNamed(of, name) !== undefined));
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

function listOf(element: XmlElement, list: ListShape, path: TreePath, notes: TreeNotes): Json[] {
  const { of, item, others = [], flat: isFlat = false } = list;
  if (element.children.length === 0 && element.text.trim() !== '') {
    throw notes.source.fault(
      'wrong-type',
      `<${element.name}> must hold <${item}> elements, not a text`,
      element.offset,
    );
  }
  return element.children.flatMap((child, index) => {
    if (isMisplaced(child, item, of)) {
      const message = `<${child.name}> stands in <${element.name}> without an <${item}> around it`;
      notes.warn('misplaced-element', message, child.offset, 'It was not read; the product passes it over, too.');
      return [];
    }
    if (!isFlat && child.name !== item && !others.includes(child.name)) notes.otherName(child.name, item, child.offset);
    const read = treeOfElement(child, of, [...path, index], notes);
    return read === undefined ? [] : [read];
  });
}

/** Items may have any name, as in files of the old deployments; a name of something *in* an item is none of them. */
function isMisplaced(child: XmlElement, item: string, of: Shape): boolean {
  return child.name !== item && of.type === 'map' && fieldNamed(of, child.name) !== undefined;
}

/** An element that no shape knows: a text, or a map of what is in it. */
function unknown(element: XmlElement, path: TreePath, notes: TreeNotes): Json | undefined {
  notes.at(path, element.offset);
  const isText = element.children.length === 0;
  if (isText && element.attributes.size === 0) return element.text;
  return treeOfElement(element, { type: 'map', fields: {}, ...(isText ? { content: 'text' } : {}) }, path, notes);
}
