import { givesTyped, givesValues, refuses } from './values';

/** What Snowflake's documentation gives for each function, or follows from it. */
givesValues({
  'STRTOK has no token before the first one': [
    ["STRTOK('a.b.c', '.', 0)", null],
    ["STRTOK('a.b.c', '.', -1)", null],
    ["STRTOK('a.b.c', '.', 4)", null],
    ["STRTOK('a.b.c', '.', N) FROM VALUES (-1) AS V(N)", null],
    ["STRTOK('a.b.c', '.', N) FROM VALUES (2) AS V(N)", 'b'],
  ],
  'POSITION finds what is empty at 1, and nothing past the end': [
    ["POSITION('', 'banana', 3)", '1'],
    ["POSITION('', '')", '1'],
    ["POSITION('a', 'banana', 6)", '6'],
    ["POSITION('a', 'banana', 20)", '0'],
    ["POSITION('', 'banana', 20)", '0'],
    ["POSITION('lésine' IN 'le péché, la lésine')", '14'],
    ["POSITION('☃c', '☃a☃b☃c☃d')", '5'],
    ["POSITION(N, 'a', 9) FROM VALUES (NULL::VARCHAR) AS V(N)", null],
    ["POSITION(X'EF', X'ABCDEF')", '3'],
    ["POSITION(X'BC', X'ABCD')", '0'],
  ],
});

givesTyped({
  'CONCAT and CONCAT_WS of bytes are bytes': [
    ["CONCAT(X'41', X'42')", '4142', 'BINARY(8388608)'],
    ["CONCAT_WS(X'2C', X'41', X'42')", '412C42', 'BINARY(8388608)'],
    ["CONCAT_WS(X'2C', X'41')", '41', 'BINARY(8388608)'],
    ["CONCAT(X'41', N) FROM (SELECT NULL::BINARY AS N)", null, 'BINARY(8388608)'],
    ["CONCAT_WS(',', 'one')", 'one', 'VARCHAR(16777216)'],
  ],
});

refuses({
  'what is not modelled': [
    ["SELECT CONTAINS(X'4142', X'14')", 'CONTAINS of BINARY'],
    ["SELECT STARTSWITH(X'4142', X'41')", 'STARTSWITH of BINARY'],
    ["SELECT REVERSE(X'4142')", 'REVERSE of BINARY'],
    ["SELECT CONCAT(X'41', 'a')", 'CONCAT of a BINARY and something else'],
    ["SELECT BASE64_ENCODE('Snowflake', 32, '$')", 'BASE64_ENCODE with lines or another alphabet'],
    ["SELECT BASE64_DECODE_STRING('YnJlYWQ=', '$')", 'BASE64_DECODE_STRING with lines or another alphabet'],
  ],
});
