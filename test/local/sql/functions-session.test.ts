import { givesValues } from './values';

/** What Snowflake's documentation gives for each function, or follows from it. */
givesValues({
  'the type of an expression': [
    ["SYSTEM$TYPEOF('rye')", 'VARCHAR(3)[LOB]'],
    ["SYSTEM$TYPEOF('rye'::VARCHAR(10))", 'VARCHAR(10)[LOB]'],
    ['SYSTEM$TYPEOF(10000)', 'NUMBER(5,0)[SB2]'],
    ['SYSTEM$TYPEOF(12345.6789::NUMBER(10,4))', 'NUMBER(10,4)[SB4]'],
    ['SYSTEM$TYPEOF(1.5::FLOAT)', 'FLOAT[DOUBLE]'],
    ['SYSTEM$TYPEOF(NULL)', 'NULL[LOB]'],
    ["SYSTEM$TYPEOF('2026-01-05'::TIMESTAMP_NTZ)", 'TIMESTAMP_NTZ(9)[SB16]'],
    ["SYSTEM$TYPEOF({'a': 1})", 'OBJECT[LOB]'],
  ],
  'the session': [
    [
      'CURRENT_ACCOUNT() IS NOT NULL AND CURRENT_ACCOUNT_NAME() IS NOT NULL AND CURRENT_ORGANIZATION_NAME() IS NOT NULL',
      'true',
    ],
    [
      'CURRENT_SESSION() IS NOT NULL AND CURRENT_VERSION() IS NOT NULL AND CURRENT_REGION() IS NOT NULL AND CURRENT_CLIENT() IS NOT NULL',
      'true',
    ],
    ['CURRENT_STATEMENT() IS NOT NULL', 'true'],
    ['CURRENT_DATABASE()', 'BAKERY'],
    ['CURRENT_SCHEMA()', 'PUBLIC'],
    ['CURRENT_ROLE()', 'ACCOUNTADMIN'],
    ['CURRENT_USER()', 'ADA'],
    ['CURRENT_WAREHOUSE()', null],
    ['LENGTH(UUID_STRING())', '36'],
    ['RANDOM() = RANDOM() + 1', 'false'],
  ],
});
