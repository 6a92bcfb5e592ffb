#!/usr/bin/env node
/**
 * Starts the command line from the code that V8 kept of it: in a checkout from the file beside it (build/bundle.cjs says
 * how it came there), in an installed package from Node's own cache, where Node has one.
 * https://nodejs.org/docs/latest-v22.x/api/module.html#moduleenablecompilecachecachedir
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const filename = path.join(__dirname, 'program.js');

function keptCode() {
  try {
    return fs.readFileSync(path.join(__dirname, 'program.cache'));
  } catch {
    return undefined;
  }
}

const cachedData = keptCode();
if (cachedData === undefined) {
  Module.enableCompileCache?.();
  require(filename);
} else {
  const script = new vm.Script(Module.wrap(fs.readFileSync(filename, 'utf8')), { filename, cachedData });
  script.runInThisContext().call(exports, exports, require, module, filename, __dirname);
}
