/** Names of the config, read with their problems reported; a name that cannot be read stands for itself. */
import type { Path, ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import type { ObjectName } from './deployment';
import { parseIdentifier, parseObjectName, type Parsed } from './names';

/** The database and schema that unqualified names belong to. */
export interface Home {
  database: string;
  schema: string;
}

const HINT = 'quote it as Snowflake would want it: \'"my name"\'';

export function readIdentifier(text: string, problems: ProblemSink, path: Path, what = 'name'): string {
  return read(parseIdentifier(text), text, problems, path, what) ?? text.toUpperCase();
}

export function readObjectName(text: string, home: Home, problems: ProblemSink, path: Path): ObjectName {
  return (
    read(parseObjectName(text, home), text, problems, path, 'name') ?? { ...home, name: text.toUpperCase() }
  );
}

function read<T>(parsed: Parsed<T>, text: string, problems: ProblemSink, path: Path, what: string): T | null {
  if (parsed.ok) return parsed.value;
  problems.add(path, `${showValue(text)} is not a valid ${what}: ${parsed.reason}`, parsed.hint ?? HINT);
  return null;
}
