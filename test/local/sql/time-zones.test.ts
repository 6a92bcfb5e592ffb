import { givesValues, refuses } from './values';

const noon = "'2024-01-01 12:00:00'::TIMESTAMP_NTZ";

givesValues({
  'CONVERT_TIMEZONE takes the names of zones': [
    [`CONVERT_TIMEZONE('Europe/Warsaw', 'UTC', ${noon})`, '2024-01-01 11:00:00'],
    [`CONVERT_TIMEZONE('UTC', 'America/Argentina/Buenos_Aires', ${noon})`, '2024-01-01 09:00:00'],
    [`CONVERT_TIMEZONE(Z, 'UTC', ${noon}) FROM VALUES ('Etc/GMT+5') AS V(Z)`, '2024-01-01 17:00:00'],
    [`CONVERT_TIMEZONE(Z, 'UTC', ${noon}) FROM VALUES (NULL) AS V(Z)`, null],
    ["CONVERT_TIMEZONE('UTC', '2024-04-05'::DATE)", '2024-04-05T07:00:00Z 0'],
    ["CONVERT_TIMEZONE('UTC', '2024-04-05 09:00:00'::TIMESTAMP_LTZ)", '2024-04-05T16:00:00Z 0'],
  ],
});

refuses({
  'a zone has its name, letter for letter, and no abbreviation': [
    ["SELECT CONVERT_TIMEZONE('utc', CURRENT_TIMESTAMP())", "100103 Unknown timezone: 'utc'"],
    [
      "SELECT CONVERT_TIMEZONE('europe/paris', CURRENT_TIMESTAMP())",
      "100103 Unknown timezone: 'europe/paris'",
    ],
    ["SELECT CONVERT_TIMEZONE('EST', CURRENT_TIMESTAMP())", "100103 Unknown timezone: 'EST'"],
    ["SELECT CONVERT_TIMEZONE('PDT', CURRENT_TIMESTAMP())", "100103 Unknown timezone: 'PDT'"],
    [`SELECT CONVERT_TIMEZONE('CST', 'UTC', ${noon})`, "100103 Unknown timezone: 'CST'"],
    [
      `SELECT CONVERT_TIMEZONE(Z, 'UTC', ${noon}) FROM VALUES ('PST') AS V(Z)`,
      "100103 Unknown timezone: 'PST'",
    ],
  ],
});
