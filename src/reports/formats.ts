import { renderHtml } from './html';
import { renderJson } from './json';
import { renderJunit } from './junit';
import { renderMarkdown } from './markdown';
import type { Report } from './report';
import { renderSarif } from './sarif';

/** Every format for files, by the extension that asks for it. */
export const FORMATS: Readonly<Record<string, (report: Report) => string>> = {
  md: renderMarkdown,
  html: renderHtml,
  json: renderJson,
  xml: renderJunit,
  sarif: renderSarif,
};
