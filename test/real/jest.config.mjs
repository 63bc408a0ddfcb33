import { readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;
const { jest } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Tests against real servers: kept out of `npm test`, run one file after the other by `npm run test:wso2`. */
export default {
  rootDir: root,
  roots: ['<rootDir>/test/real'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  transform: jest.transform,
  modulePathIgnorePatterns: jest.modulePathIgnorePatterns,
  testSequencer: '<rootDir>/test/real/sequencer.cjs',
  testTimeout: 300_000,
  maxWorkers: 1,
};
