import { visible } from './visible';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML and XML, in elements and attributes; unseen characters spelt out, so that XML 1.0 can hold them. */
export function markup(text: string): string {
  return visible(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** The same, with line breaks and tabs kept. */
export function markupLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(markup).join('\t'))
    .join('\n');
}

/** Text in a Markdown paragraph, list or table: no markup, no HTML, no mention, no link, no emoji. */
export function markdownText(text: string): string {
  return visible(text)
    .replaceAll(/[&<>\\`*_[\]#|~$]|:(?=\/\/|\w)|^[-+=]|^\s*\d+(?=[.)])|(?<=www)\./gi, entities)
    .replaceAll('@', '@\u200b');
}

function entities(text: string): string {
  return Array.from(text, (character) => `&#${character.charCodeAt(0)};`).join('');
}

/** Text in a code element, which Markdown would otherwise still read. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}
