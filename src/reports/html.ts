import type { Count, Part, RemarkGroup, RemarkSection, ReportDocument, Section } from './document';
import { documentOf } from './documents';
import { markup } from './escape';
import { entryHtml, problemHtml, toneOf } from './html-parts';
import { STYLE } from './html-style';
import type { Report } from './report';
import { counted } from './words';

/** Nothing is loaded and nothing runs, whatever a value says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A report as one self-contained page: no script, no external resource. */
export function renderHtml(report: Report): string {
  const document = documentOf(report);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${markup(document.title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    headerHtml(document),
    '<main>',
    ...document.parts.map((part) => partHtml(part, document)),
    ...(document.closing === undefined ? [] : [`<p class="closing">${markup(document.closing)}</p>`]),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function headerHtml(document: ReportDocument): string {
  const [only] = document.parts;
  const single = document.parts.length === 1 ? only : undefined;
  const title = single?.title === undefined ? document.title : `${document.title}: ${single.title}`;
  const closing = single?.closing ?? document.closing ?? '';
  return [
    '<header><div>',
    `<h1>${markup(title)}</h1>`,
    `<p class="quiet">${markup([closing, ...(single?.notes ?? [])].filter((text) => text !== '').join(' · '))}</p>`,
    ...(single ? [chips(single.counts)] : document.parts.map((part) => `<p>${markup(part.closing)}</p>`)),
    '</div></header>',
  ].join('\n');
}

function chips(counts: readonly Count[]): string {
  if (counts.length === 0) return '';
  const items = counts.map(({ label, count, sign }) => {
    const tone = count === 0 ? 'zero' : toneOf(sign);
    return `<li class="${tone}"><b>${count}</b> ${markup(label)}</li>`;
  });
  return `<ul class="chips">${items.join('')}</ul>`;
}

function partHtml(part: Part, document: ReportDocument): string {
  const isAlone = document.parts.length === 1;
  const notes = part.notes.filter((note) => note !== '').join(' · ');
  return [
    '<section>',
    ...(isAlone
      ? []
      : [`<h2>${markup(part.title ?? '')}</h2>`, `<p class="quiet">${markup(notes)}</p>`, chips(part.counts)]),
    ...part.sections.map(sectionHtml),
    '</section>',
  ].join('\n');
}

function sectionHtml(section: Section): string {
  return [`<section>`, `<h3>${markup(section.title)}</h3>`, ...contentHtml(section), '</section>'].join('\n');
}

function contentHtml(section: Section): string[] {
  if (section.type === 'problems') {
    return [`<div class="list"><ul>${section.problems.map(problemHtml).join('\n')}</ul></div>`];
  }
  const advice = section.advice === undefined ? [] : [`<p class="quiet">${markup(section.advice)}</p>`];
  if (section.type === 'entries') return [...advice, ...section.entries.map(entryHtml)];
  return [...advice, `<div class="list">${section.groups.map((group) => groupHtml(group, section)).join('\n')}</div>`];
}

function groupHtml({ why, items }: RemarkGroup, section: RemarkSection): string {
  const list = items.map(({ name, path }) => {
    const where = path === undefined ? '' : `<span class="path">${markup(path)}</span>`;
    return `<li><code>${markup(name)}</code>${where}</li>`;
  });
  const isOpen = items.length <= section.shown;
  const summary = why === undefined ? counted(items.length, 'artifact') : `${markup(why)} (${items.length})`;
  return `<details${isOpen ? ' open' : ''}><summary>${summary}</summary><ul>${list.join('\n')}</ul></details>`;
}
