import type { Version } from '../../src/sandbox/versions';
import type { Method } from './step';

/** A place in which the sandbox answers otherwise than the real server, and may. */
export interface Explained {
  readonly methods: readonly Method[];
  /** Path without the query, `{…}` for an id; one that ends with `/…` holds for the paths below it too. */
  readonly path: string;
  /** Field of the answer's body, `[]` for every index; fields of a refusal begin with `error`. */
  readonly field: string;
  readonly releases: readonly Version[];
  /** Where it was seen. */
  readonly evidence: string;
  readonly reason: string;
  /** How the releases were judged that the evidence does not cover. */
  readonly others: string;
  /** The number of exchanges of the fixed requests that it explains: one for each request and release. */
  readonly exchanges: number;
}

const COMPARED: readonly Version[] = ['6.0', '6.1'];
const ALL: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const WORDING = {
  methods: ALL,
  releases: COMPARED,
  evidence: 'the fixed requests',
  reason: 'The sandbox says the same in its own words.',
  others: 'All releases have these words of ours; Liftlock goes by status and code, and shows the text.',
} as const;

/** The only differences that the differential test lets pass: texts for people, under the same status and code. */
export const EXPLAINED: readonly Explained[] = [
  { ...WORDING, path: '/applications/…', field: 'error.message', exchanges: 102 },
  { ...WORDING, path: '/applications/…', field: 'error.description', exchanges: 146 },
  { ...WORDING, path: '/identity-providers/…', field: 'error.message', exchanges: 62 },
  { ...WORDING, path: '/identity-providers/…', field: 'error.description', exchanges: 70 },
  { ...WORDING, path: '/claim-dialects/…', field: 'error.message', exchanges: 20 },
  { ...WORDING, path: '/claim-dialects/…', field: 'error.description', exchanges: 20 },
  { ...WORDING, path: '/oidc/scopes/…', field: 'error.message', exchanges: 28 },
  { ...WORDING, path: '/oidc/scopes/…', field: 'error.description', exchanges: 28 },
  { ...WORDING, path: '/configs/…', field: 'error.description', exchanges: 46 },
  {
    ...WORDING,
    methods: ['GET'],
    path: '/claim-dialects/local/claims',
    field: '[].description',
    reason: 'What a claim that ships says of itself is text for people; the sandbox shows the name in its place.',
    exchanges: 4,
  },
  {
    ...WORDING,
    methods: ['GET'],
    path: '/claim-dialects/local/claims',
    field: '[].properties[].value',
    reason: 'The claim `dob` tells people how to write a date; the sandbox says it in its own words.',
    exchanges: 4,
  },
  {
    ...WORDING,
    methods: ['GET'],
    path: '/applications/meta/adaptive-auth-templates',
    field: 'templatesJSON',
    reason:
      'One text that holds the sample scripts for the editor of the console; the sandbox has a sample of its own.',
    exchanges: 2,
  },
];
