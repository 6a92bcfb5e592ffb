/** Imported before the driver: it must not ask cloud metadata services where the tests run. */
process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION = 'true';
