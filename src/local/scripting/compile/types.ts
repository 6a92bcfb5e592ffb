/** Types that are known before a body runs. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables */
import type { Expression as SqlExpression } from '../../sql/ast';
import { productType, quotientType, sumType, widerType } from '../../sql/number-types';
import { FLOAT, INTEGER, VARCHAR, BOOLEAN, type SqlType } from '../../values';
import { numberLiteral } from '../expressions/literals';
import { findName, type Names } from './names';

/** Type of an expression; `undefined` where only running it tells. */
export function typeOf(form: SqlExpression | undefined, names: Names): SqlType | undefined {
  switch (form?.is) {
    case 'number':
      return numberLiteral(form.text)?.type;
    case 'string':
      return { kind: 'VARCHAR', length: Math.max(1, [...form.value].length) };
    case 'boolean':
    case 'isNull':
    case 'isBoolean':
    case 'between':
    case 'inList':
    case 'like':
    case 'exists':
      return BOOLEAN;
    case 'cast':
      return form.type;
    case 'unary':
      return form.op === 'NOT' ? BOOLEAN : typeOf(form.operand, names);
    case 'binary':
      return binaryType(form, names);
    case 'column': {
      const kind = form.parts.length === 1 ? findName(names, form.parts[0]!) : undefined;
      return kind?.is === 'variable' ? kind.type : undefined;
    }
    case 'path':
      return { kind: 'VARIANT' };
    case 'array':
      return { kind: 'ARRAY' };
    case 'object':
      return { kind: 'OBJECT' };
    case 'call':
      return FUNCTIONS[form.name];
    default:
      return undefined;
  }
}

const COMPARISONS = new Set(['=', '<>', '<', '<=', '>', '>=', 'AND', 'OR']);

function binaryType(
  { op, left, right }: Extract<SqlExpression, { is: 'binary' }>,
  names: Names,
): SqlType | undefined {
  if (COMPARISONS.has(op)) return BOOLEAN;
  if (op === '||') return VARCHAR;
  const [a, b] = [typeOf(left, names), typeOf(right, names)];
  if (a?.kind === 'FLOAT' || b?.kind === 'FLOAT') return FLOAT;
  if (a?.kind !== 'NUMBER' || b?.kind !== 'NUMBER') return undefined;
  const type = op === '*' ? productType : op === '/' ? quotientType : op === '%' ? widerType : sumType;
  return type(a, b);
}

/** Functions whose type does not depend on their arguments, as far as a LET or RETURN is judged by it. */
const FUNCTIONS: Readonly<Record<string, SqlType>> = {
  CURRENT_DATE: { kind: 'DATE' },
  CURRENT_TIMESTAMP: { kind: 'TIMESTAMP_LTZ' },
  SYSDATE: { kind: 'TIMESTAMP_NTZ' },
  TO_DATE: { kind: 'DATE' },
  UPPER: VARCHAR,
  LOWER: VARCHAR,
  TRIM: VARCHAR,
  CONCAT: VARCHAR,
  TO_VARCHAR: VARCHAR,
  LENGTH: { kind: 'NUMBER', precision: 18, scale: 0 },
  PARSE_JSON: { kind: 'VARIANT' },
  TRY_PARSE_JSON: { kind: 'VARIANT' },
  TO_VARIANT: { kind: 'VARIANT' },
  GET: { kind: 'VARIANT' },
  GET_PATH: { kind: 'VARIANT' },
  OBJECT_CONSTRUCT: { kind: 'OBJECT' },
  ARRAY_CONSTRUCT: { kind: 'ARRAY' },
};

/** The type of a variable that is declared by a value of this type alone; VARIANT gives none. */
export function inferred(type: SqlType): SqlType | undefined {
  switch (type.kind) {
    case 'VARIANT':
      return undefined;
    case 'NUMBER':
      return type.scale === 0 ? INTEGER : FLOAT;
    case 'VARCHAR':
      return VARCHAR;
    default:
      return type;
  }
}
