/** What the pages say of patterns: https://docs.snowflake.com/en/sql-reference/functions-regexp */
import { givesValues, refuses } from './values';

const best = "'It was the best of times, it was the worst of times'";
const today = "'How are you doing today?'";

givesValues({
  'an empty pattern matches nothing, but all of an empty text': [
    ["REGEXP_COUNT('abc', '')", '0'],
    ["REGEXP_REPLACE('abc', '', 'x')", 'abc'],
    ["REGEXP_SUBSTR('', '')", null],
    ["REGEXP_SUBSTR_ALL('a', '')", '[]'],
    ["REGEXP_INSTR('abc', '')", '0'],
    ["REGEXP_LIKE('', '')", 'true'],
    ["'a' RLIKE ''", 'false'],
    ["REGEXP_COUNT('abc', P) FROM VALUES ('') AS V(P)", '0'],
    ["REGEXP_LIKE('', P) FROM VALUES ('') AS V(P)", 'true'],
    ["REGEXP_COUNT('aBc', P, 1, 'i') FROM VALUES ('b') AS V(P)", '1'],
    ["REGEXP_REPLACE('abc', '()', '*')", '*a*b*c*'],
  ],
  "'e' of a pattern without groups is as without it": [
    ["REGEXP_SUBSTR('abc', 'b', 1, 1, 'e')", 'b'],
    ["REGEXP_SUBSTR('ab', 'a(?:b)', 1, 1, 'e')", 'ab'],
    ["REGEXP_SUBSTR('a(b', 'a\\\\(b', 1, 1, 'e')", 'a(b'],
    ["REGEXP_SUBSTR('a(b', 'a[]()]b', 1, 1, 'e')", 'a(b'],
    ["REGEXP_SUBSTR('Release 24', 'Release\\\\W+(\\\\d+)', 1, 1, 'e')", '24'],
    ["REGEXP_INSTR('abc', 'b', 1, 1, 0, 'e')", '2'],
  ],
  'REGEXP_SUBSTR_ALL of a group that is not there is NULL': [
    ["REGEXP_SUBSTR_ALL('abc', 'a(b)c', 1, 1, 'e', 2)", null],
    ["REGEXP_SUBSTR_ALL('A MAN A PLAN', 'A\\\\W+(\\\\w)(\\\\w)', 1, 1, 'e', 2)", '["A","L"]'],
  ],
  'a position counts characters, and the text begins there': [
    [`REGEXP_SUBSTR('Hellooo World', '\\\\b\\\\S*o\\\\S*\\\\b', 3)`, 'llooo'],
    [`REGEXP_SUBSTR(${today}, '\\\\b\\\\S*o\\\\S*\\\\b', 3, 3)`, 'today'],
    [`REGEXP_INSTR(${today}, '\\\\b\\\\S*o\\\\S*\\\\b', 3, 3)`, '19'],
    [`REGEXP_INSTR(${today}, '\\\\b\\\\S*o\\\\S*\\\\b', 3, 3, 1)`, '24'],
    [`REGEXP_INSTR(${best}, '[[:alpha:]]{2,}st', 15, 1)`, '38'],
    ["REGEXP_REPLACE('Hellooo World', '\\\\b(\\\\S*)o(\\\\S*)\\\\b', '\\\\2@@\\\\1', 3)", 'He@@lloo rld@@W'],
    ["REGEXP_SUBSTR('a1b2', '[0-9]', N) FROM VALUES (3) AS V(N)", '2'],
  ],
  'matches do not overlap': [
    ["REGEXP_COUNT(',abc,def,ghi,jkl,', '[[:punct:]][[:alnum:]]+[[:punct:]]')", '2'],
    ["REGEXP_SUBSTR(',abc,,def,,ghi,', '[[:punct:]][[:alnum:]]+[[:punct:]]', 1, 2)", ',def,'],
    ["REGEXP_COUNT('Excelence', 'e', 1, 'i')", '4'],
  ],
  'a replacement names groups, of which 0 is all': [
    ["REGEXP_REPLACE('abc', '(b)', '[\\\\0\\\\1]')", 'a[bb]c'],
    ["REGEXP_REPLACE('Customers - (NY)', '\\\\(|\\\\)', '')", 'Customers - NY'],
  ],
  'what only looks lazy': [
    ["REGEXP_LIKE('a?', 'a[*?]?')", 'true'],
    ["REGEXP_LIKE('a?', 'a\\\\??')", 'true'],
    ["REGEXP_LIKE('a*?', 'a\\\\*[?]')", 'true'],
    ["REGEXP_LIKE('a?', P) FROM VALUES ('a[*?]?') AS V(P)", 'true'],
    ["REGEXP_LIKE('a?', P) FROM VALUES ('a\\\\??') AS V(P)", 'true'],
    ["REGEXP_LIKE('ab', P) FROM VALUES ('(?:a)?[[:alpha:]*]?') AS V(P)", 'true'],
    ["REGEXP_LIKE('a', P) FROM VALUES (NULL::VARCHAR) AS V(P)", null],
  ],
});

refuses({
  'quantifiers that are not greedy': [
    ["SELECT REGEXP_SUBSTR('a1b1', 'a.*?1')", "Unsupported feature 'REGEXP_SUBSTR with the non-greedy *?'"],
    ["SELECT 'a1' RLIKE 'a.+?'", 'RLIKE with the non-greedy +?'],
    ["SELECT REGEXP_LIKE('a', 'a??')", 'REGEXP_LIKE with the non-greedy ??'],
    ["SELECT REGEXP_COUNT('aa', 'a{1}?')", 'REGEXP_COUNT with the non-greedy }?'],
    ["SELECT REGEXP_COUNT('aa', P) FROM VALUES ('a{1}?') AS V(P)", 'with non-greedy quantifiers'],
    ["SELECT REGEXP_SUBSTR('a1b1', 'a.*' || P) FROM VALUES ('?1') AS V(P)", 'with non-greedy quantifiers'],
    [
      "SELECT REGEXP_REPLACE('aa', '[x?]' || P, '') FROM VALUES ('*?') AS V(P)",
      'with non-greedy quantifiers',
    ],
    ["SELECT REGEXP_LIKE('A', P, 'i') FROM VALUES ('a+?') AS V(P)", 'with non-greedy quantifiers'],
  ],
  'positions and occurrences below 1': [
    ["SELECT REGEXP_SUBSTR('a1', '[0-9]', 0)", 'REGEXP_SUBSTR with a position below 1'],
    ["SELECT REGEXP_SUBSTR('a1', '[0-9]', 1, 0)", 'REGEXP_SUBSTR with an occurrence below 1'],
    ["SELECT REGEXP_INSTR('a1', '[0-9]', -1)", 'REGEXP_INSTR with a position below 1'],
    ["SELECT REGEXP_COUNT('a1', '[0-9]', N) FROM VALUES (0) AS V(N)", 'an occurrence below 1'],
    ["SELECT REGEXP_REPLACE('a1', '[0-9]', 'x', 1, -1)", 'REGEXP_REPLACE with an occurrence below 0'],
  ],
  'groups that are not there': [
    ["SELECT REGEXP_SUBSTR('abc', '(b)(c)', 1, 1, 'e', 3)", 'REGEXP_SUBSTR of the group 3 of 2'],
    ["SELECT REGEXP_REPLACE('abc', '(b)', '\\\\2')", 'REGEXP_REPLACE by the group 2 of 1'],
    ["SELECT REGEXP_REPLACE('abc', 'b', '\\\\d')", 'REGEXP_REPLACE by a text with \\d'],
  ],
});
