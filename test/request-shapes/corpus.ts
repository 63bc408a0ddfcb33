import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { collectedShapes, examplesIn, keepShorter } from './collected';
import { lineOf, shapeOf, type Example } from './shape';

/*
 * An example of every shape of request that the tests send to a sandbox of 6.0 or 6.1. The differential test sends them
 * to a real server too.
 */

const CORPUS = path.join(__dirname, 'corpus.jsonl');

/** What an example may weigh: larger ones try the limits of the sandbox, not the product. */
const MOST_CHARACTERS = 8000;

/** The examples by the lines of their shapes. */
export function corpus(): Map<string, Example> {
  const examples = new Map<string, Example>();
  for (const example of examplesIn(CORPUS)) keepShorter(examples, example);
  return examples;
}

/**
 * Holds what the test files of a run sent against the corpus. With UPDATE_SHAPES=1 it writes down what is missing; after a
 * run of all tests, what no test sends any more is dropped then.
 * @returns what to tell, and whether it fails the run: after a run of all tests a shape that is missing does
 */
export function reviewShapes(folder: string, isWholeRun: boolean): { readonly text?: string; readonly fails: boolean } {
  const known = corpus();
  const sent = [...collectedShapes(folder)].filter(([, example]) => JSON.stringify(example).length <= MOST_CHARACTERS);
  const missing = sent.filter(([line]) => !known.has(line));
  if (process.env['UPDATE_SHAPES'] === '1') {
    const kept = isWholeRun ? [...known].filter(([line]) => sent.some(([each]) => each === line)) : [...known];
    write(new Map([...kept, ...missing]));
    return {
      text: `Shapes: ${missing.length} added to ${known.size} of test/request-shapes/corpus.jsonl`,
      fails: false,
    };
  }
  if (missing.length === 0) return { fails: false };
  const shown = missing.slice(0, 10).map(([line]) => `  ${line}`);
  const lead = `Shapes: test/request-shapes/corpus.jsonl lacks ${missing.length} shapes of requests; run the test files with UPDATE_SHAPES=1, or \`UPDATE_SHAPES=1 npm test\`:`;
  return { text: [lead, ...shown].join('\n'), fails: isWholeRun && process.env['FAST_CHECK_SEED'] === undefined };
}

function write(examples: ReadonlyMap<string, Example>): void {
  const sorted = [...examples.values()].sort((a, b) => (lineOf(shapeOf(a)) < lineOf(shapeOf(b)) ? -1 : 1));
  writeFileSync(CORPUS, sorted.map((example) => `${JSON.stringify(example)}\n`).join(''));
}
