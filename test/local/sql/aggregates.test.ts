import { givesValues, refuses } from './values';

const four = 'FROM VALUES (1), (2), (3), (4) AS V(X)';
const pairs = 'FROM VALUES (10, 11), (20, 22), (25, NULL), (30, 35) AS V(Y, X)';

/** What Snowflake's documentation gives for each function, or follows from it. */
givesValues({
  'BOOLXOR_AGG is NULL of NULLs alone, else whether just one is true': [
    ['BOOLXOR_AGG(X) FROM VALUES (NULL::BOOLEAN) AS V(X)', null],
    ['BOOLXOR_AGG(X) FROM VALUES (TRUE), (FALSE), (NULL) AS V(X)', 'true'],
    ['BOOLXOR_AGG(X) FROM VALUES (TRUE), (TRUE) AS V(X)', 'false'],
    ['BOOLXOR_AGG(X) FROM VALUES (0) AS V(X)', 'false'],
    ['BOOLAND_AGG(X) FROM VALUES (NULL::BOOLEAN) AS V(X)', null],
  ],
  'PERCENTILE_DISC is the first value that so many are up to, from the largest on with DESC': [
    [`PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY X) ${four}`, '2'],
    [`PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY X DESC) ${four}`, '3'],
    [`PERCENTILE_DISC(0.26) WITHIN GROUP (ORDER BY X DESC) ${four}`, '3'],
    [`PERCENTILE_DISC(0.25) WITHIN GROUP (ORDER BY X DESC) ${four}`, '4'],
    [`PERCENTILE_DISC(0) WITHIN GROUP (ORDER BY X DESC) ${four}`, '4'],
    [`PERCENTILE_DISC(1) WITHIN GROUP (ORDER BY X DESC) ${four}`, '1'],
  ],
  'PERCENTILE_CONT lies between two values': [
    ['PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY X) FROM VALUES (10), (20), (25), (30) AS V(X)', '17.500'],
    [`PERCENTILE_CONT(0.3) WITHIN GROUP (ORDER BY X DESC) ${four}`, '3.100'],
    ['PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY X) FROM VALUES (60) AS V(X)', '60.000'],
  ],
  'an order within OVER changes nothing for RATIO_TO_REPORT': [
    ['RATIO_TO_REPORT(X) OVER (ORDER BY X) FROM VALUES (1), (3) AS V(X) ORDER BY X', '0.250000'],
  ],
  'MAX_BY of several values leaves NULLs out, and is NULL without others': [
    ['MAX_BY(X, Y, 2) FROM VALUES (1, 10), (2, NULL) AS V(X, Y)', '[1]'],
    ['MAX_BY(X, Y, 2) FROM VALUES (1, NULL) AS V(X, Y)', null],
    ['MIN_BY(X, Y, 2) FROM VALUES (1, 10), (2, 5), (3, 7) AS V(X, Y)', '[2,3]'],
  ],
  'OBJECT_AGG passes over NULLs, and with DISTINCT takes equal pairs for one': [
    ["OBJECT_AGG(K, V) FROM VALUES ('a', 1), ('b', NULL), (NULL, 3) AS T(K, V)", '{"a":1}'],
    ["OBJECT_AGG(DISTINCT K, V) FROM VALUES ('a', 1), ('a', 1) AS T(K, V)", '{"a":1}'],
    [
      "OBJECTAGG(K, V) FROM VALUES ('name', 'Sue'), ('age', 21::VARCHAR) AS T(K, V)",
      '{"age":"21","name":"Sue"}',
    ],
  ],
  'bits of a group, under each of their names': [
    ['BITAND_AGG(X) FROM VALUES (15), (26), (12), (14), (8), (NULL) AS V(X)', '8'],
    ['BITANDAGG(X) + BIT_AND_AGG(X) + BIT_ANDAGG(X) FROM VALUES (1.1), (2.9), (7.1), (9.1) AS V(X)', '3'],
    ['BITORAGG(X) + BIT_OR_AGG(X) + BIT_ORAGG(X) FROM VALUES (1), (2) AS V(X)', '9'],
    ['BITXORAGG(X) + BIT_XOR_AGG(X) + BIT_XORAGG(X) FROM VALUES (15), (26), (12) AS V(X)', '75'],
    ['BITXOR_AGG(X) FROM VALUES (NULL::NUMBER) AS V(X)', null],
  ],
  'pairs with a NULL do not count': [
    [`ROUND(CORR(Y, X), 10) ${pairs}`, '0.9988445981'],
    [`COVAR_POP(Y, X) ${pairs}`, '80'],
    [`ROUND(REGR_SLOPE(Y, X), 9) ${pairs}`, '0.831408776'],
  ],
  'the form of a distribution': [
    ['ROUND(KURTOSIS(X::FLOAT), 8) FROM VALUES (10), (10), (20), (25), (30) AS V(X)', '-2.32421875'],
    ['KURTOSIS(X::FLOAT) FROM VALUES (12), (22), (35) AS V(X)', null],
    ['ROUND(SKEW(X), 8) FROM VALUES (1), (2), (2), (2), (2) AS V(X)', '-2.23606798'],
  ],
  'IGNORE NULLS': [
    [
      'FIRST_VALUE(X) IGNORE NULLS OVER (ORDER BY Y) FROM VALUES (NULL, 1), (1.5, 2) AS V(X, Y) LIMIT 1',
      '1.5',
    ],
    ['LAG(X, -1) OVER (ORDER BY X) FROM VALUES (1), (2) AS V(X) ORDER BY X LIMIT 1', '2'],
  ],
});

const PARTITION_ONLY = [
  ...['ANY_VALUE(X)', 'APPROX_COUNT_DISTINCT(X)', 'ARRAY_UNIQUE_AGG(X)', 'BITOR_AGG(X)', 'BOOLAND_AGG(X)'],
  ...[
    'CORR(X, X)',
    'COVAR_POP(X, X)',
    'KURTOSIS(X::FLOAT)',
    'LISTAGG(X)',
    'MEDIAN(X)',
    'MODE(X)',
    'OBJECT_AGG(X, X)',
  ],
  ...['PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY X)', 'REGR_R2(X, X)'],
];

refuses({
  'a window that the page of the function has not': [
    ...PARTITION_ONLY.map((call): [string, string] => [
      `SELECT ${call} OVER (ORDER BY X) ${four}`,
      "000002 Unsupported feature '",
    ]),
    [
      `SELECT MEDIAN(X) OVER (ROWS UNBOUNDED PRECEDING) ${four}`,
      "Unsupported feature 'a window frame of MEDIAN'",
    ],
    [`SELECT LAG(X) OVER (ORDER BY X ROWS UNBOUNDED PRECEDING) ${four}`, 'a window frame of LAG'],
    [`SELECT MAX_BY(X, X) OVER () ${four}`, '002064'],
    [`SELECT SKEW(X) OVER () ${four}`, '002064'],
    [`SELECT FIRST_VALUE(X) OVER () ${four}`, 'Window function type [FIRST_VALUE] requires ORDER BY'],
    [`SELECT ARRAY_AGG(DISTINCT X) OVER (ORDER BY X) ${four}`, 'ARRAY_AGG with DISTINCT or WITHIN GROUP'],
    [`SELECT STDDEV(DISTINCT X) OVER (ORDER BY X) ${four}`, 'STDDEV(DISTINCT ...) with ORDER BY in OVER'],
    [`SELECT COUNT(DISTINCT X, X) OVER (ORDER BY X) ${four}`, 'COUNT(DISTINCT ...) with ORDER BY in OVER'],
  ],
  'a clause that the function has not': [
    [`SELECT MEDIAN(DISTINCT X) ${four}`, 'DISTINCT in MEDIAN'],
    [`SELECT CORR(DISTINCT X, X) ${four}`, 'DISTINCT in CORR'],
    [`SELECT COUNT_IF(DISTINCT X > 1) ${four}`, 'DISTINCT in COUNT_IF'],
    [`SELECT SUM(X) WITHIN GROUP (ORDER BY X) ${four}`, 'WITHIN GROUP in SUM'],
    [`SELECT SUM(X) IGNORE NULLS OVER () ${four}`, 'IGNORE NULLS in SUM'],
  ],
  'a number out of its range': [
    [`SELECT KURTOSIS(X) ${four}`, 'KURTOSIS of exact numbers'],
    [`SELECT PERCENTILE_CONT(1.5) WITHIN GROUP (ORDER BY X) ${four}`, 'no constant between 0 and 1'],
    [`SELECT PERCENTILE_DISC(X) WITHIN GROUP (ORDER BY X) ${four}`, 'no constant between 0 and 1'],
    [`SELECT MAX_BY(X, X, 0) ${four}`, 'no constant from 1 to 1000'],
    ["SELECT OBJECT_AGG(K, V) FROM VALUES ('a', 1), ('a', 2) AS T(K, V)", "100080 Duplicate field key 'a'"],
  ],
});
