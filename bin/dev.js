#!/usr/bin/env node
'use strict';

// Runs the sources without a build: swc compiles each file when it is loaded.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

const root = path.dirname(__dirname);

Module._extensions['.ts'] = (loaded, filename) => {
  const options = {
    filename,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs', ignoreDynamic: true },
    sourceMaps: 'inline',
  };
  loaded._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};

const about = require('../package.json');
const pjson = { ...about, oclif: { ...about.oclif, commands: './src/commands' } };
require('../src/cli/main.ts').main({ root, pjson });
