#!/usr/bin/env node
/** Starts the command line from the code that V8 kept of it (build/bundle.cjs says how it came there). */
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

const script = new vm.Script(Module.wrap(fs.readFileSync(filename, 'utf8')), {
  filename,
  cachedData: keptCode(),
});
script.runInThisContext().call(exports, exports, require, module, filename, __dirname);
