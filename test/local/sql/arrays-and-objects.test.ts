import { givesValues, refuses } from './values';

/** What Snowflake's documentation gives for each function, or follows from it. */
givesValues({
  'a number is a place in an array, a text a key of an object, and all else is NULL': [
    ["GET(PARSE_JSON('[5,6]'), 1)", '6'],
    ["GET(PARSE_JSON('[5,6]'), '1')", null],
    ["GET(PARSE_JSON('[5,6]'), -2)", null],
    ["GET(PARSE_JSON('[5,6]'), 2)", null],
    ['GET(PARSE_JSON(\'{"1":5}\'), 1)', null],
    ["GET(PARSE_JSON('{\"1\":5}'), '1')", '5'],
    ["GET(PARSE_JSON('{\"a\":null}'), 'a')", 'null'],
    ["PARSE_JSON('[5,6]')[-2]", null],
    ["V[N] FROM (SELECT PARSE_JSON('[5,6]') AS V, 1 AS N)", '6'],
    ['V[N] FROM (SELECT PARSE_JSON(\'{"1":5}\') AS V, 1 AS N)', null],
    ["V[N] FROM (SELECT PARSE_JSON('{\"1\":5}') AS V, '1' AS N)", '5'],
    ["GET_IGNORE_CASE(PARSE_JSON('[5]'), '0')", null],
    ['PARSE_JSON(\'{"*":1,"a":2}\'):"*"', '1'],
  ],
  'ARRAY_SLICE from and to a place before the beginning': [
    ['ARRAY_SLICE([0,1,2,3], -6, 3)', '[0,1,2]'],
    ['ARRAY_SLICE([0,1,2,3], 0, -5)', '[]'],
    ['ARRAY_SLICE([0,1,2,3], 3, 9)', '[3]'],
    ['ARRAY_SLICE([0,1,2,3], 2, 1)', '[]'],
    ['ARRAY_SLICE([0,1,2,3], NULL, 2)', null],
    ['ARRAY_SLICE([0,1,2,3], N, 2) FROM (SELECT NULL::NUMBER AS N)', null],
  ],
  'ARRAY_INSERT fills the room up to a place outside': [
    ["ARRAY_INSERT([0,1,2,3], -4, 'x')", '["x",0,1,2,3]'],
    ["ARRAY_INSERT([0,1,2,3], -6, 'x')", '["x",null,null,0,1,2,3]'],
    ["ARRAY_INSERT([0,1,2,3], 5, 'x')", '[0,1,2,3,null,"x"]'],
    ['ARRAY_INSERT(ARRAY_INSERT(ARRAY_CONSTRUCT(), 3, 2), 6, 1)', '[null,null,null,2,null,null,1]'],
  ],
  'ARRAY_REMOVE_AT takes nothing away outside': [
    ['ARRAY_REMOVE_AT([1,2,3], -3)', '[2,3]'],
    ['ARRAY_REMOVE_AT([1,2,3], -5)', '[1,2,3]'],
    ['ARRAY_REMOVE_AT([1,2,3], 3)', '[1,2,3]'],
  ],
  'texts in an array are ordered as texts': [
    ['ARRAY_SORT(PARSE_JSON(\'["9","10"]\'))', '["10","9"]'],
    ['ARRAY_MAX(PARSE_JSON(\'["9","10"]\'))', '"9"'],
    ['ARRAY_MIN(PARSE_JSON(\'["9","10"]\'))', '"10"'],
    ["ARRAY_SORT(PARSE_JSON('[3, 10, 2, 1.5]'), FALSE)", '[10,3,2,1.5]'],
    ['ARRAY_MAX([1, 2.5])', '2.5'],
    ['ARRAY_MAX([])', null],
    ['ARRAY_MIN([20, 0, NULL, 10])', '0'],
  ],
  'ARRAY_GENERATE_RANGE that leads away from its end is empty': [
    ['ARRAY_GENERATE_RANGE(2, 2, 4)', '[]'],
    ['ARRAY_GENERATE_RANGE(8, 2, 2)', '[]'],
    ['ARRAY_GENERATE_RANGE(2, 8, -2)', '[]'],
    ['ARRAY_GENERATE_RANGE(0, -16, -5)', '[0,-5,-10,-15]'],
  ],
  'ARRAYS_TO_OBJECT leaves out a NULL as key and keeps one as value': [
    ["ARRAYS_TO_OBJECT(['key1', NULL, 'key3'], [1, 2, 3])", '{"key1":1,"key3":3}'],
    ["ARRAYS_TO_OBJECT(['key1', 'key2'], [1, NULL])", '{"key1":1,"key2":null}'],
  ],
  'OBJECT_INSERT leaves out a NULL, as key and as value': [
    ["OBJECT_INSERT({'a': 1}, NULL, 2)", '{"a":1}'],
    ["OBJECT_INSERT({'a': 1}, K, 2) FROM (SELECT NULL::VARCHAR AS K)", '{"a":1}'],
    ["OBJECT_INSERT({'a': 1}, 'b', NULL)", '{"a":1}'],
    ["OBJECT_INSERT({'a': 1}, 'b', PARSE_JSON('null'))", '{"a":1,"b":null}'],
    ["OBJECT_INSERT({'a': 1}, 'b', 2, TRUE)", '{"a":1,"b":2}'],
  ],
  'ARRAY_TO_STRING writes every kind of element, a NULL as nothing': [
    [
      'ARRAY_TO_STRING(PARSE_JSON(\'[true, 1, -1.2e-3, "Abc", ["x","y"], {"a":1}]\'), \', \')',
      'true, 1, -0.0012, Abc, ["x","y"], {"a":1}',
    ],
    ["ARRAY_TO_STRING(PARSE_JSON('[1, , ,2]'), ', ')", '1, , , 2'],
  ],
});

refuses({
  'what cannot be told': [
    ['SELECT ARRAY_MAX([20, NULL])', 'ARRAY_MAX of an array that holds a NULL'],
    ["SELECT ARRAY_MAX([20, 'a'])", 'ARRAY_MAX and ARRAY_MIN of values of several types'],
    ["SELECT OBJECT_INSERT({'a': 1}, 'a', NULL, TRUE)", 'OBJECT_INSERT of a NULL for a key that is there'],
    ['SELECT GET_PATH(PARSE_JSON(\'{"*":1}\'), \'["*"]\')', 'the path \'["*"]\''],
    ['SELECT HLL(A, B) FROM VALUES (1, 2) AS V(A, B)', 'HLL of several values'],
  ],
  'what the pages refuse': [
    ['SELECT ARRAY_GENERATE_RANGE(1, 5, 0)', 'ARRAY_GENERATE_RANGE by steps of 0'],
    [
      "SELECT ARRAYS_TO_OBJECT(['a'], [2, 3])",
      '215001 Key array and value array had unequal lengths in ARRAYS_TO_OBJECT',
    ],
    [
      'SELECT ARRAYS_TO_OBJECT([1], [2])',
      '215002 Key supplied for ARRAYS_TO_OBJECT does not have string type',
    ],
  ],
});
