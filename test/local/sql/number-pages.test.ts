import { givesTyped, givesValues, refuses } from './values';

const rows = 'FROM VALUES (1), (2) AS V(X)';

/** What Snowflake's documentation gives for each function, or follows from it. */
givesTyped({
  'GREATEST and LEAST are of the type of their first value, numbers of the wider': [
    ["GREATEST('a', 1)", 'a', 'VARCHAR(16777216)'],
    ["LEAST('10', 9)", '10', 'VARCHAR(16777216)'],
    ["GREATEST('2024-02-01', '2024-01-01'::DATE)", '2024-02-01', 'VARCHAR(16777216)'],
    ["GREATEST('2024-01-01'::DATE, '2024-02-01')", '2024-02-01', 'DATE'],
    ["GREATEST_IGNORE_NULLS('a', NULL, 1)", 'a', 'VARCHAR(16777216)'],
    ["GREATEST('b', NULL)", null, 'VARCHAR(16777216)'],
    ['GREATEST(3, 13.45::FLOAT)', '13.45', 'FLOAT'],
  ],
});

givesValues({
  'functions of bits have another name': [
    ['BIT_AND(16, 24) || BIT_OR(16, 24) || BIT_XOR(16, 24)', '16248'],
    ['BIT_NOT(0) + BIT_SHIFTLEFT(1, 4) + BIT_SHIFTRIGHT(16, 4)', '16'],
    ['GETBIT(11, 100)', '0'],
    ["BITAND('12.3', 15)", '12'],
  ],
  'a text is a time by its size': [
    ["TO_TIME('31536001')", '00:00:01'],
    ["TO_TIME('31536002400')", '00:00:02'],
    ["TO_TIME('31536003600000')", '00:00:03'],
    ["TO_TIME('31536004900000000')", '00:00:04'],
    ["TO_TIME('11.15.00', 'HH24.MI.SS')", '11:15:00'],
  ],
  'FLOATs are rounded as they are kept': [
    ['ROUND(-10.005::FLOAT, 2)', '-10.01'],
    ['ROUND(1.005::FLOAT, 2)', '1'],
    ['ROUND(1.005, 2)', '1.01'],
    ['ROUND(135.135::FLOAT, 50)', '135.135'],
    ['ROUND(-975.975::FLOAT, -1)', '-980'],
    ["ROUND(-2.5, 0, 'HALF_TO_EVEN')", '-2'],
    ['ROUND(ACOSH(2.352409615), 8)', '1.5'],
    ['ROUND(ATANH(0.9051482536), 8)', '1.5'],
  ],
  'DECODE finds a NULL': [
    ["DECODE(X, 1, 'one', NULL, '-NULL-', 'other') FROM VALUES (NULL) AS V(X)", '-NULL-'],
    ["DECODE(4, 1, 'one', NULL, '-NULL-')", null],
  ],
  'WIDTH_BUCKET counts from its smallest value': [
    ['WIDTH_BUCKET(399999.99, 200000, 600000, 4)', '2'],
    ['WIDTH_BUCKET(600000, 200000, 600000, 4)', '5'],
  ],
});

refuses({
  'what a page leaves no place for': [
    [`SELECT NTILE(0) OVER (ORDER BY X) ${rows}`, 'NTILE of 0'],
    [`SELECT NTH_VALUE(X, 0) OVER (ORDER BY X) ${rows}`, 'NTH_VALUE of 0'],
    [`SELECT NTH_VALUE(X, 1001) OVER (ORDER BY X) ${rows}`, 'NTH_VALUE of 1001'],
    [
      `SELECT PERCENT_RANK() OVER (ORDER BY X ROWS UNBOUNDED PRECEDING) ${rows}`,
      'a window frame of rows of PERCENT_RANK',
    ],
    [`SELECT SUM(DISTINCT X) OVER (ORDER BY X) ${rows}`, 'SUM(DISTINCT ...) with ORDER BY in OVER'],
    ["SELECT TIME('11.15.00', 'HH24.MI.SS')", '000939'],
    ["SELECT INSERT(X'4142', 1, 0, X'43')", 'INSERT of BINARY'],
    ['SELECT ACOSH(0)', 'ACOSH of a number below 1'],
    ['SELECT ATANH(2)', 'ATANH of a number beyond 1'],
  ],
});
