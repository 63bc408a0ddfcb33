#!/usr/bin/env node
'use strict';

// Written so that any Node can read it: an old one has to get as far as the message.
var about = require('../package.json');
var path = require('path');
var version = process.versions.node.split('.').map(Number);
var isTooOld = version[0] < 20 || (version[0] === 20 && version[1] < 19);
var argument = process.argv.length === 3 ? process.argv[2] : undefined;

if (isTooOld) {
  process.stderr.write('Liftlock needs Node 20.19 or newer; this is Node ' + process.versions.node + '.\n');
  process.exitCode = 1;
} else if (argument === '--version') {
  process.stdout.write(
    about.name + '/' + about.version + ' ' + process.platform + '-' + process.arch + ' node-' + process.version + '\n',
  );
} else {
  program().main({ root: path.dirname(__dirname), pjson: about });
}

/** The built program, with code that was compiled before: by Node itself from 22.1 on. */
function program() {
  var nodeModule = require('node:module');
  var file = path.join(__dirname, '../dist/liftlock.js');
  if (typeof nodeModule.enableCompileCache !== 'function') {
    return require('../dist/cli/compiled-code.js').loadCompiled(file, String(process.argv[2]));
  }
  try {
    nodeModule.enableCompileCache();
  } catch (_error) {
    // It works without, only slower.
  }
  return require(file);
}
