/**
 * dbt's `invocation_args_dict` in a hook, as far as it comes from the command line: what is not given is left out, but
 * for options that have a default. https://docs.getdbt.com/reference/dbt-jinja-functions/flags
 */
import type { HookContext } from './layout';
import { varsOf } from './python';

export function invocationArgs({ invocation, invocationCommand }: HookContext): Record<string, unknown> {
  const { select, exclude, selector, state, deferState, target, threads } = invocation;
  const given = { selector, state, defer_state: deferState, target, threads };
  const switches = {
    fail_fast: invocation.failFast,
    full_refresh: invocation.fullRefresh,
    warn_error: invocation.warnError,
  };
  return {
    cache_selected_only: false,
    defer: invocation.defer,
    empty: false,
    exclude,
    exclude_resource_types: invocation.excludeResourceTypes,
    favor_state: false,
    indirect_selection: invocation.indirectSelection,
    invocation_command: invocationCommand,
    log_format: 'default',
    log_level: 'info',
    partial_parse: true,
    populate_cache: true,
    print: true,
    quiet: false,
    resource_types: invocation.resourceTypes,
    select,
    vars: varsOf(invocation.vars),
    which: invocation.command,
    write_json: true,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...Object.fromEntries(Object.entries(switches).filter(([, on]) => on)),
  };
}
