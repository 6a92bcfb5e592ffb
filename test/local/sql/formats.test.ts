/** Format models of numbers and dates, by the page of each rule (below https://docs.snowflake.com/en/sql-reference/). */
import { givesValues, refuses } from './values';

const of = (model: string, values: [number: string, text: string][]): [string, string][] =>
  values.map(([number, text]) => [`'>' || TO_CHAR(${number}, '${model}') || '<'`, `>${text}<`]);

givesValues({
  'functions/to_char: $99.0': of('$99.0', [
    ['-12.391', '-$12.4'],
    ['0', '  $0.0'],
    ['-1', ' -$1.0'],
    ['0.1', '  $0.1'],
    ['3987', ' $##.#'],
    ['1.111', '  $1.1'],
  ]),
  'functions/to_char: B9,999.0': of('B9,999.0', [
    ['-12.391', '   -12.4'],
    ['0', '      .0'],
    ['-1', '    -1.0'],
    ['0.1', '      .1'],
    ['3987', ' 3,987.0'],
  ]),
  'functions/to_char: TME, TM9': [
    ...of('TME', [
      ['-12.391', '-1.2391E1'],
      ['0', '0E0'],
      ['0.01', '1E-2'],
      ['3987', '3.987E3'],
    ]),
    ...of('TM9', [
      ['-12.391', '-12.391'],
      ['1.50::NUMBER(10,2)', '1.50'],
    ]),
  ],
  'functions/to_char: 0XXX, S0XXX': [
    ...of('0XXX', [
      ['-12.391', 'FFF4'],
      ['3987', '0F93'],
    ]),
    ...of('S0XXX', [
      ['-12.391', '-000C'],
      ['0', '+0000'],
    ]),
    ...of('0xx', [['255', '0ff']]),
  ],
  'sql-format-models: places of digits': [
    ...of('9.99', [
      ['0.5', ' 0.5 '],
      ['0.004', ' 0.  '],
      ['-0.001', ' 0.  '],
    ]),
    ...of('0999', [['5', ' 0005']]),
    ...of('999', [
      ['0', '   0'],
      ['999.5', ' ###'],
    ]),
    ...of('FM9,999,999', [['1234567', '1,234,567']]),
    ...of('9,999', [
      ['12', '    12'],
      ['-1234', '-1,234'],
    ]),
    ...of('99%', [['0.25', ' 25%']]),
    ...of('9G999D90', [['1234.5', ' 1,234.50']]),
  ],
  'sql-format-models: signs': [
    ...of('MI99', [
      ['-7', '- 7'],
      ['7', '  7'],
    ]),
    ...of('99,999.9S', [['-12454.8', '12,454.8-']]),
    ...of('S99', [['7', ' +7']]),
  ],
  'sql-format-models: computed models': [
    ["TO_CHAR(X, Y) FROM VALUES (12.5, 'FM990.00') AS V(X, Y)", '12.50'],
    ["TO_CHAR(1.5::FLOAT, '9.90')", ' 1.50'],
    ["TO_CHAR(NULL::NUMBER, '9')", null],
  ],
  'functions/to_char: of a FLOAT ten digits': [
    ['TO_VARCHAR(LOG(3, 4))', '1.261859507'],
    ['(0.1::FLOAT + 0.2::FLOAT)::VARCHAR', '0.3'],
    ["'' || 8.999999761581421e-01::FLOAT", '0.8999999762'],
    ['100000::FLOAT::VARCHAR', '100000'],
    ['2.5::FLOAT::VARCHAR', '2.5'],
  ],
  'functions/to_decimal': [
    ["TO_DECIMAL('ae5', 'XXX')", '2789'],
    ["TRY_TO_DECIMAL('aeg', 'XXX')", null],
    ["TO_NUMBER('$7,543.21', '$9,999.00', 6, 2)", '7543.21'],
    ["TRY_TO_DECIMAL('345.123', 4, 2)", null],
  ],
  'date-time-input-output: what a format leaves out': [
    ["TO_DATE('15', 'DD')", '1970-01-15'],
    ["TO_TIMESTAMP('10:30', 'HH24:MI')", '1970-01-01 10:30:00'],
    ["TO_DATE('03-15', 'MM-DD')", '1970-03-15'],
    ["TO_TIME('10:00 PM', 'HH12:MI AM')", '22:00:00'],
    ["TRY_TO_DATE('2020-01-15', 'YYYY/MM/DD')", null],
    ["TO_DATE(NULL::VARCHAR, 'YYYY')", null],
  ],
});

refuses({
  'functions/to_decimal': [
    ["SELECT TO_DECIMAL('345.123', 4, 2)", "100039 Numeric value '345.123' is out of range"],
    ["SELECT TO_DECIMAL('$7,543.21', 6, 2)", "100038 Numeric value '$7,543.21' is not recognized"],
  ],
  'functions/to_date': [
    [
      "SELECT TO_DATE('2020-01-15', 'YYYY/MM/DD')",
      "Can't parse '2020-01-15' as date with format 'YYYY/MM/DD'",
    ],
    ["SELECT TO_TIMESTAMP('x', 'YYYY')", "Can't parse 'x' as timestamp with format 'YYYY'"],
    ["SELECT TO_TIME('x', 'HH24')", "Can't parse 'x' as time with format 'HH24'"],
  ],
  'functions/try_cast': [
    [
      'SELECT TRY_CAST(1 AS VARCHAR)',
      '001065 SQL compilation error:\nFunction TRY_CAST cannot be used with arguments of types NUMBER(1,0) and VARCHAR(134217728)',
    ],
    ['SELECT TRY_TO_NUMBER(5)', 'arguments of types NUMBER(1,0) and NUMBER(38,0)'],
    ['SELECT TRY_TO_BOOLEAN(1)', 'arguments of types NUMBER(1,0) and BOOLEAN'],
    ['SELECT TRY_TO_DOUBLE(TRUE)', 'arguments of types BOOLEAN and FLOAT'],
    ["SELECT TRY_TO_DATE(PARSE_JSON('1'))", 'arguments of types VARIANT and DATE'],
    ['SELECT TRY_TO_TIMESTAMP(1)', 'arguments of types NUMBER(1,0) and TIMESTAMP_NTZ(9)'],
  ],
  'functions/year, .../date_trunc: a text is no date there': [
    ["SELECT YEAR('2024-04-08')", 'Function EXTRACT does not support VARCHAR(10) argument type'],
    [
      "SELECT EXTRACT(hour FROM '2024-04-08 10:00')",
      'Function EXTRACT does not support VARCHAR(16) argument type',
    ],
    [
      "SELECT DATE_TRUNC('month', '2024-04-08')",
      'Function DATE_TRUNC does not support VARCHAR(10) argument type',
    ],
  ],
  'elements that are not modelled': [
    ["SELECT TO_CHAR(1.5, '9.9EEEE')", "000002 Unsupported feature 'number format '9.9EEEE''"],
    ["SELECT TO_CHAR(255, 'XX')", "000002 Unsupported feature 'number format 'XX''"],
    ["SELECT TO_CHAR(1.5::FLOAT, 'TM')", "000002 Unsupported feature 'number format 'TM''"],
    ["SELECT TO_CHAR(1, X) FROM VALUES ('9V9') AS V(X)", '000002'],
  ],
});
