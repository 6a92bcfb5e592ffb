/** Loaded into a process that is measured (`node -r`): says on stderr how much memory it took at most, in kilobytes. */
process.once('exit', () => process.stderr.write(`\npeak-memory ${process.resourceUsage().maxRSS}\n`));
