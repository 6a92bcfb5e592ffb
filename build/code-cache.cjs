/**
 * Runs the program once (`generate --check`, which writes nothing) and keeps the code that V8 made of what was used.
 * https://nodejs.org/docs/latest-v20.x/api/vm.html#scriptcreatecacheddata
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const folder = process.argv[2];
const filename = path.join(folder, 'program.js');
const script = new vm.Script(Module.wrap(fs.readFileSync(filename, 'utf8')), { filename });

process.argv = [process.execPath, filename, 'generate', '--check'];
process.once('exit', () => {
  fs.writeFileSync(path.join(folder, 'program.cache'), script.createCachedData());
  // Stale files are no fault of the build.
  process.exitCode = 0;
});
script.runInThisContext().call(exports, exports, Module.createRequire(filename), module, filename, folder);
