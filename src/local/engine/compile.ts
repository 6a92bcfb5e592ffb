/** From a statement's text to DuckDB's, kept by text, bind types and everything else the translation depends on. */
import { SnowflakeError } from '../errors';
import type { TypedValue } from '../values';
import { newCompilation, type Compilation, type Compiled, type Environment } from '../sql/compilation';
import type { EngineSession } from './account';
import { isRestricted } from './privileges';
import { findRelation, findSequence } from './resolve';

/** Forms of one text; there are more than one only where names or types have changed. */
const KEPT_FORMS = 20;

export function environmentOf(session: EngineSession, binds: readonly TypedValue[]): Environment {
  const { account } = session;
  return {
    database: session.database,
    schema: session.schema,
    relation: (name, within) => findRelation(session, name, within),
    sequence: (name, within) => findSequence(session, name, within),
    systemFunction: (name) => account.functions.get(name),
    tableFunction: (name) => account.tableFunctions.get(name),
    tableProcedure: (name) => firstOf(account.features, (feature) => feature.tableProcedure?.(name, session)),
    variable: (name) => session.variables.get(name),
    result(queryId) {
      const result = account.results.get(queryId);
      if (!result) throw new SnowflakeError('000709', '02000', `Statement ${queryId} not found`);
      return result.columns;
    },
    lastQueryId: (n) => lastQueryId(session, n),
    alertConditionId: session.alert?.conditionQueryId,
    pipe: session.pipe,
    binds,
  };
}

/** Id of the session's n-th statement; of its last ones when n is negative, -1 the latest. */
export function lastQueryId({ queryIds }: EngineSession, n: number): string | undefined {
  return n < 0 ? queryIds[queryIds.length + n] : queryIds[n - 1];
}

function firstOf<T, R>(each: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of each) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

type FromCompilation = 'parameters' | 'cacheable' | 'tables' | 'textWork' | 'lastResults';

/** The compiled form of `text`; `translate` is asked only when there is none. */
export function compileCached(
  session: EngineSession,
  text: string,
  binds: readonly TypedValue[],
  translate: (compilation: Compilation) => Omit<Compiled, FromCompilation>,
): Compiled {
  const { dispatched, schemaVersion } = session.account;
  const forms = dispatched.get(text)?.compiled;
  const key = formKey(session, binds, schemaVersion);
  const known = forms?.get(key);
  if (known && readsSameResults(known, session)) return known;
  const compilation = newCompilation(environmentOf(session, binds), text);
  const translated = translate(compilation);
  const result: Compiled = {
    ...translated,
    parameters: compilation.parameters,
    cacheable: compilation.cacheable,
    tables: compilation.tables,
    textWork: compilation.textWork,
    lastResults: compilation.lastResults,
    lastTime: { rows: Infinity },
  };
  if (forms && result.cacheable && session.pipe.length === 0) {
    if (forms.size >= KEPT_FORMS) forms.clear();
    forms.set(key, result);
  }
  return result;
}

/** A statement that reads the last result depends on its columns. */
function readsSameResults({ lastResults }: Compiled, session: EngineSession): boolean {
  for (const [n, columns] of lastResults ?? []) {
    const now = session.account.results.get(lastQueryId(session, n) ?? '')?.columns;
    if (now !== columns && JSON.stringify(now) !== JSON.stringify(columns)) return false;
  }
  return true;
}

function formKey(session: EngineSession, binds: readonly TypedValue[], version: number): string {
  const types = binds
    .map(({ type }) => (type.kind === 'NUMBER' ? `N${type.precision},${type.scale}` : type.kind))
    .join();
  const temporary = session.temporary.size > 0 ? session.id : '';
  // What a role may not read is found out when a statement is compiled.
  const role = isRestricted(session) ? `${session.role} ${session.secondaryRoles} ${session.user}` : '';
  return `${version}|${role}|${session.database}|${session.schema}|${temporary}|${types}`;
}
