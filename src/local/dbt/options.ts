/**
 * The options that dbt's commands know.
 * https://docs.getdbt.com/reference/dbt-commands, https://docs.getdbt.com/reference/global-configs/about-global-configs,
 * https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-supported-commands
 */
export interface Option {
  takes: 'nothing' | 'one' | 'many';
  /** Commands that know the option. @default all */
  commands?: readonly string[];
  /** What the option takes, where that is one of a few words. */
  choices?: readonly string[];
}

const SELECTING = ['build', 'run', 'test', 'seed', 'snapshot', 'list', 'compile', 'docs generate'];
const TYPED = ['build', 'list', 'test'];

const RESOURCE_TYPE_CHOICES: readonly string[] = [
  ...['metric', 'semantic_model', 'saved_query', 'source', 'analysis', 'function', 'model', 'test'],
  ...['unit_test', 'exposure', 'snapshot', 'seed', 'default', 'all'],
];

/** `--name` and `--no-name`; neither changes which nodes run, with what result, or what a run leaves. */
const SWITCHES: readonly string[] = [
  ...['cache-selected-only', 'debug', 'defer', 'favor-state', 'introspect', 'log-cache-events'],
  ...['macro-debugging', 'partial-parse', 'populate-cache', 'print', 'quiet', 'send-anonymous-usage-stats'],
  ...['show-all-deprecations', 'show-resource-report', 'static-parser', 'use-colors', 'use-colors-file'],
  ...['use-experimental-parser', 'use-fast-test-edges', 'version-check'],
];

function both(name: string): [string, Option][] {
  return [
    [`--${name}`, { takes: 'nothing' }],
    [`--no-${name}`, { takes: 'nothing' }],
  ];
}

export const OPTIONS: ReadonlyMap<string, Option> = new Map<string, Option>([
  ['--select', { takes: 'many', commands: SELECTING }],
  ['--models', { takes: 'many', commands: ['list'] }],
  ['--exclude', { takes: 'many', commands: SELECTING }],
  ['--selector', { takes: 'one', commands: SELECTING }],
  ['--resource-type', { takes: 'many', commands: TYPED, choices: RESOURCE_TYPE_CHOICES }],
  ['--exclude-resource-type', { takes: 'many', commands: TYPED, choices: RESOURCE_TYPE_CHOICES }],
  ['--indirect-selection', { takes: 'one', choices: ['eager', 'cautious', 'buildable', 'empty'] }],
  ['--vars', { takes: 'one' }],
  ['--target', { takes: 'one' }],
  ['--profile', { takes: 'one' }],
  ['--threads', { takes: 'one' }],
  ['--state', { takes: 'one' }],
  ['--defer-state', { takes: 'one' }],
  ['--target-path', { takes: 'one' }],
  ['--log-path', { takes: 'one' }],
  ['--log-level', { takes: 'one', choices: ['debug', 'info', 'warn', 'error', 'none'] }],
  ['--log-level-file', { takes: 'one', choices: ['debug', 'info', 'warn', 'error', 'none'] }],
  ['--log-file-max-bytes', { takes: 'one' }],
  ['--printer-width', { takes: 'one' }],
  ['--output', { takes: 'one', commands: ['list'], choices: ['json', 'name', 'path', 'selector'] }],
  [
    '--full-refresh',
    { takes: 'nothing', commands: ['build', 'run', 'seed', 'compile', 'retry', 'docs generate'] },
  ],
  ['--fail-fast', { takes: 'nothing' }],
  ['--no-fail-fast', { takes: 'nothing' }],
  ['--warn-error', { takes: 'nothing' }],
  ['--empty', { takes: 'nothing', commands: ['build', 'run', 'snapshot', 'compile'] }],
  ['--no-empty', { takes: 'nothing', commands: ['build', 'run', 'snapshot', 'compile'] }],
  ['--store-failures', { takes: 'nothing', commands: ['build', 'test'] }],
  ['--show', { takes: 'nothing', commands: ['build', 'seed'] }],
  ['--empty-catalog', { takes: 'nothing', commands: ['docs generate'] }],
  ['--no-compile', { takes: 'nothing', commands: ['docs generate'] }],
  ['--compile', { takes: 'nothing', commands: ['docs generate'] }],
  ['--static', { takes: 'nothing', commands: ['docs generate'] }],
  ['--clean-project-files-only', { takes: 'nothing', commands: ['clean'] }],
  ['--no-clean-project-files-only', { takes: 'nothing', commands: ['clean'] }],
  ['--upgrade', { takes: 'nothing', commands: ['deps'] }],
  ['--lock', { takes: 'nothing', commands: ['deps'] }],
  ...SWITCHES.flatMap(both),
]);

/** They would change what a run does, in a way that is not modelled. */
export const REFUSED_OPTIONS: readonly string[] = [
  ...['--warn-error-options', '--output-keys', '--event-time-start', '--event-time-end'],
  ...[
    '--sample',
    '--inline',
    '--inline-direct',
    '--export-saved-queries',
    '--no-write-json',
    '--add-package',
  ],
];

/** https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-supported-commands */
export const NOT_IN_SNOWFLAKE: readonly string[] = [
  '--profiles-dir',
  '--project-dir',
  '--log-format',
  '--log-format-file',
];

const SHORT: Readonly<Record<string, string>> = {
  '-s': '--select',
  '-m': '--models',
  '--model': '--models',
  '-t': '--target',
  '-x': '--fail-fast',
  '-d': '--debug',
  '-q': '--quiet',
  '-f': '--full-refresh',
  '-o': '--target-path',
  '--resource-types': '--resource-type',
  '--exclude-resource-types': '--exclude-resource-type',
};

/** The one name of an option that has several. Only `list` tells models from a selection. */
export function nameOf(flag: string, command: string): string {
  const name = Object.hasOwn(SHORT, flag) ? SHORT[flag]! : flag;
  return name === '--models' && command !== 'list' ? '--select' : name;
}
