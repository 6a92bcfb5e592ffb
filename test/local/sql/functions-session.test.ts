import { givesValues } from './values';

/** What Snowflake's documentation gives for each function, or follows from it. */
givesValues({
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
