"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// test/hostile/random.ts
var random_exports = {};
__export(random_exports, {
  bases: () => bases,
  tryOne: () => tryOne
});
module.exports = __toCommonJS(random_exports);

// src/config/define.ts
function auditTables(options) {
  return { kind: "audit-tables", ...options };
}
function executionHistory() {
  return { kind: "execution-history" };
}
function executeDbtProject(options) {
  return { kind: "execute-dbt-project", ...options };
}
function procedureRunner(procedure) {
  return { kind: "procedure", procedure };
}
function cron(expression, timeZone = "UTC") {
  return { kind: "cron", expression, timeZone };
}
var INTERVAL = /^\s*(\d+)\s*(seconds?|minutes?|hours?)\s*$/i;
function every(interval) {
  const [, amount, unit] = INTERVAL.exec(interval) ?? [];
  if (amount === void 0 || unit === void 0) {
    return { kind: "interval", every: Number.NaN, unit: interval };
  }
  const plural2 = `${unit.toUpperCase().replace(/S$/, "")}S`;
  return { kind: "interval", every: Number(amount), unit: plural2 };
}
function dbt(project, command = {}) {
  return { project, dbt: command };
}

// test/hostile/configs.ts
var layout = {
  runs: {
    ...{ table: "BAKES", runId: "BAKE_ID", startedAt: "STARTED", endedAt: "ENDED", status: "STATE" },
    ...{
      project: "PROJECT",
      environment: "ENV",
      command: "COMMAND",
      selection: "PICKED",
      testsFailed: "BAD"
    }
  },
  nodes: {
    ...{
      table: "LOAVES",
      runId: "BAKE_ID",
      name: "LOAF",
      status: "STATE",
      startedAt: "BEGUN",
      endedAt: "DONE"
    },
    resourceType: "KIND"
  },
  statuses: { succeeded: ["GOOD"], failed: ["BURNT", "FAILED"], running: ["BAKING"] }
};
var jobs = {
  bread: {
    project: "bakery",
    dbt: { select: ["tag:bread", "path:models/rolls"], exclude: ["tag:slow"], vars: { flour: "rye", more: { of: ["it"] } } },
    retry: { maxAgeHours: 30 }
  },
  rolls: { project: "bakery", dbt: { command: "run", target: "prod", flags: ["--no-use-colors"] } }
};
var tasks = {
  BAKE: { job: "bread", schedule: cron("0 4 * * *", "Europe/Berlin"), comment: "Every morning", timeout: "2 hours" },
  HEAL: { job: "bread", mode: "retry-only", schedule: every("2 hours"), errorIntegration: "BELL", warehouse: "OVEN_WH" },
  ROLLS: { job: "rolls", after: ["BAKE"], onlyIfBuilt: true },
  TASTE: { run: dbt("bakery", { command: "test", select: ["tag:sweet"] }), after: ["ROLLS"] }
};
var LOGGED = {
  app: "acme-bakery",
  deployments: {
    bakery: {
      connection: { name: "prod", account: "ACME-BAKERY", role: "BAKER" },
      database: "BAKERY",
      schema: "OVEN",
      defaults: { warehouse: "FLOUR_WH", timeout: "4 hours", errorIntegration: "GONG" },
      state: auditTables({
        ...{ layout, database: "LOGS", schema: "RUNS", where: { environment: "prod" } },
        zones: { startedAt: "UTC", endedAt: "America/Los_Angeles" }
      }),
      runner: procedureRunner("BAKERY.OVEN.START_DBT"),
      jobs,
      tasks,
      grants: { BAKERS: ["call", "read"], GUESTS: ["operate"] },
      notification: { integration: "MAIL", kind: "email", recipients: ["baker@example.com"] },
      names: { procedure: "RESTART_DBT", view: "V_RESTARTS" }
    }
  }
};
var NATIVE = {
  deployments: {
    bakery: {
      ...LOGGED.deployments["bakery"],
      state: executionHistory(),
      runner: executeDbtProject({
        object: "BAKERY.OVEN.BAKERY_DBT",
        dbtVersion: "1.9.4",
        envVars: { DBT_OVEN: "hot" }
      }),
      notification: { integration: "HOOK", kind: "webhook" }
    }
  }
};
var KNOWN = ["o2c", "elementary", "dbt_artifacts"].map((name) => ({
  deployments: {
    bakery: {
      ...LOGGED.deployments["bakery"],
      state: auditTables({ layout: name, where: { environment: "prod" } }),
      notification: { integration: "QUEUE", kind: "queue" }
    }
  }
}));
var CONFIGS = [LOGGED, NATIVE, ...KNOWN];
var HOSTILE = [
  "'; DROP TABLE LOAVES; --",
  "\\'; DROP TABLE LOAVES; --",
  '"; DROP TABLE LOAVES; --',
  '"x$$; DROP TABLE LOAVES; --"',
  '"a""; DROP TABLE LOAVES; --"',
  `"semi;colon -- 'quote' /* open"`,
  '"back\\slash\\"',
  '"SELECT"',
  '"a.b"',
  '"we ird|`code` <script>alert(1)</script>"',
  "$$",
  "$",
  "A$",
  '"$A$"',
  "two\nlines; DROP TABLE LOAVES;",
  "-- comment",
  "/* open",
  "&name",
  "<% name %>",
  '{{ env_var("X") }}',
  "{% if x %}",
  "__FINGERPRINT__",
  "[dbt-auto-restart -/-/bakery 0123456789ab]",
  "]",
  "\\x01]",
  "${process.env}",
  "$&$1$`",
  "%s%n",
  ":v_selector",
  "?",
  "NULL",
  "null",
  "--select other",
  "it's",
  "\\",
  "\\\\",
  "x\\",
  "Br\xF6tchen",
  "\u{1F950}",
  "a\u{1F950}b",
  "\uD83E",
  "\u202Etxet",
  "\u200B",
  "\x1B[31m",
  "\0",
  "",
  " ",
  " padded ",
  "constructor",
  "__proto__",
  "toString",
  "| a | b |",
  "`",
  "```",
  "<script>alert(1)</script>",
  "](javascript:alert(1))",
  "x".repeat(255),
  `"${"y z".repeat(85)}"`,
  "x".repeat(5e3)
];

// src/errors.ts
var AutoRestartError = class extends Error {
  code;
  where;
  hint;
  constructor(code, message, details = {}) {
    super(message, { cause: details.cause });
    this.name = "AutoRestartError";
    this.code = code;
    this.where = details.where;
    this.hint = details.hint;
  }
};

// src/config/characters.ts
var UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
var UNSEEN_BUT_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
function controlCharacter(text2, lines = false) {
  const [found] = (lines ? UNSEEN_BUT_LINES : UNSEEN).exec(text2) ?? [];
  if (found === void 0) return null;
  if (found === "\n" || found === "\r") return "a line break";
  if (found === "	") return "a tab";
  const code = found.charCodeAt(0);
  const kind = code < 32 || code >= 127 && code < 160 ? "the control character" : "the invisible character";
  return `${kind} ${codePoint(code)}`;
}
function halfCharacter(text2) {
  const [found] = /[\ud800-\udfff]/u.exec(text2) ?? [];
  return found === void 0 ? null : `half a character, ${codePoint(found.charCodeAt(0))}`;
}
function wideCharacter(text2) {
  const [found] = /[\u{10000}-\u{10ffff}]/u.exec(text2) ?? [];
  return found === void 0 ? null : `a character that has no escape sequence, ${codePoint(found.codePointAt(0))}`;
}
function codePoint(code) {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
function visible(text2, { lines = false } = {}) {
  return text2.replace(new RegExp(lines ? UNSEEN_BUT_LINES : UNSEEN, "gu"), (found) => {
    if (found === "\n") return "\\n";
    if (found === "	") return "\\t";
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

// src/config/secret-shapes.ts
function words(name) {
  return name.replace(/([a-z\d])([A-Z])/g, "$1_$2").replace(/[^A-Za-z\d]+/g, "_").toUpperCase();
}
var ALWAYS = /SECRET|PASSWORD|PASSWD|PASSPHRASE|(^|_)PWD(_|\d*$)/;
var FOR_TEXTS = /CREDENTIAL|TOKENS?(_|\d*$)|(^|_)(PAT|JWT|BEARER|AUTHORIZATION)(_|\d*$)|(PRIVATE|API|ACCESS|ACCOUNT|SIGNING|ENCRYPTION|SHARED|MASTER)_?KEYS?(_|\d*$)/;
var ABOUT_SECRETS = /_(COLUMNS?|COLS?|FIELDS?|COUNTS?|LIMIT|TABLE|MODEL|FILE|PATH)$/;
function isSecretName(name, value = "text") {
  const wanted = words(name);
  if (ABOUT_SECRETS.test(wanted)) return false;
  return ALWAYS.test(wanted) || value === "text" && FOR_TEXTS.test(wanted);
}
var SHAPES = [
  ["a private key", /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/],
  ["a certificate", /-----BEGIN [A-Z0-9 ]+-----/],
  ["a JSON web token", /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/],
  ["an AWS access key", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{20,})/],
  ["a GitLab token", /\bglpat-[\w-]{16,}/],
  ["a Slack token", /\bxox[abeoprs]-[\w-]{10,}/],
  ["a Slack webhook", /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/],
  ["a Google API key", /\bAIza[\w-]{35}/],
  ["a Stripe key", /\b[prs]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ["a SendGrid key", /\bSG\.[\w-]{16,}\.[\w-]{16,}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{30,}/],
  ["a dbt token", /\bdbt[cu]_[\w-]{20,}/],
  ["an API key", /\bsk-[A-Za-z0-9_-]{20,}/],
  ["a shared access signature", /[?&]sig=[A-Za-z0-9%+/=]{20,}/],
  ["a password in an address", /\b[a-z][a-z\d+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i],
  ["an authorization header", /\b(?:Bearer (?=\S*\d)[\w+/=.~-]{16,}|Basic [A-Za-z0-9+/]{12,}={1,2})/],
  [
    "a password",
    /\b(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*[:=]\s*["']?(?=\S*[\d!@#$%^&*])\S{6,}/i
  ]
];
function secretIn(text2) {
  return SHAPES.find(([, shape]) => shape.test(text2))?.[0] ?? null;
}
function withoutSecrets(text2) {
  return secretIn(text2) === null ? text2 : "(it looks like a secret and is not shown)";
}

// src/config/problems.ts
var ConfigProblems = class extends AutoRestartError {
  problems;
  constructor(problems) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super("REQUEST", `the config has ${count}
${problems.map(problemText).join("\n")}`);
    this.name = "ConfigProblems";
    this.problems = problems;
  }
};
function problemText(problem) {
  const place = problem.where === "" ? "config" : problem.where;
  return `  ${place}: ${problem.message}${problem.hint === void 0 ? "" : `
    ${problem.hint}`}`;
}
function problemSink(found, base = []) {
  const sink = {
    add: (path, message, hint) => {
      found.push({ path: [...base, ...path], message, hint });
    },
    missing: (path, message, hint) => {
      if (!sink.reported(...path.slice(0, -1))) sink.add(path, message, hint);
    },
    reported: (...path) => found.some((problem) => startsWith(problem.path, [...base, ...path])),
    at: (...path) => problemSink(found, [...base, ...path])
  };
  return sink;
}
function startsWith(path, start) {
  return start.every((part, index) => path[index] === part);
}
function asProblems(found, config) {
  return found.map((problem) => ({ problem, place: placeOf(problem.path, config) })).sort((a, b) => comparePlaces(a.place, b.place)).map(({ problem: { path, message, hint } }) => ({
    where: formatPath(path),
    message,
    ...hint === void 0 ? {} : { hint }
  }));
}
function placeOf(path, config) {
  let at = config;
  return path.map((key) => {
    if (typeof at !== "object" || at === null) return 0;
    const position = Object.keys(at).indexOf(String(key));
    at = at[String(key)];
    return position < 0 ? Number.MAX_SAFE_INTEGER : position;
  });
}
function comparePlaces(a, b) {
  const index = a.findIndex((position, at) => position !== b[at]);
  return index < 0 ? a.length - b.length : (a[index] ?? 0) - (b[index] ?? -1);
}
function formatPath(path) {
  return path.map((part, index) => {
    if (typeof part === "number") return `[${part}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(part)) return `[${visible(JSON.stringify(part))}]`;
    return index === 0 ? part : `.${part}`;
  }).join("");
}
function cut(text2, length) {
  return text2.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}
function showValue(value) {
  if (value === void 0) return "nothing";
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  const text2 = visible(withoutSecrets(typeof value === "number" ? String(value) : JSON.stringify(value)));
  return text2.length > 80 ? `${cut(text2, 77)}...` : text2;
}

// src/local/errors.ts
var SnowflakeError = class extends Error {
  /** Six digits, as the driver reports them: `'002003'`. Scripting exceptions are signed: `'-20001'`. */
  code;
  sqlState;
  /** Set by the engine, once. */
  queryId;
  /** @param cause what no client is told: an error of DuckDB's or of the local Snowflake itself */
  constructor(code, sqlState, message, cause) {
    super(message, cause === void 0 ? void 0 : { cause });
    this.name = "SnowflakeError";
    this.code = code;
    this.sqlState = sqlState;
  }
};
var SyntaxFault = class extends SnowflakeError {
  /** @param unexpected the token that does not fit, `<EOF>` at the end */
  constructor(line, position, unexpected) {
    super(
      "001003",
      "42000",
      `SQL compilation error:
syntax error line ${line} at position ${position} unexpected '${unexpected}'.`
    );
    this.line = line;
    this.position = position;
    this.unexpected = unexpected;
  }
  line;
  position;
  unexpected;
};
function syntaxError(line, position, unexpected) {
  return new SyntaxFault(line, position, unexpected);
}

// src/local/sql/lexer.ts
var PATTERNS = [
  ["skip", /(?:\s+|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y],
  ["dollar", /\$\$[\s\S]*?\$\$/y],
  ["string", /'(?:[^'\\]|''|\\[\s\S])*'/y],
  ["quoted", /"(?:[^"]|"")*"/y],
  ["number", /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["word", /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ["symbol", /->>|::|:=|=>|->|<>|!=|<=|>=|\|\||[-+*/%(){}[\].,;:?=<>!|&^~@$]/y]
];
function tokenize(sql) {
  const tokens = [];
  let at = 0;
  while (at < sql.length) {
    const [kind, text2] = match(sql, at);
    if (kind !== "skip")
      tokens.push({ kind, text: text2, value: valueOf(kind, text2), start: at, end: at + text2.length });
    at += text2.length;
  }
  return tokens;
}
function match(sql, at) {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    if (found) return [kind, found[0]];
  }
  const { line, position } = lineAndPosition(sql, at);
  throw syntaxError(line, position, sql.slice(at, at + 1));
}
function valueOf(kind, text2) {
  if (kind === "word") return text2.toUpperCase();
  if (kind === "quoted") return text2.slice(1, -1).replaceAll('""', '"');
  if (kind === "dollar") return text2.slice(2, -2);
  if (kind === "string") return unescapeString(text2.slice(1, -1));
  return text2;
}
var ESCAPES = { n: "\n", t: "	", r: "\r", b: "\b", f: "\f", "0": "\0" };
function unescapeString(inside) {
  const pattern = /''|\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{3})|([\s\S]))/g;
  return inside.replace(pattern, (whole, hex2, unicode, octal, char) => {
    if (whole === "''") return "'";
    if (hex2 ?? unicode) return String.fromCharCode(parseInt(hex2 ?? unicode, 16));
    if (octal) return String.fromCharCode(parseInt(octal, 8));
    return ESCAPES[char] ?? char;
  });
}
function lineAndPosition(sql, at) {
  const before = sql.slice(0, at).split("\n");
  return { line: before.length, position: before[before.length - 1].length };
}

// src/model/names.ts
var UNQUOTED = /^[A-Za-z_][A-Za-z0-9_$]*$/;
var PART = /"(?:[^"]|"")*"|[^."]+/y;
var LONGEST = 255;
var RESERVED_WORDS = new Set(
  "ACCOUNT ALL ALTER AND ANY AS BETWEEN BY CASE CAST CHECK COLUMN CONNECT CONNECTION CONSTRAINT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATABASE DELETE DISTINCT DROP ELSE EXISTS FALSE FOLLOWING FOR FROM FULL GRANT GROUP GSCLUSTER HAVING ILIKE IN INCREMENT INNER INSERT INTERSECT INTO IS ISSUE JOIN LATERAL LEFT LIKE LOCALTIME LOCALTIMESTAMP MINUS NATURAL NOT NULL OF ON OR ORDER ORGANIZATION QUALIFY REGEXP REVOKE RIGHT RLIKE ROW ROWS SAMPLE SCHEMA SELECT SET SOME START TABLE TABLESAMPLE THEN TO TRIGGER TRUE TRY_CAST UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHENEVER WHERE WITH".split(" ")
);
function parseIdentifier(text2) {
  const parts = splitParts(text2);
  if (!parts.ok) return parts;
  const [only, ...more] = parts.value;
  if (only === void 0 || more.length > 0) return { ok: false, reason: "one name is wanted, without dots" };
  return { ok: true, value: only };
}
function parseObjectName(text2, defaults2) {
  const parts = splitParts(text2);
  if (!parts.ok) return parts;
  const [name, schema = defaults2.schema, database = defaults2.database] = [...parts.value].reverse();
  if (name === void 0 || parts.value.length > 3) {
    return { ok: false, reason: "a name has at most three parts: database, schema, name" };
  }
  return { ok: true, value: { database, schema, name } };
}
function splitParts(text2) {
  const parts = [];
  let position = 0;
  for (; ; ) {
    PART.lastIndex = position;
    const raw2 = PART.exec(text2)?.[0];
    if (raw2 === void 0)
      return { ok: false, reason: "a part of the name is empty or a quote is not closed" };
    const part = storedName(raw2);
    if (!part.ok) return part;
    parts.push(part.value);
    position += raw2.length;
    if (position === text2.length) return { ok: true, value: parts };
    if (text2[position] !== ".") return { ok: false, reason: "parts of a name are separated by dots" };
    position += 1;
  }
}
function storedName(raw2) {
  const quoted = raw2.startsWith('"');
  const name = quoted ? raw2.slice(1, -1).replaceAll('""', '"') : raw2.toUpperCase();
  if (name === "") return { ok: false, reason: "a name cannot be empty" };
  if (name.length > LONGEST) return { ok: false, reason: `a name has at most ${LONGEST} characters` };
  if (!isWritable(name) && (quoted || name.includes("$$"))) {
    return { ok: false, reason: "it cannot be written in generated SQL", hint: WRITABLE };
  }
  if (quoted) return { ok: true, value: name };
  if (!UNQUOTED.test(raw2)) {
    return {
      ok: false,
      reason: "an unquoted name has only letters, digits, _ and $, and starts with a letter or _"
    };
  }
  if (RESERVED_WORDS.has(name))
    return { ok: false, reason: `${name} is a reserved word and has to be quoted` };
  return { ok: true, value: name };
}
var CLIENT_MARKS = /&|\$\$|<%|\{[{%#]/;
function isWritable(name) {
  return /^[\x20-\x7e]+$/.test(name) && !CLIENT_MARKS.test(name);
}
var WRITABLE = "use a name of printable ASCII characters without &, $$, <%, {{, {% and {#";
function sameName(a, b) {
  return a.database === b.database && a.schema === b.schema && a.name === b.name;
}

// src/config/schema.ts
var z = __toESM(require("zod/mini"));

// src/config/layout-names.ts
var LAYOUT_NAMES = ["o2c", "elementary", "dbt_artifacts"];

// src/config/schema.ts
var text = z.string();
var texts = z.array(text);
var option = z.optional;
var dbtCommand = z.strictObject({
  command: option(z.enum(["build", "run", "test", "seed", "snapshot"])),
  select: option(texts),
  exclude: option(texts),
  // What JSON cannot hold is found, with its path, before the shape is looked at.
  vars: option(z.record(text, z.unknown())),
  fullRefresh: option(z.boolean()),
  target: option(text),
  threads: option(z.number()),
  flags: option(texts)
});
var retryPolicy = z.strictObject({
  maxAttempts: option(z.number()),
  maxAgeHours: option(z.number()),
  staleRunHours: option(z.number()),
  onRunInProgress: option(z.enum(["wait", "skip", "raise", "run"])),
  waitMinutes: option(z.number()),
  onTestFailure: option(z.enum(["rebuild-parent", "retest"])),
  onStateUnreadable: option(z.enum(["full-build", "raise"])),
  retryCommand: option(z.enum(["run", "build"])),
  recordFailure: option(z.boolean()),
  maxSelectorLength: option(z.number())
});
var job = z.strictObject({ project: text, dbt: option(dbtCommand), retry: option(retryPolicy) });
var unitText = z.custom((value) => typeof value === "string");
var schedule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cron"), expression: text, timeZone: text }),
  // `every('soon')` carries its text in `unit`, to be refused with it: the model checks both.
  z.strictObject({ kind: z.literal("interval"), every: z.union([z.number(), z.nan()]), unit: unitText })
]);
var task = z.strictObject({
  job: option(text),
  project: option(text),
  dbt: option(dbtCommand),
  retry: option(retryPolicy),
  mode: option(z.enum(["auto", "full-build", "retry-only", "plan"])),
  run: option(z.strictObject({ project: text, dbt: dbtCommand })),
  schedule: option(schedule),
  after: option(texts),
  onlyIfBuilt: option(z.boolean()),
  warehouse: option(text),
  timeout: option(text),
  suspendAfterFailures: option(z.number()),
  taskAutoRetryAttempts: option(z.number()),
  errorIntegration: option(text),
  initialState: option(z.enum(["started", "suspended"])),
  comment: option(text)
});
var customLayout = z.strictObject({
  runs: z.strictObject({
    table: text,
    runId: text,
    startedAt: text,
    endedAt: option(text),
    status: option(text),
    project: option(text),
    environment: option(text),
    command: option(text),
    selection: option(text),
    testsFailed: option(text)
  }),
  nodes: z.strictObject({
    table: text,
    runId: text,
    name: text,
    status: text,
    startedAt: option(text),
    endedAt: option(text),
    resourceType: option(text)
  }),
  statuses: option(
    z.strictObject({ succeeded: option(texts), failed: option(texts), running: option(texts) })
  )
});
var state = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("audit-tables"),
    layout: z.union([z.enum(LAYOUT_NAMES), customLayout]),
    database: option(text),
    schema: option(text),
    where: option(z.strictObject({ environment: option(text) })),
    zones: option(z.strictObject({ startedAt: option(text), endedAt: option(text) })),
    selectionWidth: option(z.number())
  }),
  z.strictObject({ kind: z.literal("execution-history") })
]);
var runner = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("execute-dbt-project"),
    object: text,
    dbtVersion: option(text),
    envVars: option(z.record(text, text)),
    writeback: option(z.boolean())
  }),
  z.strictObject({ kind: z.literal("procedure"), procedure: text })
]);
var deployment = z.strictObject({
  connection: option(z.strictObject({ name: option(text), account: option(text), role: option(text) })),
  database: text,
  schema: text,
  defaults: option(
    z.strictObject({
      warehouse: option(text),
      timeout: option(text),
      suspendAfterFailures: option(z.number()),
      errorIntegration: option(text)
    })
  ),
  state,
  runner,
  jobs: option(z.record(text, job)),
  tasks: z.record(text, task),
  grants: option(z.record(text, z.array(z.enum(["call", "read", "operate"])))),
  notSecret: option(texts),
  notification: option(
    z.strictObject({
      integration: text,
      kind: option(z.enum(["webhook", "email", "queue"])),
      recipients: option(texts)
    })
  ),
  names: option(z.strictObject({ procedure: option(text), view: option(text) }))
});
var configSchema = z.strictObject({
  app: option(text),
  environments: option(texts),
  deployments: z.record(text, deployment)
});

// src/config/nearest.ts
var import_fastest_levenshtein = require("fastest-levenshtein");
function nearest(word, candidates) {
  if (candidates.length === 0) return void 0;
  const lower = candidates.map((candidate) => candidate.toLowerCase());
  const best = (0, import_fastest_levenshtein.closest)(word.toLowerCase(), lower);
  const limit = Math.max(2, Math.floor(word.length / 3));
  return (0, import_fastest_levenshtein.distance)(word.toLowerCase(), best) <= limit ? candidates[lower.indexOf(best)] : void 0;
}
function didYouMean(word, candidates) {
  const guess = nearest(word, candidates);
  if (guess !== void 0) return `did you mean ${guess}?`;
  if (candidates.length === 0) return "there are none";
  return `known: ${candidates.slice(0, 12).join(", ")}${candidates.length > 12 ? ", ..." : ""}`;
}

// src/config/plain-data.ts
var DEEPEST = 64;
var MOST_VALUES = 5e5;
function plainData(value) {
  const found = [];
  const order = copy(value, [], { found, ancestors: /* @__PURE__ */ new Set(), count: 0 });
  return { value: found.length === 0 ? order : withoutGaps(order), order, found };
}
function withoutGaps(value) {
  if (Array.isArray(value)) return value.map(withoutGaps);
  if (typeof value !== "object" || value === null) return value;
  const present = Object.entries(value).filter(([, inner]) => inner !== void 0);
  return Object.fromEntries(present.map(([key, inner]) => [key, withoutGaps(inner)]));
}
var NO_JSON = "write texts, numbers, true or false, null, and lists and objects of them";
function copy(value, path, state2) {
  const refuse = (message, hint) => {
    state2.found.push({ path, message, hint });
    return void 0;
  };
  state2.count += 1;
  if (state2.count === MOST_VALUES) return refuse(`the config has more than ${MOST_VALUES} values`);
  if (state2.count > MOST_VALUES) return void 0;
  if (typeof value === "string") return readText(value, path, state2);
  if (typeof value === "function" || typeof value === "bigint" || typeof value === "symbol")
    return refuse(`${showValue(value)} is not a JSON value`, NO_JSON);
  if (typeof value !== "object" || value === null) return value;
  if (state2.ancestors.has(value)) return refuse("it contains itself", "a config is a tree of plain values");
  if (path.length > DEEPEST) return refuse(`it is nested more than ${DEEPEST} levels deep`);
  state2.ancestors.add(value);
  try {
    if (Array.isArray(value)) return copyList(value, path, state2);
    if (isPlainObject(value)) return copyObject(value, path, state2);
    return refuse(`${nameOfKind(value)} is not a JSON value`, hintFor(value));
  } catch (error) {
    return refuse(`it cannot be read: ${messageOf(error)}`, NO_JSON);
  } finally {
    state2.ancestors.delete(value);
  }
}
function copyList(list, path, state2) {
  const keys = Reflect.ownKeys(list).filter((key) => key !== "length" && !isIndex(key));
  for (const key of keys) {
    const message = `a list has no key ${String(key)}`;
    state2.found.push({ path: [...path, String(key)], message, hint: "write an object instead" });
  }
  return Array.from({ length: list.length }, (_, index) => {
    const place = [...path, index];
    const inner = read(list, String(index), place, state2);
    if (inner === void 0 && state2.count < MOST_VALUES && !isReported(place, state2))
      state2.found.push({ path: place, message: "an entry of the list is undefined", hint: "leave it out" });
    return inner;
  });
}
function copyObject(object2, path, state2) {
  const plain = /* @__PURE__ */ Object.create(null);
  for (const key of Reflect.ownKeys(object2)) {
    if (!Object.prototype.propertyIsEnumerable.call(object2, key)) continue;
    const place = [...path, String(key)];
    if (typeof key === "symbol" || key === "__proto__") {
      const message = `${String(key)} cannot be a key`;
      state2.found.push({ path: place, message, hint: "use a plain name" });
      continue;
    }
    if (!readKey(key, place, state2)) continue;
    const before = state2.found.length;
    const inner = read(object2, key, place, state2);
    if (inner !== void 0 || state2.found.length > before) plain[key] = inner;
  }
  return { ...plain };
}
function read(from, key, path, state2) {
  let value;
  try {
    value = from[key];
  } catch (error) {
    state2.found.push({ path, message: `it cannot be read: ${messageOf(error)}`, hint: NO_JSON });
    return void 0;
  }
  return value === void 0 ? void 0 : copy(value, path, state2);
}
function isReported(path, { found }) {
  return found.some((problem) => path.every((part, index) => problem.path[index] === part));
}
function isPlainObject(value) {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}
function nameOfKind(value) {
  const { constructor } = value;
  const name = typeof constructor?.name === "string" ? constructor.name : "";
  if (name === "" || name === "Object") return "an object that inherits from another";
  return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${showName(name)}`;
}
function showName(name) {
  return /^\w{1,60}$/.test(name) ? name : "instance of a class";
}
function hintFor(value) {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag === "Date") return "write its text: date.toISOString()";
  if (tag === "Map") return "write Object.fromEntries(map)";
  if (tag === "Set") return "write [...set]";
  if (tag === "Promise") return "await it: export default await ...";
  return NO_JSON;
}
function isIndex(key) {
  return typeof key === "string" && /^\d+$/.test(key);
}
function messageOf(error) {
  try {
    return showValue(error instanceof Error ? error.message : String(error));
  } catch {
    return "it throws";
  }
}
function readText(text2, path, state2) {
  const problem = halfCharacter(text2) ?? (mayHoldAny(path) ? null : controlCharacter(text2, mayBreakLines(path)));
  if (problem === null) return text2;
  const hint = "it would mean something else than it looks like: leave it out";
  state2.found.push({ path, message: `${showValue(text2)} holds ${problem}`, hint });
  return void 0;
}
function readKey(key, path, state2) {
  const problem = halfCharacter(key) ?? (mayHoldAny(path) ? null : controlCharacter(key, false));
  if (problem === null) return true;
  state2.found.push({ path, message: `the key ${showValue(key)} holds ${problem}`, hint: "leave it out" });
  return false;
}
function mayHoldAny(path) {
  return path.some((key, at) => key === "vars" && path[at - 1] === "dbt" && at < path.length - 1);
}
function mayBreakLines(path) {
  const [parent, last] = [path.at(-2), path.at(-1)];
  return last === "comment" || (parent === "select" || parent === "exclude") && typeof last === "number";
}

// src/config/check.ts
function checkShape(config) {
  const { value, order, found } = plainData(config);
  let rest = value;
  for (; ; ) {
    const result = configSchema.safeParse(rest);
    if (result.success) return { config: result.data, order, found };
    const issues = result.error.issues.flatMap((issue) => deepest(issue, rest));
    const earlier = [...found];
    for (const issue of issues) {
      const isOurs = issue.code !== "unrecognized_keys" && earlier.some(({ path }) => isWithin(path, issue.path));
      if (!isOurs) found.push(...problemsOf(issue, rest));
    }
    const shrunk = issues.reduce((left, issue) => without(left, issue), rest);
    if (!isConfigLike(shrunk)) return { config: { deployments: {} }, order, found };
    rest = shrunk;
  }
}
function isConfigLike(value) {
  return typeof value === "object" && value !== null && typeof value.deployments === "object";
}
function isWithin(path, start) {
  return start.every((part, index) => path[index] === part);
}
function deepest(issue, value) {
  const branches = issue.code === "invalid_union" ? issue["errors"] : [];
  if (branches.length === 0) return [issue];
  const actual = valueAt(value, issue.path);
  const isObject = typeof actual === "object" && actual !== null;
  const wanted = branches.find(
    (branch) => !branch.some((inner) => inner.path.length === 0 && rejectsType(inner, isObject))
  );
  return (wanted ?? branches[0] ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}
function rejectsType(issue, isObject) {
  return isObject ? issue.code !== "unrecognized_keys" : issue["expected"] === "object";
}
function problemsOf(issue, value) {
  const path = issue.path;
  const actual = valueAt(value, path);
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(path, value);
    return issue["keys"].map((key) => ({
      path: [...path, key],
      message: `there is no option ${showValue(key)}`,
      hint: didYouMean(key, known)
    }));
  }
  const hint = HINTS.get(String(path.at(-1)));
  if (actual === void 0) return [{ path, message: "it is missing", hint }];
  if (issue.code === "invalid_value" || issue["discriminator"] !== void 0) {
    const words3 = (issue["values"] ?? issue["options"]).map(String);
    return [
      {
        path,
        message: `${showValue(actual)} is not one of ${words3.join(", ")}`,
        hint: didYouMean(typeof actual === "string" ? actual : "", words3)
      }
    ];
  }
  const expected = TYPES[String(issue["expected"])] ?? "of that kind";
  return [{ path, message: `${showValue(actual)} is not ${expected}`, hint }];
}
var TYPES = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  nan: "a number"
};
var HINTS = /* @__PURE__ */ new Map([
  ["app", "a name for this repository: 'acme-finance'"],
  ["environments", "['dev', 'prod']"],
  ["deployments", "defineConfig({ deployments: { <name>: { ... } } })"],
  ["database", "the database that holds procedure, view and tasks"],
  ["schema", "the schema that holds procedure, view and tasks"],
  ["state", "auditTables({ layout: 'o2c' }) or executionHistory()"],
  ["runner", "executeDbtProject({ object: '...' }) or procedureRunner('...')"],
  ["tasks", "tasks: { <NAME>: { job, schedule } }"],
  ["project", "the name in dbt_project.yml"],
  ["layout", "o2c, elementary, dbt_artifacts, or your own tables and columns"],
  ["schedule", "cron('0 6 * * *', 'UTC') or every('15 minutes')"],
  ["run", "dbt('<project>', { command: 'test' })"],
  ["timeout", "'4 hours', '90 minutes' or '30 seconds'"],
  ["kind", "build it with the function of that name: cron, every, auditTables, executionHistory, ..."]
]);
function valueAt(value, path) {
  return path.reduce(
    (at, key) => typeof at === "object" && at !== null && Object.hasOwn(at, key) ? at[key] : void 0,
    value
  );
}
function without(value, issue) {
  if (issue.code === "unrecognized_keys") {
    return issue["keys"].reduce((left, key) => remove(left, [...issue.path, key]), value);
  }
  if (issue.path.length === 3 && Object.hasOwn(STAND_INS, String(issue.path[2]))) {
    return replace(value, issue.path, STAND_INS[String(issue.path[2])]);
  }
  const present = valueAt(value, issue.path) !== void 0;
  return remove(value, present ? issue.path : issue.path.slice(0, -1));
}
var STAND_INS = {
  database: "STAND_IN",
  schema: "STAND_IN",
  state: { kind: "audit-tables", layout: "o2c" },
  runner: { kind: "procedure", procedure: "SYSTEM$STAND_IN" },
  tasks: {}
};
function replace(value, path, by) {
  const [key, ...rest] = path;
  if (key === void 0) return by;
  const inside = value;
  return { ...inside, [key]: replace(inside[key], rest, by) };
}
function remove(value, path) {
  const [key, ...rest] = path;
  if (key === void 0 || typeof value !== "object" || value === null) return void 0;
  if (Array.isArray(value)) {
    return rest.length === 0 ? [] : value.map((inner, index) => index === key ? remove(inner, rest) : inner);
  }
  const copy2 = { ...value };
  const left = rest.length === 0 ? void 0 : remove(copy2[key], rest);
  if (left === void 0) delete copy2[key];
  else copy2[key] = left;
  return copy2;
}
function keysAt(path, value) {
  let schema = configSchema;
  path.forEach((key, index) => {
    schema = step(schema, key, valueAt(value, path.slice(0, index)));
  });
  return Object.keys(definition(unwrap(schema, valueAt(value, path)))?.shape ?? {});
}
function definition(schema) {
  return schema?._zod?.def;
}
function unwrap(schema, value) {
  const def = definition(schema);
  if (def?.type === "optional") return unwrap(def.innerType, value);
  if (def?.type !== "union") return schema;
  const kind = value?.kind;
  return def.options?.find((candidate) => {
    const shape = definition(candidate)?.shape;
    if (shape === void 0) return false;
    const literal3 = definition(shape["kind"]);
    return literal3 === void 0 || literal3.values?.[0] === kind;
  });
}
function step(schema, key, value) {
  const def = definition(unwrap(schema, value));
  return def?.shape?.[key] ?? def?.valueType ?? def?.element;
}

// src/config/environments.ts
var FOLDER_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/;
function environmentProblems(value) {
  if (!Array.isArray(value)) return [];
  if (value.length === 0) {
    return [
      {
        where: "environments",
        message: "it names no environment",
        hint: "leave it out, or name at least one"
      }
    ];
  }
  return value.flatMap((name, at) => {
    const where = formatPath(["environments", at]);
    if (typeof name !== "string") return [];
    if (!FOLDER_NAME.test(name)) {
      const hint = "it is a folder: use letters, digits, _ and -";
      return [{ where, message: `${showValue(name)} is not a valid name of an environment`, hint }];
    }
    const first = value.findIndex(
      (other) => typeof other === "string" && other.toLowerCase() === name.toLowerCase()
    );
    if (first === at) return [];
    return [{ where, message: `${showValue(name)} stands there twice`, hint: "their folders would be one" }];
  });
}

// src/model/collisions.ts
function checkCollisions(deployments, problems) {
  for (const { deployment: deployment2, other, objects } of findCollisions(deployments)) {
    problems.add(
      ["deployments", deployment2.name],
      collisionText(other.name, deployment2, objects),
      COLLISION_HINT
    );
  }
}
var COLLISION_HINT = "give it a schema of its own, or other names: names: { procedure, view }, and other tasks";
function collisionText(other, { database, schema }, objects) {
  const [first = ""] = objects;
  const more = objects.length > 1 ? ` and ${objects.length - 1} more` : "";
  return `${other} has ${first}${more} in ${database}.${schema} too: each would overwrite the other's`;
}
function findCollisions(deployments) {
  return deployments.flatMap((deployment2, at) => {
    for (const other of deployments.slice(0, at)) {
      if (!mayShareSchema(deployment2, other)) continue;
      const taken = new Set(objectsOf(other));
      const objects = objectsOf(deployment2).filter((object2) => taken.has(object2));
      if (objects.length > 0) return [{ deployment: deployment2, other, objects }];
    }
    return [];
  });
}
function mayShareSchema(a, b) {
  if (a.database !== b.database || a.schema !== b.schema) return false;
  const [left, right] = [a.connection, b.connection];
  if (left.account !== null && right.account !== null) {
    return left.account.toUpperCase() === right.account.toUpperCase();
  }
  return left.name === null || right.name === null || left.name === right.name;
}
function objectsOf({ procedure, view, graphs }) {
  const tasks2 = graphs.flatMap(({ root, children }) => [root, ...children]);
  return [
    `procedure ${procedure.name}`,
    `view ${view.name}`,
    ...tasks2.map(({ name }) => `task ${name.name}`)
  ];
}

// src/model/freeze.ts
function deepFreeze(value) {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

// src/model/read-names.ts
var HINT = `quote it as Snowflake would want it: '"my name"'`;
function readIdentifier(text2, problems, path, what = "name") {
  return read2(parseIdentifier(text2), text2, problems, path, what) ?? text2.toUpperCase();
}
function readObjectName(text2, home, problems, path) {
  return read2(parseObjectName(text2, home), text2, problems, path, "name") ?? { ...home, name: text2.toUpperCase() };
}
function read2(parsed, text2, problems, path, what) {
  if (parsed.ok) return parsed.value;
  problems.add(path, `${showValue(text2)} is not a valid ${what}: ${parsed.reason}`, parsed.hint ?? HINT);
  return null;
}

// src/model/grants.ts
var ORDER = ["call", "read", "operate"];
function resolveConnection(config, problems) {
  const { name = null, account = null, role = null } = config.connection ?? {};
  if (account !== null && !/^[A-Za-z0-9_]+([.-][A-Za-z0-9_-]+)*$/.test(account)) {
    problems.add(
      ["connection", "account"],
      `${showValue(account)} is not an account`,
      "write it as ORGANISATION-ACCOUNT"
    );
  }
  return {
    name,
    account,
    role: role === null ? null : readIdentifier(role, problems, ["connection", "role"], "name of a role")
  };
}
function resolveGrants(config, problems) {
  const seen = /* @__PURE__ */ new Map();
  return Object.entries(config.grants ?? {}).map(([key, kinds]) => {
    const role = readIdentifier(key, problems, ["grants", key], "name of a role");
    const other = seen.get(role);
    if (other !== void 0) {
      problems.add(
        ["grants", key],
        `the role ${role} stands here twice`,
        `grants.${other} is the same name to Snowflake`
      );
    }
    seen.set(role, key);
    if (kinds.length === 0) {
      problems.missing(
        ["grants", key],
        "it grants nothing",
        `leave the role out, or use ${ORDER.join(", ")}`
      );
    }
    return { role, kinds: ORDER.filter((kind) => kinds.includes(kind)) };
  });
}
function resolveNotification(config, problems) {
  if (config === void 0) return null;
  const kind = config.kind ?? "webhook";
  const recipients = config.recipients ?? [];
  if (kind === "email" && recipients.length === 0) {
    problems.missing(["recipients"], "a message by email needs recipients", "verified users of the account");
  }
  if (kind !== "email" && recipients.length > 0) {
    problems.add(["recipients"], `a ${kind} has no recipients`, "leave them out, or use kind: 'email'");
  }
  recipients.forEach((recipient, index) => {
    if (!/^[^\s,'"@]+@[^\s,'"@]+$/.test(recipient)) {
      problems.add(
        ["recipients", index],
        `${showValue(recipient)} is not an email address`,
        "one address per entry"
      );
    }
  });
  return {
    integration: readIdentifier(config.integration, problems, ["integration"], "name of an integration"),
    kind,
    recipients
  };
}

// src/model/bounds.ts
var HOURS = { whole: false, least: 1 / 60, most: 8760, range: "1 minute to 8760 hours" };
var BOUNDS = {
  maxAttempts: {
    ...{ whole: true, least: 1, most: 1e3, range: "1 to 1000 retries" },
    hint: "for a job that must never be retried, give its tasks mode 'full-build'"
  },
  maxSelectorLength: {
    ...{ whole: true, least: 1, most: 1e6, range: "1 to 1000000 characters" },
    hint: "it is the longest --select value of a retry, in characters"
  },
  maxAgeHours: { ...HOURS, hint: "it is the age, in hours, from which a failure is not retried any more" },
  staleRunHours: {
    ...HOURS,
    hint: "it is the time, in hours, after which a run without an end is taken for crashed"
  },
  waitMinutes: {
    ...{ whole: false, least: 1 / 60, most: 10080, range: "1 second to 10080 minutes" },
    hint: "to go on without waiting, use onRunInProgress: 'skip' or 'run'"
  },
  threads: {
    whole: true,
    least: 1,
    most: 1e3,
    range: "1 to 1000 threads",
    hint: "use a whole number above 0"
  },
  // https://docs.snowflake.com/en/sql-reference/data-types-text
  selectionWidth: {
    ...{ whole: true, least: 1, most: 134217728, range: "1 to 134217728 characters" },
    hint: "use a whole number above 0"
  },
  suspendAfterFailures: {
    ...{ whole: true, least: 0, most: 1e6, range: "0 to 1000000 failures" },
    hint: "a whole number; 0 means never"
  }
};
function checkNumber(value, key, problems, wrong) {
  if (value === void 0) return;
  const { whole, least, most, range, hint } = BOUNDS[key];
  const isOfKind = whole ? Number.isInteger(value) : Number.isFinite(value);
  if (!isOfKind || value < 0 || value === 0 && least > 0) {
    const kind = wrong ?? `a ${whole ? "whole number" : "number"} above 0`;
    problems.add([key], `${value} is not ${kind}`, hint);
  } else if (value < least || value > most) {
    problems.add([key], `${value} is outside ${range}`, hint);
  }
}

// src/model/selection.ts
function selectTerms(entries) {
  return entries.flatMap((entry) => entry.split(/\s+/)).filter((term) => term !== "");
}
function normaliseSelection(selection) {
  const units = (selection ?? "").split(/[\s,]+/).filter((unit) => unit !== "");
  if (units.length === 1 && units[0] === "all") return "";
  return units.sort(byCodeUnit).join(",");
}
function byCodeUnit(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
var SAFE_NODE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
function isRetryUnit(term) {
  return term.endsWith("+") && SAFE_NODE_NAME.test(term.slice(0, -1));
}

// src/model/command.ts
var WORD = /^[!#%()*+,\-./0-9:<=>?@A-Z[\]^_a-z{|}~]+$/;
var OPTIONS_WITH_A_KEY = {
  "--select": "select",
  "-s": "select",
  "--models": "select",
  "--model": "select",
  "-m": "select",
  "--exclude": "exclude",
  "--vars": "vars",
  "--full-refresh": "fullRefresh",
  "-f": "fullRefresh",
  "--target": "target",
  "-t": "target",
  "--threads": "threads"
};
function readSelect(dbt2, problems) {
  return readTerms(dbt2.select ?? [], "select", problems);
}
function readTerms(entries, key, problems) {
  entries.forEach((entry, index) => {
    const terms = selectTerms([entry]);
    if (terms.length === 0) problems.add([key, index], "a selection term is empty", "leave it out");
    for (const term of terms) checkTerm(term, problems.at(key, index));
  });
  return selectTerms(entries);
}
function checkTerm(term, problems) {
  if (/['"]/.test(term)) {
    problems.add(
      [],
      `${showValue(term)} holds a quote`,
      "selection terms are written without quotes, one per entry"
    );
  } else if (term.startsWith("-")) {
    problems.add([], `${showValue(term)} is a flag, not a selection term`, "flags go to dbt.flags");
  } else if (!WORD.test(term)) {
    problems.add(
      [],
      `${showValue(term)} holds a character that a command line cannot`,
      "use printable ASCII without $ ; & and backslash"
    );
  }
}
function readFlags(dbt2, problems) {
  const exclude = readTerms(dbt2.exclude ?? [], "exclude", problems);
  const words3 = [];
  if (exclude.length > 0) words3.push("--exclude", ...exclude);
  checkVars(dbt2.vars, problems.at("vars"));
  if (dbt2.vars !== void 0 && Object.keys(dbt2.vars).length > 0)
    words3.push("--vars", `'${varsText(dbt2.vars)}'`);
  if (dbt2.fullRefresh === true) words3.push("--full-refresh");
  if (dbt2.target !== void 0) words3.push("--target", readWord(dbt2.target, "target", problems));
  checkNumber(dbt2.threads, "threads", problems, "a number of threads");
  if (dbt2.threads !== void 0) words3.push("--threads", String(dbt2.threads));
  (dbt2.flags ?? []).forEach((flag, index) => checkFlag(flag, problems.at("flags", index)));
  return [...words3, ...dbt2.flags ?? []].join(" ");
}
function readWord(text2, key, problems) {
  if (!WORD.test(text2) || text2.startsWith("-")) {
    problems.add(
      [key],
      `${showValue(text2)} is not one plain word`,
      "use printable ASCII without spaces and quotes"
    );
  }
  return text2;
}
function checkFlag(flag, problems) {
  const [name = ""] = flag.split("=");
  if (name === "--selector") {
    const hint = "a YAML selector is not in the log in a form that tells jobs apart: write its terms in dbt.select";
    problems.add([], `${showValue(flag)}: --selector cannot be restarted`, hint);
  } else if (Object.hasOwn(OPTIONS_WITH_A_KEY, name)) {
    problems.add(
      [],
      `${showValue(flag)} has an option of its own`,
      `write it as dbt.${OPTIONS_WITH_A_KEY[name]}`
    );
  } else if (!WORD.test(flag)) {
    const hint = "each flag is one word, or --flag=value, without spaces and quotes";
    problems.add([], `${showValue(flag)} is not one plain word`, hint);
  }
}
function varsText(value) {
  if (Array.isArray(value)) return `[${value.map(varsText).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${stringText(key)}: ${varsText(inner)}`);
    return entries.length === 0 ? "{ }" : `{ ${entries.join(", ")} }`;
  }
  return typeof value === "string" ? stringText(value) : numberText(JSON.stringify(value ?? null));
}
function numberText(json) {
  return json.replace(/^(-?\d+)e/, "$1.0e");
}
function checkVars(value, problems) {
  if (typeof value === "number") {
    const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (!isExact) problems.add([], `${value} cannot be written exactly`, "write it as a text");
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value))
      checkVars(inner, problems.at(Array.isArray(value) ? Number(key) : key));
  }
}
function stringText(text2) {
  return JSON.stringify(text2).replace(/['&$<>{}\u007f-\u{10ffff}]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code > 65535 ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
}
function hex(code, width) {
  return code.toString(16).padStart(width, "0");
}
function commandLine(command, select, flags) {
  const selected = select.length === 0 ? [] : ["--select", ...select];
  return [command, ...selected, ...flags === "" ? [] : [flags]].join(" ");
}

// src/model/duration.ts
var UNITS = { second: 1e3, minute: 6e4, hour: 36e5, day: 864e5 };
var DURATION = /^\s*(\d+(?:\.\d+)?)\s*(second|minute|hour|day)s?\s*$/i;
function parseDuration(text2) {
  const [, amount, unit] = DURATION.exec(text2) ?? [];
  if (amount === void 0 || unit === void 0) return null;
  return Math.round(Number(amount) * UNITS[unit.toLowerCase()]);
}
var SNOWFLAKE_TASK_TIMEOUT_MS = UNITS.hour;
var LONGEST_TASK_TIMEOUT_MS = 7 * UNITS.day;
var HOUR_MS = UNITS.hour;

// src/model/policy.ts
var DEFAULT_STALE_HOURS = 6;
var DEFAULT_SELECTOR_LENGTH = 32e3;
var HISTORY_HOURS = 7 * 24;
var NUMBERS = ["maxAttempts", "maxSelectorLength", "maxAgeHours", "staleRunHours", "waitMinutes"];
function checkPolicy(config, state2, problems) {
  for (const key of NUMBERS) checkNumber(config[key], key, problems);
  if (state2.kind !== "execution-history") return;
  if ((config.maxAgeHours ?? 0) > HISTORY_HOURS) {
    const hint = "Snowflake's execution history reaches back seven days: use at most 168, or audit tables";
    problems.add(["maxAgeHours"], `${config.maxAgeHours} hours are more than the history holds`, hint);
  }
  if (config.recordFailure === true) {
    const hint = "Snowflake records every outcome itself: leave recordFailure out";
    problems.add(["recordFailure"], "the execution history cannot be written to", hint);
  }
}
function resolvePolicy(config, command, timeouts, state2) {
  const log = state2.kind === "audit-tables" ? state2 : null;
  const wanted = config.maxSelectorLength ?? DEFAULT_SELECTOR_LENGTH;
  return {
    maxAttempts: config.maxAttempts ?? 3,
    maxAgeHours: config.maxAgeHours ?? 24,
    staleRunHours: config.staleRunHours ?? staleHours(timeouts),
    onRunInProgress: config.onRunInProgress ?? null,
    waitMinutes: config.waitMinutes ?? 30,
    onTestFailure: config.onTestFailure ?? "rebuild-parent",
    onStateUnreadable: config.onStateUnreadable ?? "full-build",
    retryCommand: config.retryCommand ?? command,
    recordFailure: (config.recordFailure ?? true) && log !== null && log.recordable,
    maxSelectorLength: Math.min(wanted, log?.selectionWidth ?? wanted)
  };
}
function staleHours(timeouts) {
  return timeouts.length === 0 ? DEFAULT_STALE_HOURS : Math.max(...timeouts) / HOUR_MS;
}

// src/model/jobs.ts
var JOB_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
var PROJECT_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.$-]{0,254}$/;
function jobSources(config, problems) {
  const named = Object.entries(config.jobs ?? {}).map(([name, job2]) => ({
    name,
    path: ["jobs", name],
    config: job2
  }));
  const shorthand = Object.entries(config.tasks).filter(([, task2]) => task2.project !== void 0 && task2.job === void 0 && task2.run === void 0).map(([key, { project = "", dbt: dbt2, retry }]) => {
    const name = readIdentifier(key, ignoring(problems), []);
    return {
      name,
      path: ["tasks", key],
      config: { project, ...dbt2 === void 0 ? {} : { dbt: dbt2 }, ...retry === void 0 ? {} : { retry } }
    };
  });
  const sources = [...named, ...shorthand];
  checkNames(sources, problems);
  return sources;
}
function ignoring(problems) {
  return { ...problems, add: () => void 0 };
}
function checkNames(sources, problems) {
  const seen = /* @__PURE__ */ new Map();
  for (const source of sources) {
    if (!JOB_NAME.test(source.name)) {
      const hint = source.path[0] === "jobs" ? "use ASCII letters, digits, _, . and -" : "describe the job below jobs, under a name of ASCII letters, digits, _, . and -";
      problems.add(source.path, `${showValue(source.name)} is not a valid name of a job`, hint);
    }
    const other = seen.get(source.name.toUpperCase());
    if (other !== void 0) {
      const hint = `${other.path.join(".")} is a job of that name too; names are compared without case`;
      problems.add(source.path, `two jobs are called ${source.name}`, hint);
    }
    seen.set(source.name.toUpperCase(), source);
  }
}
function checkProject(project, problems) {
  if (!PROJECT_NAME.test(project)) {
    const hint = "the name in dbt_project.yml, as the log has it: letters, digits and _";
    problems.add(["project"], `${showValue(project)} is not a valid name of a dbt project`, hint);
  }
}
function resolveJob({ name, path, config }, timeouts, state2, deployment2) {
  const problems = deployment2.at(...path);
  const dbt2 = config.dbt ?? {};
  const command = dbt2.command ?? "build";
  checkProject(config.project, problems);
  const select = readSelect(dbt2, problems.at("dbt"));
  const flags = readFlags(dbt2, problems.at("dbt"));
  checkSelection(select, problems.at("dbt"));
  checkPolicy(config.retry ?? {}, state2, problems.at("retry"));
  return {
    name,
    project: config.project,
    command,
    select,
    selection: normaliseSelection(select.join(" ")),
    flags,
    policy: resolvePolicy(config.retry ?? {}, command, timeouts, state2)
  };
}
function checkSelection(select, problems) {
  if (select.length === 0) return;
  if (normaliseSelection(select.join(" ")) === "") {
    const hint = "the log writes `all` for no selection: leave select out, or write fqn:all for a model of that name";
    problems.add(["select"], `${showValue(select)} cannot be told from no selection`, hint);
  } else if (select.some(isRetryUnit)) {
    const better = select.map((term) => isRetryUnit(term) ? `fqn:${term}` : term).join(" ");
    const hint = `write ${better}: it selects the same`;
    problems.add(["select"], `${showValue(select.join(" "))} looks like a retry of this tool`, hint);
  }
}
function checkDistinct(jobs2, sources, state2, problems) {
  const log = state2.kind === "audit-tables" ? state2.runs : null;
  if (log !== null && log.selection === null) return;
  const commandIsLogged = log === null || log.command !== null;
  const seen = /* @__PURE__ */ new Map();
  jobs2.forEach((job2, index) => {
    const source = sources[index];
    const key = JSON.stringify([job2.project, job2.selection, commandIsLogged ? job2.command : ""]);
    const other = seen.get(key);
    if (other === void 0 || source === void 0) {
      seen.set(key, job2);
      return;
    }
    const same = commandIsLogged ? "selection and command" : "selection, and the log has no command column";
    problems.add(
      source.path,
      `the jobs ${other.name} and ${job2.name} of ${job2.project} have the same ${same}`,
      "their runs cannot be told apart: make them one job, which two tasks may run in different modes"
    );
  });
}

// src/model/runner.ts
var SYSTEM_PROCEDURE = /^SYSTEM\$[A-Z0-9_]+$/i;
var ENV_VAR_NAME = /^DBT_[A-Z0-9_]+$/;
function resolveRunner(config, home, problems) {
  if (config.kind === "procedure") {
    return { kind: "procedure", procedure: readProcedure(config.procedure, home, problems) };
  }
  if (config.dbtVersion !== void 0 && !/^[0-9A-Za-z.+-]+$/.test(config.dbtVersion)) {
    problems.add(
      ["dbtVersion"],
      `${showValue(config.dbtVersion)} is not a dbt version`,
      "write it as '1.9.4'"
    );
  }
  return {
    kind: "execute-dbt-project",
    object: readObjectName(config.object, home, problems, ["object"]),
    dbtVersion: config.dbtVersion ?? null,
    envVars: envVars(config, problems),
    writeback: config.writeback ?? null
  };
}
function readProcedure(text2, home, problems) {
  if (SYSTEM_PROCEDURE.test(text2)) return { system: text2.toUpperCase() };
  if (!parseObjectName(text2, home).ok && text2.includes("(")) {
    problems.add(
      ["procedure"],
      `${showValue(text2)} holds arguments`,
      "give only the name: project and command are passed"
    );
    return { ...home, name: text2 };
  }
  return readObjectName(text2, home, problems, ["procedure"]);
}
function envVars(config, problems) {
  return Object.entries(config.envVars ?? {}).map(([name, value]) => {
    if (!ENV_VAR_NAME.test(name)) {
      const hint = "Snowflake takes upper-case names that start with DBT_";
      problems.add(
        ["envVars", name],
        `${showValue(name)} is not a valid name of an environment variable`,
        hint
      );
    } else if (wideCharacter(value) !== null) {
      problems.add(
        ["envVars", name],
        `the value holds ${wideCharacter(value)}`,
        "leave emoji and the like out"
      );
    }
    return { name, value };
  });
}

// src/model/secrets.ts
function checkSecrets(config, problems) {
  const suspects = [...byName(config), ...byShape(config, [])];
  const innocent = config.notSecret ?? [];
  const isInnocent = ({ name, path }) => innocent.includes(name) || innocent.includes(formatPath(path));
  const reported = /* @__PURE__ */ new Set();
  for (const suspect of suspects.filter((each) => !isInnocent(each))) {
    const place = formatPath(suspect.path);
    if (reported.has(place)) continue;
    reported.add(place);
    problems.add(
      suspect.path,
      `${suspect.what} looks like a secret, and the values stand in the generated SQL`,
      `give dbt the secret in Snowflake, not in this config; if it is none: notSecret: [${showValue(suspect.name)}]`
    );
  }
  innocent.forEach((entry, index) => {
    if (suspects.some(({ name, path }) => entry === name || entry === formatPath(path))) return;
    problems.add(
      ["notSecret", index],
      `${showValue(entry)} names nothing that looks like a secret`,
      "leave it out"
    );
  });
}
function byName(config) {
  const commands = [
    ...Object.entries(config.jobs ?? {}).map(([key, { dbt: dbt2 }]) => ({ path: ["jobs", key, "dbt"], dbt: dbt2 })),
    ...Object.entries(config.tasks).flatMap(([key, task2]) => [
      { path: ["tasks", key, "dbt"], dbt: task2.dbt },
      { path: ["tasks", key, "run", "dbt"], dbt: task2.run?.dbt }
    ])
  ];
  const variables = config.runner.kind === "execute-dbt-project" ? config.runner.envVars : void 0;
  return [
    ...commands.flatMap(({ path, dbt: dbt2 }) => [
      ...inVars(dbt2?.vars ?? {}, [...path, "vars"], null),
      ...(dbt2?.flags ?? []).flatMap((flag, index) => inFlag(flag, [...path, "flags", index]))
    ]),
    ...Object.keys(variables ?? {}).filter((name) => isSecretName(name) || /(^|_)KEY(_|$)/.test(name)).map((name) => ({ path: ["runner", "envVars", name], what: showValue(name), name }))
  ];
}
function inVars(value, path, secret) {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const place = [...path, Array.isArray(value) ? Number(key) : key];
      const own = !Array.isArray(value) && isSecretName(key, typeof inner === "number" ? "number" : "text");
      return inVars(inner, place, own ? key : secret);
    });
  }
  const isValue = typeof value === "string" && value !== "" || typeof value === "number";
  return secret !== null && isValue ? [{ path, what: showValue(secret), name: secret }] : [];
}
function inFlag(flag, path) {
  const [name = ""] = flag.split("=");
  return name.startsWith("-") && isSecretName(name) ? [{ path, what: showValue(name), name }] : [];
}
function byShape(value, path) {
  if (typeof value === "string") return shapeAt(value, path);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    return Array.isArray(value) ? byShape(inner, place) : [...shapeAt(key, path), ...byShape(inner, place)];
  });
}
function shapeAt(text2, path) {
  const what = secretIn(text2);
  return what === null ? [] : [{ path, what: `what it holds, ${what},`, name: formatPath(path) }];
}

// src/model/layouts.ts
var o2c = {
  runs: {
    table: "DBT_RUN_LOG",
    runId: "RUN_ID",
    startedAt: "RUN_STARTED_AT",
    endedAt: "RUN_ENDED_AT",
    status: "RUN_STATUS",
    project: "PROJECT_NAME",
    environment: "ENVIRONMENT",
    command: "RUN_COMMAND",
    selection: "SELECTOR_USED",
    testsFailed: "TESTS_FAILED"
  },
  nodes: {
    tables: [{ table: "DBT_MODEL_LOG", resourceType: null }],
    runId: "RUN_ID",
    name: "MODEL_NAME",
    status: "STATUS",
    startedAt: "STARTED_AT",
    endedAt: "ENDED_AT"
  },
  selectionIsJson: false,
  selectionWidth: 500
};
var elementary = {
  runs: {
    table: "DBT_INVOCATIONS",
    runId: "INVOCATION_ID",
    startedAt: "RUN_STARTED_AT",
    endedAt: "RUN_COMPLETED_AT",
    project: "PROJECT_NAME",
    environment: "TARGET_NAME",
    command: "COMMAND",
    selection: "SELECTED"
  },
  nodes: {
    tables: [{ table: "DBT_RUN_RESULTS", resourceType: null }],
    runId: "INVOCATION_ID",
    // Not UNIQUE_ID: the last part of a test's unique id is a hash.
    name: "NAME",
    status: "STATUS",
    startedAt: "EXECUTE_STARTED_AT",
    endedAt: "EXECUTE_COMPLETED_AT",
    resourceType: "RESOURCE_TYPE"
  },
  selectionIsJson: false,
  selectionWidth: null
};
var dbtArtifacts = {
  runs: {
    table: "INVOCATIONS",
    runId: "COMMAND_INVOCATION_ID",
    startedAt: "RUN_STARTED_AT",
    project: "PROJECT_NAME",
    environment: "TARGET_NAME",
    command: "DBT_COMMAND",
    selection: "INVOCATION_ARGS"
  },
  nodes: {
    tables: [
      { table: "MODEL_EXECUTIONS", resourceType: "model" },
      { table: "SEED_EXECUTIONS", resourceType: "seed" },
      { table: "SNAPSHOT_EXECUTIONS", resourceType: "snapshot" },
      { table: "TEST_EXECUTIONS", resourceType: "test" }
    ],
    runId: "COMMAND_INVOCATION_ID",
    name: "NODE_ID",
    status: "STATUS",
    startedAt: "COMPILE_STARTED_AT",
    endedAt: "QUERY_COMPLETED_AT"
  },
  selectionIsJson: true,
  selectionWidth: null
};
var LAYOUTS = { o2c, elementary, dbt_artifacts: dbtArtifacts };
var STATUS_WORDS = {
  succeeded: ["SUCCESS", "SUCCEEDED", "PASS", "WARN", "NO-OP", "REUSED"],
  failed: ["FAILED", "FAIL", "ERROR", "RUNTIME ERROR", "PARTIAL SUCCESS", "PARTIAL"],
  running: ["RUNNING"]
};
function asLayout(custom2) {
  const { table, ...columns } = custom2.nodes;
  return {
    runs: custom2.runs,
    nodes: { ...columns, tables: [{ table, resourceType: null }] },
    selectionIsJson: false,
    selectionWidth: null
  };
}

// src/model/time-zone.ts
var DAY = 864e5;
var THREE_LETTERS = /^(EST|MST|HST|CET|MET|EET|WET|GMT|UTC|UCT|ROC|ROK|PRC)$/i;
var zones = /* @__PURE__ */ new Map();
function isTimeZone(name) {
  if (!/^[A-Za-z]/.test(name) || name.length === 3 && !THREE_LETTERS.test(name)) return false;
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}
function offsetAt(name, moment) {
  return stretchAt(name, moment).offset;
}
function stretchAt(name, moment) {
  const zone2 = zoneOf(name);
  const { latest } = zone2;
  if (latest && latest.from <= moment && moment < latest.until) return latest;
  zone2.latest = { from: moment, until: nextChange(zone2, moment), offset: readOffset(zone2, moment) };
  return zone2.latest;
}
function nextChange(zone2, moment) {
  const year = new Date(moment).getUTCFullYear();
  for (const candidate of [year, year + 1]) {
    const change = changesIn(zone2, candidate).find((at) => at > moment);
    if (change !== void 0) return change;
  }
  return moment + 365 * DAY;
}
function changesIn(zone2, year) {
  const known = zone2.changes.get(year);
  if (known) return known;
  const found = [];
  let before = readOffset(zone2, Date.UTC(year, 0, 1));
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += DAY) {
    const after = readOffset(zone2, day + DAY);
    if (before !== after) found.push(changeBetween(zone2, day, day + DAY));
    before = after;
  }
  zone2.changes.set(year, found);
  return found;
}
function changeBetween(zone2, from, to) {
  const before = readOffset(zone2, from);
  let [low, high] = [from, to];
  while (high - low > 1e3) {
    const middle = low + Math.floor((high - low) / 2e3) * 1e3;
    if (readOffset(zone2, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
function readOffset({ wallClock }, moment) {
  const parts = {};
  for (const { type, value } of wallClock.formatToParts(moment)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1e3) * 1e3;
}
function zoneOf(name) {
  const known = zones.get(name);
  if (known) return known;
  const wallClock = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric"
  });
  const zone2 = { wallClock, changes: /* @__PURE__ */ new Map() };
  zones.set(name, zone2);
  return zone2;
}

// src/model/state.ts
function resolveState(config, home, problems) {
  if (config.kind === "execution-history") return { kind: "execution-history" };
  return resolveAuditTables(config, home, problems);
}
function resolveAuditTables(config, home, problems) {
  const layout2 = typeof config.layout === "string" ? LAYOUTS[config.layout] : asLayout(config.layout);
  const logs = {
    database: config.database === void 0 ? home.database : readIdentifier(config.database, problems, ["database"]),
    schema: config.schema === void 0 ? home.schema : readIdentifier(config.schema, problems, ["schema"])
  };
  const column = (part, key, name) => readIdentifier(name, problems, ["layout", part, key]);
  const optional2 = (part, key, name) => name === void 0 ? null : column(part, key, name);
  const table = (part, name) => readObjectName(name, logs, problems, ["layout", part, "table"]);
  const { runs, nodes } = layout2;
  checkNumber(config.selectionWidth, "selectionWidth", problems, "a number of characters");
  const environment = config.where?.environment ?? null;
  if (environment !== null && runs.environment === void 0) {
    problems.add(
      ["where", "environment"],
      `the layout has no environment column to compare with ${showValue(environment)}`,
      "name the column in layout.runs.environment, or leave where.environment out"
    );
  }
  return {
    kind: "audit-tables",
    layout: typeof config.layout === "string" ? config.layout : "custom",
    environment,
    zones: {
      startedAt: zone(config.zones?.startedAt, problems, ["zones", "startedAt"]),
      endedAt: zone(config.zones?.endedAt, problems, ["zones", "endedAt"])
    },
    selectionWidth: config.selectionWidth ?? layout2.selectionWidth,
    runs: {
      table: table("runs", runs.table),
      runId: column("runs", "runId", runs.runId),
      startedAt: column("runs", "startedAt", runs.startedAt),
      endedAt: optional2("runs", "endedAt", runs.endedAt),
      status: optional2("runs", "status", runs.status),
      project: optional2("runs", "project", runs.project),
      environment: optional2("runs", "environment", runs.environment),
      command: optional2("runs", "command", runs.command),
      selection: optional2("runs", "selection", runs.selection),
      selectionIsJson: layout2.selectionIsJson,
      testsFailed: optional2("runs", "testsFailed", runs.testsFailed)
    },
    nodes: {
      tables: nodes.tables.map((entry) => ({ ...entry, table: table("nodes", entry.table) })),
      runId: column("nodes", "runId", nodes.runId),
      name: column("nodes", "name", nodes.name),
      status: column("nodes", "status", nodes.status),
      startedAt: optional2("nodes", "startedAt", nodes.startedAt),
      endedAt: optional2("nodes", "endedAt", nodes.endedAt),
      resourceType: optional2("nodes", "resourceType", nodes.resourceType)
    },
    ...vocabulary(typeof config.layout === "string" ? void 0 : config.layout.statuses, problems),
    recordable: runs.status !== void 0
  };
}
function zone(name, problems, path) {
  if (name !== void 0 && !isTimeZone(name)) {
    problems.add(
      path,
      `${showValue(name)} is not a time zone`,
      "use an IANA name such as America/Los_Angeles"
    );
  }
  return name ?? "UTC";
}
function vocabulary(own, problems) {
  const words3 = (kind) => (own?.[kind] ?? STATUS_WORDS[kind]).map((word) => word.trim().toUpperCase());
  const statuses = { succeeded: words3("succeeded"), failed: words3("failed"), running: words3("running") };
  const seen = /* @__PURE__ */ new Map();
  for (const [kind, list] of Object.entries(statuses)) {
    for (const word of list) {
      const other = seen.get(word);
      if (other !== void 0 && other !== kind) {
        problems.add(
          ["layout", "statuses", kind],
          `${showValue(word)} is also a word for ${other}`,
          "a word means one thing"
        );
      }
      seen.set(word, kind);
    }
  }
  const failedStatus = own?.failed?.find((word) => word.toUpperCase() === "FAILED") ?? own?.failed?.[0] ?? "FAILED";
  return { statuses, failedStatus };
}

// src/model/task-graph.ts
var MOST_TASKS = 1e3;
var MOST_LINKS = 100;
function taskGraphs(sources, problems) {
  const byName2 = new Map(sources.map((source) => [source.name, source]));
  const cyclic = reportCycles(sources, byName2, problems);
  const rootsOf = rootFinder(byName2, cyclic);
  const ordered = inOrder(sources.filter(({ name }) => !cyclic.has(name)));
  checkLinks(sources, problems);
  const graphs = [];
  for (const root of sources.filter(({ config }) => (config.after ?? []).length === 0)) {
    const children = ordered.filter(({ name, after }) => after.length > 0 && rootsOf(name)[0] === root.name);
    if (children.length >= MOST_TASKS) {
      problems.add(
        ["tasks", root.key],
        `its graph has ${children.length + 1} tasks`,
        `Snowflake allows ${MOST_TASKS}`
      );
    }
    graphs.push({ root: root.name, children: children.map(({ name }) => name) });
  }
  for (const { key, name, after } of sources) {
    const roots = cyclic.has(name) ? [] : rootsOf(name);
    if (after.length > 1 && roots.length > 1) {
      problems.add(
        ["tasks", key, "after"],
        `it belongs to the graphs of ${roots.join(" and ")}`,
        "a task has one root"
      );
    }
  }
  return graphs;
}
function reportCycles(sources, byName2, problems) {
  const state2 = /* @__PURE__ */ new Map();
  const visit = (source, trail) => {
    const known = state2.get(source.name);
    if (known === "done" || known === "cyclic") return known === "cyclic";
    if (known === "open") {
      const cycle = [...trail.slice(trail.indexOf(source.name)), source.name].reverse();
      problems.add(
        ["tasks", source.key, "after"],
        `the tasks form a cycle: ${cycle.join(" -> ")}`,
        "one of them has to start by a schedule"
      );
      return true;
    }
    state2.set(source.name, "open");
    const results = source.after.map((name) => {
      const before = byName2.get(name);
      return before !== void 0 && visit(before, [...trail, source.name]);
    });
    const cyclic = results.includes(true);
    state2.set(source.name, cyclic ? "cyclic" : "done");
    return cyclic;
  };
  return new Set(sources.filter((source) => visit(source, [])).map(({ name }) => name));
}
function rootFinder(byName2, cyclic) {
  const known = /* @__PURE__ */ new Map();
  const find = (name) => {
    const cached = known.get(name);
    if (cached !== void 0) return cached;
    const after = cyclic.has(name) ? [] : byName2.get(name)?.after ?? [];
    const roots = after.length === 0 ? [name] : [...new Set(after.flatMap(find))];
    known.set(name, roots);
    return roots;
  };
  return find;
}
function inOrder(sources) {
  const placed = /* @__PURE__ */ new Set();
  const byName2 = new Map(sources.map((source) => [source.name, source]));
  const ordered = [];
  const place = (source) => {
    if (placed.has(source.name)) return;
    placed.add(source.name);
    for (const name of source.after) {
      const before = byName2.get(name);
      if (before !== void 0) place(before);
    }
    ordered.push(source);
  };
  sources.forEach(place);
  return ordered;
}
function checkLinks(sources, problems) {
  const followers = /* @__PURE__ */ new Map();
  for (const { key, after } of sources) {
    for (const name of after) followers.set(name, (followers.get(name) ?? 0) + 1);
    if (after.length > MOST_LINKS) {
      problems.add(["tasks", key, "after"], `${after.length} predecessors`, `Snowflake allows ${MOST_LINKS}`);
    }
  }
  for (const { key, name } of sources) {
    const count = followers.get(name) ?? 0;
    if (count > MOST_LINKS)
      problems.add(["tasks", key], `${count} tasks follow it`, `Snowflake allows ${MOST_LINKS}`);
  }
}
function assembleGraphs(graphs, tasks2) {
  const byName2 = new Map(tasks2.map((task3) => [task3.name.name, task3]));
  const task2 = (name) => {
    const found = byName2.get(name);
    return found === void 0 ? [] : [found];
  };
  return graphs.flatMap(
    ({ root, children }) => task2(root).map((found) => ({ root: found, children: children.flatMap(task2) }))
  );
}

// src/model/task-defaults.ts
var SNOWFLAKE_SUSPENDS_AFTER = 10;
function readDefaults(config, deployment2) {
  const problems = deployment2.at("defaults");
  const { warehouse, errorIntegration, timeout, suspendAfterFailures } = config.defaults ?? {};
  checkNumber(suspendAfterFailures, "suspendAfterFailures", problems, "a number of failures");
  return {
    warehouse: readWarehouse(warehouse, problems),
    errorIntegration: readIntegration(errorIntegration, problems),
    timeoutMs: readTimeout(timeout, problems),
    suspendAfterFailures: suspendAfterFailures ?? SNOWFLAKE_SUSPENDS_AFTER
  };
}
function readWarehouse(text2, problems) {
  return text2 === void 0 ? null : readIdentifier(text2, problems, ["warehouse"], "name of a warehouse");
}
function readIntegration(text2, problems) {
  if (text2 === void 0) return null;
  return readIdentifier(text2, problems, ["errorIntegration"], "name of an integration");
}
function readTimeout(text2, problems) {
  if (text2 === void 0) return null;
  const milliseconds = parseDuration(text2);
  if (milliseconds === null) {
    problems.add(
      ["timeout"],
      `${showValue(text2)} is not a duration`,
      "write it as '4 hours', '90 minutes' or '30 seconds'"
    );
  } else if (milliseconds < 1e3 || milliseconds > LONGEST_TASK_TIMEOUT_MS) {
    problems.add(
      ["timeout"],
      `${showValue(text2)} is outside Snowflake's limits`,
      "from 1 second to 7 days (168 hours)"
    );
  }
  return milliseconds;
}

// src/model/cron.ts
var MINUTE = 6e4;
var HOUR = 60 * MINUTE;
var DAY2 = 24 * HOUR;
var HORIZON_DAYS = 9 * 366;
var MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
var DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
function parseCron(expression) {
  const fields = expression.trim().toUpperCase().split(/\s+/);
  if (fields.length !== 5) return void 0;
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields;
  const minutes = numbers(minute, 0, 59);
  const hours = numbers(hour, 0, 23);
  const months = numbers(month, 1, 12, MONTHS);
  const onDate = dateMatcher(dayOfMonth);
  const onWeekday = weekdayMatcher(dayOfWeek);
  if (!minutes || !hours || !months || !onDate || !onWeekday) return void 0;
  const onDay = (day) => {
    if (!months.includes(day.getUTCMonth() + 1)) return false;
    if (dayOfMonth === "*") return onWeekday(day);
    return dayOfWeek === "*" ? onDate(day) : onDate(day) || onWeekday(day);
  };
  return { minutes, hours, onDay };
}
function nextWallTime({ minutes, hours, onDay }, after) {
  const first = (Math.floor(after / MINUTE) + 1) * MINUTE;
  const today = Math.floor(first / DAY2) * DAY2;
  for (let day = today; day < today + HORIZON_DAYS * DAY2; day += DAY2) {
    if (!onDay(new Date(day))) continue;
    for (const hour of hours) {
      if (day + (hour + 1) * HOUR <= first) continue;
      const minute = minutes.find((each) => day + hour * HOUR + each * MINUTE >= first);
      if (minute !== void 0) return day + hour * HOUR + minute * MINUTE;
    }
  }
  return void 0;
}
function nextCronTime(cron2, zone2, after) {
  for (let from = after, moment = after; ; ) {
    const { offset, until } = stretchAt(zone2, moment);
    const shown = nextWallTime(cron2, from + offset);
    if (shown === void 0) return void 0;
    if (shown - offset < until) return shown - offset;
    moment = until;
    from = until - 1;
  }
}
function dateMatcher(field) {
  const [plain, last] = withoutLast(field, (part) => part === "L");
  const dates = plain.length > 0 ? numbers(plain.join(","), 1, 31) : [];
  if (!dates) return void 0;
  return (day) => dates.includes(day.getUTCDate()) || last.length > 0 && isLast(day, 1);
}
function weekdayMatcher(field) {
  const lastOfWeek = field.split(",").map((part) => part === "L" ? "SAT" : part).join(",");
  const [plain, last] = withoutLast(lastOfWeek, (part) => /^(?:\d|[A-Z]{3})L$/.test(part));
  const days = plain.length > 0 ? numbers(plain.join(","), 0, 6, DAYS) : [];
  const lastDays = last.map((part) => numbers(part.slice(0, -1), 0, 6, DAYS));
  if (!days || lastDays.includes(void 0)) return void 0;
  return (day) => days.includes(day.getUTCDay()) || isLast(day, 7) && lastDays.some((each) => each?.includes(day.getUTCDay()));
}
function withoutLast(field, isLastPart) {
  const parts = field.split(",");
  return [parts.filter((part) => !isLastPart(part)), parts.filter(isLastPart)];
}
function isLast(day, days) {
  return new Date(day.getTime() + days * DAY2).getUTCMonth() !== day.getUTCMonth();
}
function numbers(field, least, most, names2 = []) {
  const values = /* @__PURE__ */ new Set();
  const numberOf = (text2) => names2.includes(text2) ? names2.indexOf(text2) + least : /^\d{1,2}$/.test(text2) ? Number(text2) : NaN;
  for (const part of field.split(",")) {
    const found = /^(?:\*|(\w+?)(?:-(\w+))?)(?:\/(\d{1,3}))?$/.exec(part);
    if (!found) return void 0;
    const [, start, end, step2] = found;
    const from = start === void 0 ? least : numberOf(start);
    const to = end !== void 0 ? numberOf(end) : start === void 0 || step2 !== void 0 ? most : from;
    const by = Number(step2 ?? 1);
    if (!(from >= least && from <= to && to <= most && by >= 1 && by <= most)) return void 0;
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

// src/model/schedule.ts
var SECONDS = { SECONDS: 1, MINUTES: 60, HOURS: 3600 };
var SHORTEST_SECONDS = 10;
var LONGEST_SECONDS = 8 * 24 * 3600;
var CRON_FIELDS = [
  { name: "minute", pattern: /^[\d*,/-]+$/ },
  { name: "hour", pattern: /^[\d*,/-]+$/ },
  { name: "day of month", pattern: /^(?:L|[\d*,/-]+)$/i },
  { name: "month", pattern: /^(?:[\d*,/-]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+$/i },
  { name: "day of week", pattern: /^(?:[0-6*,/-]|SUN|MON|TUE|WED|THU|FRI|SAT|L)+$/i }
];
var SOME_MONDAY = Date.UTC(2024, 0, 1);
function checkSchedule(schedule2, problems) {
  if (schedule2.kind === "cron") checkCron(schedule2, problems);
  else checkInterval(schedule2, problems);
}
function checkCron({ expression, timeZone }, problems) {
  const zoneIsKnown = isTimeZone(timeZone);
  if (!zoneIsKnown) {
    problems.add(
      ["timeZone"],
      `${showValue(timeZone)} is not a time zone`,
      "use an IANA name such as Europe/Berlin"
    );
  }
  const problem = cronProblem(expression);
  if (problem !== null)
    problems.add(["expression"], `${showValue(expression)} ${problem.what}`, problem.hint);
}
function cronProblem(expression) {
  if (!/^[\x20-\x7e]*$/.test(expression)) {
    return { what: "holds a character that no cron has", hint: "separate the five fields by blanks" };
  }
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== CRON_FIELDS.length) {
    return {
      what: `has ${fields.length === 1 ? "1 field" : `${fields.length} fields`} instead of five`,
      hint: "minute, hour, day of month, month, day of week; Snowflake has no seconds and no names such as @daily"
    };
  }
  const strange = CRON_FIELDS.findIndex(({ pattern }, index) => !pattern.test(fields[index] ?? ""));
  if (strange >= 0) {
    return {
      what: `has a ${CRON_FIELDS[strange]?.name} that Snowflake does not know: ${fields[strange]}`,
      hint: "Snowflake knows numbers, names, * , - / and L (last)"
    };
  }
  const cron2 = parseCron(expression);
  if (!cron2) {
    return {
      what: "is not a cron expression",
      hint: "minute 0-59, hour 0-23, day of month 1-31, month 1-12, day of week 0-6 (0 is Sunday)"
    };
  }
  return nextWallTime(cron2, SOME_MONDAY) === void 0 ? { what: "never fires", hint: "no such day comes; choose another day or month" } : null;
}
function checkInterval(schedule2, problems) {
  if (!Object.hasOwn(SECONDS, schedule2.unit) || !Number.isInteger(schedule2.every)) {
    const text2 = Number.isNaN(schedule2.every) ? schedule2.unit : `${schedule2.every} ${schedule2.unit}`;
    problems.add(
      [],
      `${showValue(text2)} is not an interval`,
      "write it as '15 minutes': seconds, minutes or hours"
    );
    return;
  }
  const seconds2 = intervalSeconds(schedule2);
  if (seconds2 < SHORTEST_SECONDS || seconds2 > LONGEST_SECONDS) {
    const text2 = `${schedule2.every} ${schedule2.unit.toLowerCase()}`;
    problems.add(
      ["every"],
      `${showValue(text2)} is outside Snowflake's limits`,
      "from 10 seconds to 8 days (192 hours)"
    );
  }
}
function intervalSeconds({ every: every2, unit }) {
  return every2 * SECONDS[unit];
}

// src/model/tasks.ts
var MODES = {
  auto: "AUTO",
  "full-build": "FULL_BUILD",
  "retry-only": "RETRY_ONLY",
  plan: "PLAN"
};
var SHORTHAND = ["project", "dbt", "retry"];
function taskSources(config, defaults2, jobs2, problems) {
  const named = Object.entries(config.tasks).map(([key, task2]) => ({
    key,
    task: task2,
    name: readIdentifier(key, problems, ["tasks", key], "name of a task")
  }));
  const byName2 = /* @__PURE__ */ new Map();
  for (const { key, name } of named) {
    const other = byName2.get(name);
    if (other === void 0) byName2.set(name, key);
    else
      problems.add(
        ["tasks", key],
        `two tasks are called ${name}`,
        `tasks.${other} is the same name to Snowflake`
      );
  }
  const known = named.map(({ name }) => name);
  return named.map(({ key, task: task2, name }) => {
    const own = problems.at("tasks", key);
    return {
      key,
      name,
      config: task2,
      after: predecessors(name, task2, known, own, problems),
      job: jobOf(key, task2, jobs2, own, problems),
      timeoutMs: readTimeout(task2.timeout, own) ?? defaults2.timeoutMs
    };
  });
}
function predecessors(name, task2, known, own, deployment2) {
  const after = [];
  (task2.after ?? []).forEach((text2, index) => {
    const other = readIdentifier(text2, own, ["after", index], "name of a task");
    if (own.reported("after", index)) return;
    if (other === name) {
      own.add(["after", index], `${name} follows itself`, "leave it out");
    } else if (after.includes(other)) {
      own.add(["after", index], `${other} is named twice`, "name each predecessor once");
    } else if (known.includes(other)) {
      after.push(other);
    } else if (!deployment2.reported("tasks", text2)) {
      own.add(["after", index], `there is no task ${showValue(text2)}`, didYouMean(text2, known));
    }
  });
  return after;
}
function jobOf(key, task2, jobs2, own, deployment2) {
  const given = ["job", "project", "run"].filter((option2) => task2[option2] !== void 0);
  if (given.length > 1) {
    own.add(
      [],
      `it has ${given.join(" and ")}`,
      "a task runs a job, or its own project, or a plain run: keep one"
    );
    return null;
  }
  const stray = SHORTHAND.filter((option2) => option2 !== "project" && task2[option2] !== void 0);
  if (given[0] !== "project" && stray.length > 0) {
    const hint = given[0] === "job" ? "they belong to the job, below jobs" : "they go with project";
    own.add([stray[0] ?? ""], `${stray.join(" and ")} without project`, hint);
  }
  if (given.length === 0) {
    own.missing(
      ["job"],
      "it does nothing",
      "give it a job, a project or a plain run: dbt(project, { command })"
    );
    return null;
  }
  if (task2.run !== void 0) {
    if (task2.mode !== void 0)
      own.add(["mode"], "a plain run has no mode", "give the task a job, or leave mode out");
    return null;
  }
  if (task2.job === void 0) return jobs2.find(({ path }) => path[0] === "tasks" && path[1] === key) ?? null;
  const found = jobs2.find(({ name, path }) => path[0] === "jobs" && name === task2.job);
  if (found === void 0 && !deployment2.reported("jobs", task2.job)) {
    const names2 = jobs2.filter(({ path }) => path[0] === "jobs").map(({ name }) => name);
    own.add(["job"], `there is no job ${showValue(task2.job)}`, didYouMean(task2.job, names2));
  }
  return found ?? null;
}
function resolveTask(source, config, defaults2, home, restarting, problems) {
  const { config: task2, key } = source;
  const own = problems.at("tasks", key);
  const isRoot = (task2.after ?? []).length === 0;
  checkPlace(task2, isRoot, own);
  checkNumber(task2.suspendAfterFailures, "suspendAfterFailures", own, "a number of failures");
  const warehouse = readWarehouse(task2.warehouse, own) ?? defaults2.warehouse;
  if (warehouse === null && config.runner.kind === "execute-dbt-project" && !problems.reported("defaults")) {
    const hint = "a serverless task cannot run dbt: give the task, or defaults, a warehouse";
    own.missing(["warehouse"], "EXECUTE DBT PROJECT needs a warehouse", hint);
  }
  const name = (text2) => ({ ...home, name: text2 });
  const errorIntegration = readIntegration(task2.errorIntegration, own) ?? defaults2.errorIntegration;
  return {
    name: name(source.name),
    action: actionOf(source, own),
    warehouse,
    schedule: isRoot ? task2.schedule ?? null : null,
    after: source.after.map(name),
    onlyIfBuilt: gates(source, restarting, own).map(name),
    timeoutMs: source.timeoutMs ?? SNOWFLAKE_TASK_TIMEOUT_MS,
    suspendAfterFailures: isRoot ? task2.suspendAfterFailures ?? defaults2.suspendAfterFailures : null,
    taskAutoRetryAttempts: isRoot ? autoRetries(task2, own) : null,
    errorIntegration: isRoot ? errorIntegration : null,
    initialState: task2.initialState ?? "started",
    comment: readComment(task2.comment ?? "", own.at("comment"))
  };
}
function readComment(comment2, problems) {
  const wide = wideCharacter(comment2);
  if (wide !== null) problems.add([], `${showValue(comment2)} holds ${wide}`, "leave emoji and the like out");
  return comment2;
}
var ROOT_ONLY = ["suspendAfterFailures", "taskAutoRetryAttempts", "errorIntegration"];
function checkPlace(task2, isRoot, own) {
  if (isRoot) {
    if (task2.schedule === void 0) {
      own.missing(
        ["schedule"],
        "it has neither schedule nor after",
        "give a root a schedule, a child its predecessors"
      );
    } else {
      checkSchedule(task2.schedule, own.at("schedule"));
    }
    return;
  }
  if (task2.schedule !== void 0) {
    own.add(
      ["schedule"],
      "it has both schedule and after",
      "only the root of a graph has a schedule: keep one of them"
    );
  }
  for (const option2 of ROOT_ONLY) {
    if (task2[option2] !== void 0) {
      own.add(
        [option2],
        `a task with after has no ${option2}`,
        "it is a property of the graph: set it on the root"
      );
    }
  }
}
function actionOf({ config: task2, job: job2 }, own) {
  if (task2.run !== void 0) {
    checkProject(task2.run.project, own.at("run"));
    const { dbt: dbt2 } = task2.run;
    const at = own.at("run", "dbt");
    const command = commandLine(dbt2.command ?? "build", readSelect(dbt2, at), readFlags(dbt2, at));
    return { kind: "dbt", project: task2.run.project, command };
  }
  return {
    kind: "call",
    job: job2?.name ?? "",
    project: job2?.config.project ?? "",
    mode: MODES[task2.mode ?? "auto"]
  };
}
function gates({ config: task2, after }, restarting, own) {
  if (task2.onlyIfBuilt !== true) return [];
  const gated = after.filter((name) => restarting.has(name));
  if (gated.length === 0 && !own.reported("after")) {
    const hint = "only predecessors that run a job say whether something was built";
    own.add(["onlyIfBuilt"], "no predecessor of this task runs a job", hint);
  }
  return gated;
}
function autoRetries(task2, own) {
  const value = task2.taskAutoRetryAttempts ?? 0;
  if (!(Number.isInteger(value) && value >= 0 && value <= 30)) {
    own.add(["taskAutoRetryAttempts"], `${value} is outside Snowflake's limits`, "from 0 to 30");
  }
  return value;
}

// src/model/warnings/context.ts
function warning(code, path, message, hint) {
  return { code, where: formatPath(path), message, hint };
}
function jobsWithPaths({
  deployment: deployment2,
  sources
}) {
  return deployment2.jobs.flatMap((job2, index) => {
    const source = sources[index];
    return source === void 0 ? [] : [{ job: job2, path: source.path }];
  });
}
function retryingTasks(context) {
  const { deployment: deployment2 } = context;
  const keys = keysOf(context);
  const jobs2 = new Map(deployment2.jobs.map((job2) => [job2.name, job2]));
  return deployment2.graphs.flatMap(
    ({ root, children }) => [root, ...children].flatMap((task2) => {
      const { action } = task2;
      if (root.schedule === null || action.kind !== "call") return [];
      if (action.mode !== "AUTO" && action.mode !== "RETRY_ONLY") return [];
      const job2 = jobs2.get(action.job);
      const key = keys.get(task2.name.name) ?? task2.name.name;
      return job2 === void 0 ? [] : [{ key, task: task2, schedule: root.schedule, job: job2, mode: action.mode }];
    })
  );
}
function keysOf({ tasks: tasks2 }) {
  return new Map(tasks2.map(({ name, key }) => [name, key]));
}

// src/model/warnings/account.ts
var undocumentedRunner = ({ deployment: { runner: runner2 } }) => {
  if (runner2.kind !== "procedure" || !("system" in runner2.procedure)) return [];
  return [
    warning(
      "UNDOCUMENTED_RUNNER",
      ["runner"],
      `${runner2.procedure.system} is in no Snowflake documentation`,
      "check that your account has it: SELECT or CALL it once by hand; executeDbtProject({ object: '...' }) is what Snowflake documents"
    )
  ];
};
var PRIVILEGED_ROLES = [
  "ACCOUNTADMIN",
  "SECURITYADMIN",
  "SYSADMIN",
  "ORGADMIN",
  "USERADMIN",
  "GLOBALORGADMIN"
];
var privilegedRole = ({ deployment: { connection, grants }, config }) => {
  const owner = connection.role !== null && PRIVILEGED_ROLES.includes(connection.role) ? [connection.role] : [];
  const keys = Object.keys(config.grants ?? {});
  return [
    ...owner.map(
      (role) => warning(
        "PRIVILEGED_ROLE",
        ["connection", "role"],
        `${role} would own the procedure, and the tasks would run with all its rights`,
        "use a role of its own with just what dbt needs"
      )
    ),
    ...grants.flatMap(
      ({ role }, index) => PRIVILEGED_ROLES.includes(role) ? [
        warning(
          "PRIVILEGED_ROLE",
          ["grants", keys[index] ?? role],
          `${role} is an administrator's role`,
          "grant to the roles that people and pipelines work with; administrators inherit from them"
        )
      ] : []
    )
  ];
};
var projectInOtherSchema = ({ deployment: { runner: runner2, database, schema } }) => {
  if (runner2.kind !== "execute-dbt-project") return [];
  const { object: object2 } = runner2;
  if (sameName(object2, { database, schema, name: object2.name })) return [];
  return [
    warning(
      "PROJECT_IN_OTHER_SCHEMA",
      ["runner", "object"],
      `the dbt project object is in ${object2.database}.${object2.schema}, the tasks are in ${database}.${schema}`,
      "Snowflake asks for a task in the same database and schema as the dbt project it runs"
    )
  ];
};

// src/model/occurrences.ts
var MINUTE_MS = 6e4;
var DAY_MS = 24 * 60 * MINUTE_MS;
var WEEKS = [Date.UTC(2024, 0, 1), Date.UTC(2024, 6, 1)];
function startMinutes(schedule2) {
  const starts = /* @__PURE__ */ new Set();
  const cron2 = parseCron(schedule2.expression);
  if (!cron2) return starts;
  const { minutes, hours, onDay } = cron2;
  for (const week of WEEKS) {
    for (let day = week - DAY_MS; day <= week + 7 * DAY_MS; day += DAY_MS) {
      if (!onDay(new Date(day))) continue;
      const offset = offsetAt(schedule2.timeZone, day + DAY_MS / 2);
      for (const h of hours) {
        for (const m of minutes) {
          const start = day + (h * 60 + m) * MINUTE_MS - offset;
          if (start >= week && start < week + 7 * DAY_MS) starts.add(start / MINUTE_MS);
        }
      }
    }
  }
  return starts;
}
function shortestGapMinutes(schedule2) {
  if (schedule2.kind === "interval") return intervalSeconds(schedule2) / 60;
  const starts = [...startMinutes(schedule2)].sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  const within = gaps.filter((gap) => gap < 7 * 24 * 60);
  return within.length > 0 ? Math.min(...within) : rareGapMinutes(schedule2);
}
function rareGapMinutes({ expression, timeZone }) {
  const cron2 = parseCron(expression);
  const first = cron2 && nextCronTime(cron2, timeZone, WEEKS[0]);
  const second = cron2 && first !== void 0 && nextCronTime(cron2, timeZone, first);
  return first === void 0 || !second ? null : (second - first) / MINUTE_MS;
}
function sharedStart(a, b, startsOf = startMinutes) {
  const everyMinute = [a, b].find((schedule2) => schedule2.kind === "interval");
  if (everyMinute?.kind === "interval") {
    return intervalSeconds(everyMinute) <= 60 ? new Date(WEEKS[0]) : null;
  }
  if (a.kind !== "cron" || b.kind !== "cron") return null;
  const [fewer, more] = [startsOf(a), startsOf(b)].sort((one2, other) => one2.size - other.size);
  let first = Infinity;
  for (const minute of fewer ?? []) if (minute < first && more?.has(minute) === true) first = minute;
  return first === Infinity ? null : new Date(first * MINUTE_MS);
}

// src/model/warnings/collisions.ts
var schedulesCollide = (context) => {
  const keys = keysOf(context);
  const startsOf = remembered(startMinutes);
  const byProject = /* @__PURE__ */ new Map();
  return context.deployment.graphs.flatMap(({ root }) => {
    if (root.schedule === null) return [];
    const groups = byProject.get(root.action.project) ?? /* @__PURE__ */ new Map();
    byProject.set(root.action.project, groups);
    const met = meetings(root.schedule, groups, startsOf);
    remember(root.schedule, root.name.name, groups);
    const [first] = met;
    if (first === void 0) return [];
    const others = met.reduce((sum, { group }) => sum + group.count, -1);
    const more = others === 0 ? "" : ` and ${others} more`;
    return [
      warning(
        "SCHEDULES_COLLIDE",
        ["tasks", keys.get(root.name.name) ?? root.name.name, "schedule"],
        `it starts in the same minute as ${first.group.first}${more}, on the same project: ${dayAndTime(first.at)}`,
        "both see an idle log and run at once: move one of them by some minutes"
      )
    ];
  });
};
function keyOf(schedule2) {
  return JSON.stringify(schedule2);
}
function meetings(schedule2, groups, startsOf) {
  const key = keyOf(schedule2);
  return [...groups.values()].flatMap((group) => {
    const known = group.meets.get(key);
    const at = known === void 0 ? sharedStart(group.schedule, schedule2, startsOf) : known;
    group.meets.set(key, at);
    return at === null ? [] : [{ group: { ...group }, at }];
  });
}
function remember(schedule2, root, groups) {
  const group = groups.get(keyOf(schedule2));
  if (group === void 0) groups.set(keyOf(schedule2), { schedule: schedule2, first: root, count: 1, meets: /* @__PURE__ */ new Map() });
  else group.count += 1;
}
function remembered(startsOf) {
  const known = /* @__PURE__ */ new Map();
  return (schedule2) => {
    const starts = known.get(keyOf(schedule2)) ?? startsOf(schedule2);
    known.set(keyOf(schedule2), starts);
    return starts;
  };
}
var WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
function dayAndTime(at) {
  return `${WEEKDAYS[at.getUTCDay()]} ${at.toISOString().slice(11, 16)} UTC`;
}

// src/model/warnings/due.ts
var retryNeverDue = (context) => {
  const byJob = /* @__PURE__ */ new Map();
  for (const each of retryingTasks(context)) byJob.set(each.job, [...byJob.get(each.job) ?? [], each]);
  const builders = buildersByJob(context);
  return [...byJob].flatMap(([job2, retrying]) => {
    const built = builders.get(job2.name) ?? [];
    const [first] = retrying;
    if (first === void 0 || built.length === 0) return [];
    const limit = job2.policy.maxAgeHours * 60;
    if (retrying.some((task2) => built.some((builder) => isDue(task2, builder, limit)))) return [];
    return [
      warning(
        "RETRY_NEVER_DUE",
        ["tasks", first.key, "schedule"],
        `no start of ${names(retrying)} comes within ${job2.policy.maxAgeHours} hours after a build of ${job2.name}: a failure is always too old to be retried`,
        "set maxAgeHours above the time between two starts, or add a task in mode retry-only that starts sooner"
      )
    ];
  });
};
function buildersByJob({ deployment: deployment2 }) {
  const found = /* @__PURE__ */ new Map();
  for (const { root, children } of deployment2.graphs) {
    for (const { action } of [root, ...children]) {
      if (action.kind !== "call" || root.schedule === null) continue;
      if (action.mode !== "AUTO" && action.mode !== "FULL_BUILD") continue;
      found.set(action.job, [...found.get(action.job) ?? [], { root, schedule: root.schedule }]);
    }
  }
  return found;
}
function isDue({ task: task2, schedule: schedule2 }, builder, limit) {
  if (task2 !== builder.root && task2.schedule === null) return true;
  if (schedule2.kind === "interval") return intervalSeconds(schedule2) / 60 <= limit;
  if (builder.schedule.kind === "interval") return true;
  return soonest(schedule2, builder.schedule) <= limit;
}
function soonest(retry, build) {
  if (retry.kind !== "cron" || build.kind !== "cron") return 0;
  if (sameSchedule(retry, build)) return shortestGapMinutes(retry) ?? Infinity;
  const starts = [...startMinutes(retry)].sort((a, b) => a - b);
  const builds = [...startMinutes(build)].sort((a, b) => a - b);
  if (starts.length < 2 || builds.length < 2) return 0;
  return Math.min(...builds.map((at) => (starts.find((start) => start > at) ?? Infinity) - at));
}
function sameSchedule(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
function names(tasks2) {
  const [first, ...more] = tasks2.map(({ task: task2 }) => task2.name.name);
  return more.length === 0 ? `${first}` : `${first} and ${more.length} more`;
}

// src/model/warnings/log.ts
function aboutLog(rule) {
  return (context) => {
    const { state: state2 } = context.deployment;
    return state2.kind === "audit-tables" ? rule(state2, context) : [];
  };
}
var RUNS = ["state", "layout", "runs"];
var logWithoutSelection = aboutLog(({ runs }, { deployment: deployment2 }) => {
  if (runs.selection !== null) return [];
  const projects = [...new Set(deployment2.jobs.map(({ project }) => project))];
  const shared = projects.filter((project) => runsOf(project, deployment2) > 1);
  const cost = shared.length > 0 ? `the jobs of ${shared.join(", ")} cannot be kept apart` : "attempts are counted from runs that failed in a row, and nothing heals elsewhere";
  return [
    warning(
      "LOG_WITHOUT_SELECTION",
      [...RUNS, "selection"],
      `the log has no selection column: ${cost}`,
      "let the hooks write the --select values, or give each job a project of its own"
    )
  ];
});
function runsOf(project, { jobs: jobs2, graphs }) {
  const plain = graphs.flatMap(({ root, children }) => [root, ...children]).filter(({ action }) => action.kind === "dbt" && action.project === project);
  return jobs2.filter((job2) => job2.project === project).length + plain.length;
}
var logWithoutCommand = aboutLog(({ runs }, context) => {
  if (runs.command !== null || runs.selection === null) return [];
  return jobsWithPaths(context).flatMap(({ job: job2, path }) => {
    const other = plainRunLike(job2, context);
    if (other === null) return [];
    return [
      warning(
        "LOG_WITHOUT_COMMAND",
        [...path],
        `the log has no command column: a run of ${other} looks like a full run of ${job2.name}`,
        "let the hooks write the command, or give one of the two a selection of its own"
      )
    ];
  });
});
function plainRunLike(job2, { deployment: deployment2, tasks: tasks2 }) {
  const selects = new Map(tasks2.map(({ name, config }) => [name, config.run?.dbt.select ?? []]));
  const similar = deployment2.graphs.flatMap(({ root, children }) => [root, ...children]).find(({ name, action }) => {
    if (action.kind !== "dbt" || action.project !== job2.project) return false;
    return normaliseSelection((selects.get(name.name) ?? []).join(" ")) === job2.selection;
  });
  return similar?.name.name ?? null;
}
var logWithoutEnvironment = aboutLog(
  ({ runs }) => runs.environment !== null ? [] : [
    warning(
      "LOG_WITHOUT_ENVIRONMENT",
      [...RUNS, "environment"],
      "the log has no environment column: a developer's runs in the same log count as ours",
      "let the hooks write target.name, or keep the logs of the environments apart"
    )
  ]
);
var logWithoutStatus = aboutLog(({ runs }, { deployment: deployment2 }) => {
  if (runs.status !== null) return [];
  const waits = deployment2.jobs.some(({ policy }) => policy.onRunInProgress !== "run");
  return [
    warning(
      "LOG_WITHOUT_STATUS",
      [...RUNS, "status"],
      `the log has no run status: it is derived from the nodes${waits ? ", a run in progress is not waited for" : ""}, and a failure cannot be recorded`,
      "a run that dies before its hooks leaves no trace in such a log: its attempt is not counted"
    )
  ];
});
var logWithoutEnd = aboutLog(
  ({ runs }) => runs.endedAt !== null ? [] : [
    warning(
      "LOG_WITHOUT_END",
      [...RUNS, "endedAt"],
      "the log has no end of a run: the age of a failure is counted from its start",
      "allow for the time of a run in maxAgeHours"
    )
  ]
);
var logWithoutResourceType = aboutLog(({ nodes }, context) => {
  if (nodes.resourceType !== null || nodes.tables.some(({ resourceType }) => resourceType !== null))
    return [];
  return jobsWithPaths(context).flatMap(({ path }, index) => {
    if (context.sources[index]?.config.retry?.onTestFailure === void 0) return [];
    return [
      warning(
        "LOG_WITHOUT_RESOURCE_TYPE",
        [...path, "retry", "onTestFailure"],
        "the log does not say which nodes are tests: every node is retried as a model",
        "name the column in layout.nodes.resourceType, or leave onTestFailure out"
      )
    ];
  });
});
var environmentNotFiltered = aboutLog(
  ({ runs, environment }) => runs.environment === null || environment !== null ? [] : [
    warning(
      "ENVIRONMENT_NOT_FILTERED",
      ["state", "where", "environment"],
      `the log says in ${runs.environment} whose run it is, and runs of every environment count as ours`,
      "add where: { environment: 'prod' }, with the value that dbt's target has here"
    )
  ]
);

// src/model/warnings/retries.ts
var retryDropsTests = (context) => jobsWithPaths(context).flatMap(({ job: job2, path }) => {
  if (job2.command !== "build" || job2.policy.retryCommand !== "run") return [];
  return [
    warning(
      "RETRY_DROPS_TESTS",
      [...path, "retry", "retryCommand"],
      `the retry of ${job2.name} is dbt run: tests, seeds and snapshots of the build are left out`,
      "leave retryCommand out to retry with build, or run the tests in a task after it, as the o2c deployment does"
    )
  ];
});
var retriesMultiply = (context) => {
  const retrying = new Map(retryingTasks(context).map((each) => [each.task, each]));
  const keys = keysOf(context);
  return context.deployment.graphs.flatMap(({ root, children }) => {
    const again = root.taskAutoRetryAttempts ?? 0;
    const inGraph = [root, ...children].flatMap((task2) => retrying.get(task2) ?? []);
    if (again === 0 || inGraph.length === 0) return [];
    const key = keys.get(root.name.name) ?? root.name.name;
    const most = Math.max(...inGraph.map(({ job: job2 }) => job2.policy.maxAttempts));
    return [
      warning(
        "RETRIES_MULTIPLY",
        ["tasks", key, "taskAutoRetryAttempts"],
        `Snowflake repeats the failed task ${again} more ${again === 1 ? "time" : "times"}, and every repetition uses up one of ${most} retries at once`,
        "leave taskAutoRetryAttempts at 0: the procedure retries, at the next start"
      )
    ];
  });
};
var timeoutLeftAtOneHour = ({ tasks: tasks2 }) => {
  const left = tasks2.filter(({ timeoutMs }) => timeoutMs === null);
  if (left.length === 0) return [];
  const names2 = left.slice(0, 5).map(({ name }) => name);
  const more = left.length > names2.length ? ` and ${left.length - names2.length} more` : "";
  return [
    warning(
      "TIMEOUT_LEFT_AT_ONE_HOUR",
      ["defaults", "timeout"],
      `Snowflake cancels ${names2.join(", ")}${more} after one hour, on a root the whole graph with it`,
      "state a timeout above the longest build, such as '4 hours', in defaults or in the task"
    )
  ];
};
var jobWithoutTask = (context) => {
  const run = new Set(
    context.deployment.graphs.flatMap(({ root, children }) => [root, ...children]).flatMap(({ action }) => action.kind === "call" ? [action.job] : [])
  );
  return jobsWithPaths(context).flatMap(
    ({ job: job2, path }) => run.has(job2.name) ? [] : [
      warning(
        "JOB_WITHOUT_TASK",
        [...path],
        `no task runs ${job2.name}: it runs only when somebody calls the procedure for it`,
        `give it a task: { job: '${job2.name}', schedule: ... }, or leave it out`
      )
    ]
  );
};

// src/model/warnings/schedules.ts
var LONG_GAP_HOURS = 12;
var retryDisplacesSchedule = (context) => retryingTasks(context).flatMap(({ key, schedule: schedule2, job: job2, mode }) => {
  const gap = shortestGapMinutes(schedule2);
  if (mode !== "AUTO" || gap === null) return [];
  const hours = gap / 60;
  if (hours < LONG_GAP_HOURS || hours > job2.policy.maxAgeHours) return [];
  return [
    warning(
      "RETRY_DISPLACES_SCHEDULE",
      ["tasks", key, "mode"],
      `after a failure the next scheduled build, ${plural(hours, "hour")} later, is a retry of the failed models only`,
      "to keep the build, use mode 'full-build' and a second task with mode 'retry-only' every few minutes"
    )
  ];
});
var windowEqualsPeriod = (context) => retryingTasks(context).flatMap(({ key, schedule: schedule2, job: job2 }) => {
  const gap = shortestGapMinutes(schedule2);
  if (gap === null || gap / 60 !== job2.policy.maxAgeHours) return [];
  return [
    warning(
      "WINDOW_EQUALS_PERIOD",
      ["tasks", key, "schedule"],
      `maxAgeHours and the time between two starts are both ${plural(gap / 60, "hour")}`,
      "a failure within seconds of its start is then retried or not by seconds: choose an age clearly above or below"
    )
  ];
});
function plural(count, word) {
  return `${Number(count.toFixed(2))} ${word}${count === 1 ? "" : "s"}`;
}

// src/model/warnings/find.ts
var WARNING_RULES = {
  UNDOCUMENTED_RUNNER: undocumentedRunner,
  PROJECT_IN_OTHER_SCHEMA: projectInOtherSchema,
  PRIVILEGED_ROLE: privilegedRole,
  RETRY_DISPLACES_SCHEDULE: retryDisplacesSchedule,
  WINDOW_EQUALS_PERIOD: windowEqualsPeriod,
  RETRY_NEVER_DUE: retryNeverDue,
  SCHEDULES_COLLIDE: schedulesCollide,
  RETRY_DROPS_TESTS: retryDropsTests,
  RETRIES_MULTIPLY: retriesMultiply,
  TIMEOUT_LEFT_AT_ONE_HOUR: timeoutLeftAtOneHour,
  JOB_WITHOUT_TASK: jobWithoutTask,
  ENVIRONMENT_NOT_FILTERED: environmentNotFiltered,
  LOG_WITHOUT_SELECTION: logWithoutSelection,
  LOG_WITHOUT_COMMAND: logWithoutCommand,
  LOG_WITHOUT_ENVIRONMENT: logWithoutEnvironment,
  LOG_WITHOUT_STATUS: logWithoutStatus,
  LOG_WITHOUT_END: logWithoutEnd,
  LOG_WITHOUT_RESOURCE_TYPE: logWithoutResourceType
};
function findWarnings(context) {
  return Object.values(WARNING_RULES).flatMap((rule) => rule(context));
}

// src/model/resolve.ts
function resolveDeployments(config, env = null) {
  const { config: shaped, order, found } = checkShape(config);
  const problems = problemSink(found);
  const entries = Object.entries(shaped.deployments);
  checkApp(shaped.app, problems);
  checkDeploymentNames(entries, problems);
  const deployments = entries.map(
    ([name, deployment2]) => resolveDeployment({ name, app: shaped.app ?? null, env }, deployment2, problems.at("deployments", name))
  );
  if (found.length === 0) checkCollisions(deployments, problems);
  const all = [...environmentProblems(shaped.environments), ...asProblems(found, order)];
  if (all.length > 0) throw new ConfigProblems(all);
  return deepFreeze(deployments);
}
function checkApp(app, problems) {
  if (app === void 0 || /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(app)) return;
  const hint = "at most 64 letters, digits, _, . and -";
  problems.add(["app"], `${showValue(app)} is not a valid name of a repository`, hint);
}
function checkDeploymentNames(entries, problems) {
  const seen = /* @__PURE__ */ new Map();
  for (const [name] of entries) {
    if (!FOLDER_NAME.test(name)) {
      const hint = "it is a folder: use letters, digits, _ and -";
      problems.add(["deployments", name], `${showValue(name)} is not a valid name of a deployment`, hint);
    }
    const other = seen.get(name.toLowerCase());
    if (other !== void 0) {
      problems.add(
        ["deployments", name],
        `it differs from ${other} only in case`,
        "their folders would be one"
      );
    }
    seen.set(name.toLowerCase(), name);
  }
  if (entries.length === 0) {
    problems.missing(["deployments"], "there is no deployment", "describe at least one");
  }
}
function resolveDeployment(identity, config, problems) {
  const home = {
    database: readIdentifier(config.database, problems, ["database"], "name of a database"),
    schema: readIdentifier(config.schema, problems, ["schema"], "name of a schema")
  };
  const state2 = resolveState(config.state, home, problems.at("state"));
  const wellFormed = !problems.reported("state") && !problems.reported("runner");
  if (wellFormed && state2.kind === "execution-history" && config.runner.kind === "procedure") {
    const hint = "the history knows only EXECUTE DBT PROJECT: use executeDbtProject, or auditTables";
    problems.add(["state"], "executionHistory does not go with a procedure runner", hint);
  }
  checkSecrets(config, problems);
  const sources = jobSources(config, problems);
  const defaults2 = readDefaults(config, problems);
  const tasks2 = taskSources(config, defaults2, sources, problems);
  const jobs2 = sources.map((source) => resolveJob(source, timeoutsOf(source, tasks2), state2, problems));
  if (jobs2.length === 0) {
    const hint = "describe a job, or give a task a project: plain dbt runs alone need no deployment";
    problems.missing(["jobs"], "there is nothing to restart", hint);
  }
  checkDistinct(jobs2, sources, state2, problems);
  checkProjects(config, state2, sources, problems);
  const graphs = taskGraphs(tasks2, problems);
  const restarting = new Set(tasks2.filter(({ job: job2 }) => job2 !== null).map((task2) => task2.name));
  const resolved = tasks2.map((task2) => resolveTask(task2, config, defaults2, home, restarting, problems));
  const deployment2 = {
    ...identity,
    connection: resolveConnection(config, problems),
    ...home,
    procedure: {
      ...home,
      name: readIdentifier(config.names?.procedure ?? "RUN_DBT_AUTO_RESTART", problems, [
        "names",
        "procedure"
      ])
    },
    view: {
      ...home,
      name: readIdentifier(config.names?.view ?? "V_AUTO_RESTART_HISTORY", problems, ["names", "view"])
    },
    state: state2,
    runner: resolveRunner(config.runner, home, problems.at("runner")),
    jobs: jobs2,
    graphs: assembleGraphs(graphs, resolved),
    grants: resolveGrants(config, problems),
    notification: resolveNotification(config.notification, problems.at("notification")),
    warnings: []
  };
  return problems.reported() ? deployment2 : { ...deployment2, warnings: findWarnings({ deployment: deployment2, config, sources, tasks: tasks2 }) };
}
function timeoutsOf(source, tasks2) {
  return tasks2.filter(({ job: job2 }) => job2 === source).flatMap(({ timeoutMs }) => timeoutMs ?? []);
}
function checkProjects(config, state2, sources, problems) {
  const hint = onlyOneProject(config, state2);
  if (hint === null) return;
  const plain = Object.entries(config.tasks).flatMap(
    ([key, { run }]) => run === void 0 ? [] : [{ path: ["tasks", key, "run"], project: run.project }]
  );
  const all = [...sources.map(({ path, config: job2 }) => ({ path, project: job2.project })), ...plain];
  const [first] = all;
  for (const { path, project } of all) {
    if (project === first?.project) continue;
    problems.add([...path, "project"], `${showValue(project)} beside ${showValue(first?.project)}`, hint);
  }
}
function onlyOneProject(config, state2) {
  if (config.runner.kind === "execute-dbt-project") {
    return "executeDbtProject runs one dbt project object: give the other project a deployment of its own";
  }
  if (state2.kind === "audit-tables" && state2.runs.project === null) {
    return "the log has no project column to tell them apart: name it in layout.runs.project, or use two deployments";
  }
  return null;
}

// src/model/folder.ts
function deploymentFolder({ env, name }) {
  return env === null ? name : `${env}/${name}`;
}

// src/sql-text/index.ts
var MISTAKEN = new Set(
  "BEGIN CALL COMMENT DECLARE ELSEIF END EXCEPTION EXECUTE IF LET LOOP NULL RAISE REPEAT RETURN UNTIL WHILE".split(
    " "
  )
);
function identifier(name) {
  const plain = /^[A-Z_][A-Z0-9_$]*$/.test(name) && !name.includes("$$");
  if (plain && !RESERVED_WORDS.has(name) && !MISTAKEN.has(name)) return name;
  if (!isWritable(name)) {
    throw new AutoRestartError(
      "REQUEST",
      `the name ${JSON.stringify(name)} cannot be written in generated SQL`,
      { hint: WRITABLE }
    );
  }
  return `"${name.replaceAll('"', '""')}"`;
}
function qualified({ database, schema, name }) {
  return [database, schema, name].map(identifier).join(".");
}
function runnerProcedure({ procedure }) {
  return "system" in procedure ? systemName(procedure.system) : qualified(procedure);
}
function systemName(name) {
  if (!/^SYSTEM\$[A-Z0-9_]+$/.test(name)) throw new Error(`${name} is no system procedure`);
  return name;
}
function literal2(text2) {
  const parts = [];
  for (const [, plain, astral] of text2.matchAll(/([\u0000-\uffff]+|^$)|([\u{10000}-\u{10ffff}])/gu)) {
    if (astral === void 0) parts.push(`'${escaped(plain ?? "")}'`);
    else parts.push(`CHR(${astral.codePointAt(0)})`);
  }
  return parts.join(" || ");
}
function optionalLiteral(text2) {
  return text2 === null ? "NULL" : literal2(text2);
}
function constant(text2) {
  if (wideCharacter(text2) !== null) {
    throw new AutoRestartError(
      "REQUEST",
      `the text ${JSON.stringify(text2)} cannot be a constant in generated SQL`,
      {
        hint: "leave out emoji and other characters beyond U+FFFF: Snowflake has no escape sequence for them"
      }
    );
  }
  return `'${escaped(text2)}'`;
}
function comment(text2) {
  return text2.replace(/[^\x20-\x7e]+/g, " ").replaceAll("&", " and ").replace(/\$(?=\$)|<(?=%)|\{(?=[{%#])|\*(?=\/)/g, "$& ").replace(/ {2,}/g, " ").trim();
}
var SYMBOLS = {
  retry: "\u{1F504}",
  full_build: "\u{1F535}",
  other: "\u26AA",
  warning: "\u26A0\uFE0F",
  skipped: "\u23ED\uFE0F",
  nothing: "\u2705"
};
function symbol(name) {
  const characters = SYMBOLS[name];
  if (characters === void 0) throw new Error(`no symbol is called ${name}`);
  return [...characters].map((character) => `CHR(${character.codePointAt(0)})`).join(" || ");
}
var SPECIAL = /['\\]|&|(?<=\$)\$|(?<=<)%|(?<=\{)[{%#]|[^\x20-\x7e]/gu;
function escaped(text2) {
  return text2.replace(SPECIAL, (character) => {
    if (character === "'") return "''";
    if (character === "\\") return "\\\\";
    if (character === "\n") return "\\n";
    const code = character.charCodeAt(0);
    if (code >= 55296 && code <= 57343) {
      throw new AutoRestartError("REQUEST", `the text ${JSON.stringify(text2)} holds half a surrogate pair`);
    }
    return code < 128 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

// src/render/call.ts
function callText(deployment2, job2, mode) {
  const named = [`PROJECT_NAME => ${literal2(job2.project)}`, `JOB_NAME => ${literal2(job2.name)}`];
  if (mode !== null) named.push(`RUN_MODE => ${literal2(mode)}`);
  return `CALL ${qualified(deployment2.procedure)}(${named.join(", ")})`;
}
function shortestCall(deployment2, job2) {
  const whole = deployment2.jobs.filter(
    ({ project, select }) => project === job2.project && select.length === 0
  );
  return whole.length === 1 && whole[0]?.name === job2.name ? `CALL ${qualified(deployment2.procedure)}(${literal2(job2.project)})` : callText(deployment2, job2, null);
}

// src/render/grants.ts
var PROCEDURE_TYPES = "(VARCHAR, NUMBER, VARCHAR, VARCHAR)";
function renderGrants(deployment2, file) {
  return deployment2.grants.flatMap(
    ({ role, kinds }) => withoutRepeats(kinds.flatMap((kind) => privileges(kind, deployment2))).map(({ privilege, on, why: why2 }) => {
      const sql = `GRANT ${privilege} ON ${on} TO ROLE ${identifier(role)}`;
      return {
        id: `grant:${sql.slice("GRANT ".length)}`,
        kind: "grant",
        object: on,
        file,
        sql,
        why: why2,
        fingerprint: null,
        grant: { privilege, ...objectOf(on), role }
      };
    })
  );
}
function privileges(kind, deployment2) {
  const { procedure, view } = deployment2;
  const tasks2 = allTasks(deployment2);
  switch (kind) {
    case "call":
      return [
        ...usageOn(procedure),
        {
          privilege: "USAGE",
          on: `PROCEDURE ${qualified(procedure)}${PROCEDURE_TYPES}`,
          why: "to call the procedure"
        }
      ];
    case "read":
      return [
        ...usageOn(view),
        { privilege: "SELECT", on: `VIEW ${qualified(view)}`, why: "to read the history of runs" },
        ...onTasks(tasks2, "MONITOR", "to see the task and its runs")
      ];
    case "operate":
      return [...usageOn(view), ...onTasks(tasks2, "OPERATE", "to suspend, resume and execute the task")];
  }
}
var ON = /^(DBT PROJECT|[A-Z]+) (.+)$/s;
function objectOf(on) {
  const [, kind = "", name = ""] = ON.exec(on) ?? [];
  return { on: kind, name };
}
function usageOn({ database, schema }) {
  const why2 = "to reach what is in the schema";
  return [
    { privilege: "USAGE", on: `DATABASE ${identifier(database)}`, why: why2 },
    { privilege: "USAGE", on: `SCHEMA ${identifier(database)}.${identifier(schema)}`, why: why2 }
  ];
}
function onTasks(tasks2, privilege, why2) {
  return tasks2.map(({ name }) => ({ privilege, on: `TASK ${qualified(name)}`, why: why2 }));
}
function allTasks({ graphs }) {
  return graphs.flatMap(({ root, children }) => [root, ...children]);
}
function withoutRepeats(all) {
  const seen = /* @__PURE__ */ new Set();
  return all.filter(({ privilege, on }) => {
    const key = `${privilege} ${on}`;
    return !seen.has(key) && seen.add(key);
  });
}

// src/render/docs.ts
function renderSetup(deployment2, statements, templates) {
  const numbered = statements.map((statement, at) => ({ ...statement, number: at + 1 }));
  return templates.render("setup", { ...header(deployment2, "Set-up"), statements: numbered });
}
function renderObjectFile(deployment2, statements, templates) {
  const { why: why2 } = statements.find(({ kind }) => kind !== "lock");
  const title = why2.charAt(0).toUpperCase() + why2.slice(1);
  return templates.render("object-file", { ...header(deployment2, title), statements });
}
function renderGrantsFile(deployment2, grants, templates) {
  return templates.render("grants", { ...header(deployment2, "Grants"), statements: grants });
}
function renderMonitoring(deployment2, templates) {
  return templates.render("monitoring", {
    ...common(deployment2, "Monitoring"),
    failed: failedRun(deployment2)
  });
}
function renderVerify(deployment2, templates) {
  const planCalls = deployment2.jobs.map((job2) => callText(deployment2, job2, "PLAN"));
  return templates.render("verify", { ...common(deployment2, "Verification"), planCalls });
}
function renderTeardown(deployment2, templates) {
  const childrenFirst = deployment2.graphs.flatMap(
    ({ root, children }) => [...children].reverse().concat(root)
  );
  return templates.render("teardown", {
    ...common(deployment2, "Teardown"),
    roots: deployment2.graphs.map(({ root }) => root),
    tasksChildrenFirst: childrenFirst,
    procedure: qualified(deployment2.procedure),
    procedureTypes: PROCEDURE_TYPES
  });
}
function header(deployment2, title) {
  return { title, deployment: deploymentFolder(deployment2) };
}
function common(deployment2, title) {
  const tasks2 = allTasks(deployment2);
  return {
    ...header(deployment2, title),
    view: qualified(deployment2.view),
    database: identifier(deployment2.database),
    databaseName: deployment2.database,
    schema: `${identifier(deployment2.database)}.${identifier(deployment2.schema)}`,
    schemaName: deployment2.schema,
    tasks: tasks2,
    taskNames: tasks2.map(({ name }) => literal2(name.name)).join(", ")
  };
}
function failedRun({ state: state2 }) {
  if (state2.kind === "execution-history") return notIn(["SUCCESS"]);
  const { succeeded, running } = state2.statuses;
  return `${state2.runs.status === null ? "" : `${notIn([...succeeded, ...running])} OR `}models_failed > 0`;
}
function notIn(words3) {
  return `UPPER(run_status) NOT IN (${words3.map(literal2).join(", ")})`;
}

// src/render/fingerprint.ts
var import_node_crypto = require("node:crypto");
var UNFILLED = "";
function unfilledMark({ app, env, name }) {
  return markText({ app, env, deployment: name, fingerprint: UNFILLED });
}
function markText({ fingerprint: fingerprint2, ...owner }) {
  return `[dbt-auto-restart ${ownerText(owner)} ${fingerprint2}]`;
}
function ownerText({ app, env, deployment: deployment2 }) {
  return `${app ?? "-"}/${env ?? "-"}/${deployment2}`;
}
var UNFILLED_IN_SQL = /(\[dbt-auto-restart [^\s\]]+ )\\x01\]/g;
var TOKENS = /--[^\n]*|'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|[\p{L}\p{N}_]+|\S/gu;
function canonical(sql) {
  const tokens = (sql.match(TOKENS) ?? []).filter((token) => !token.startsWith("--"));
  const words3 = tokens.map((token) => /^['"]/.test(token) ? token : token.toUpperCase());
  return words3.filter((_, at) => !isComment(words3, at) && !isComment(words3, at - 1) && !isComment(words3, at - 2)).join(" ");
}
function isComment(words3, at) {
  return words3[at] === "COMMENT" && words3[at + 1] === "=" && (words3[at + 2] ?? "").startsWith("'");
}
function fingerprint(sql) {
  return (0, import_node_crypto.createHash)("sha256").update(canonical(sql)).digest("hex").slice(0, 12);
}
function fingerprintOfAll(parts) {
  return fingerprint(parts.map((part) => part.fingerprint).join(" "));
}
function stamp(sql) {
  const mark2 = fingerprint(sql);
  return { sql: sql.replace(UNFILLED_IN_SQL, `$1${mark2}]`), fingerprint: mark2 };
}
var LEFT = "0".repeat(12);

// src/render/quick-test.ts
var RUN_ID = "auto-restart-quick-test";
function quickTest(state2, job2) {
  const model = state2.layout === "o2c" ? "dm_o2c_reconciliation" : "my_model";
  const { runs, nodes } = state2;
  const [firstTable] = nodes.tables;
  if (firstTable === void 0) throw new Error("a log has at least one table of nodes");
  return {
    model,
    simulate: [
      insert(qualified(runs.table), runColumns(state2, job2)),
      insert(qualified(firstTable.table), nodeColumns(state2, job2, model))
    ],
    cleanUp: [
      `DELETE FROM ${qualified(firstTable.table)} WHERE ${identifier(nodes.runId)} = ${literal2(RUN_ID)}`,
      `DELETE FROM ${qualified(runs.table)} WHERE ${identifier(runs.runId)} = ${literal2(RUN_ID)}`
    ]
  };
}
function runColumns(state2, job2) {
  const { runs, zones: zones2 } = state2;
  const selection = selectionText(state2, job2);
  return [
    [runs.runId, literal2(RUN_ID)],
    [runs.project, literal2(job2.project)],
    [state2.environment === null ? null : runs.environment, literal2(state2.environment ?? "")],
    [runs.startedAt, secondsAgo(2, zones2.startedAt)],
    [runs.endedAt, secondsAgo(1, zones2.endedAt)],
    [runs.status, literal2(state2.failedStatus)],
    [runs.command, literal2(job2.command)],
    [selection === null ? null : runs.selection, literal2(selection ?? "")]
  ];
}
function nodeColumns(state2, job2, model) {
  const { nodes, zones: zones2, statuses } = state2;
  const failed = statuses.failed.find((word) => word === "FAIL" || word === "ERROR") ?? state2.failedStatus;
  const name = state2.layout === "dbt_artifacts" ? `model.${job2.project}.${model}` : model;
  return [
    [state2.layout === "o2c" ? "LOG_ID" : null, literal2(`${RUN_ID}_${model}`)],
    [nodes.runId, literal2(RUN_ID)],
    [nodes.name, literal2(name)],
    [nodes.status, literal2(failed)],
    [nodes.startedAt, secondsAgo(2, zones2.startedAt)],
    [nodes.endedAt, secondsAgo(1, zones2.endedAt)],
    [nodes.resourceType, literal2("model")]
  ];
}
function selectionText(state2, job2) {
  if (job2.select.length === 0) return state2.layout === "o2c" ? "all" : null;
  return state2.runs.selectionIsJson ? JSON.stringify({ select: job2.select }) : job2.select.join(",");
}
function secondsAgo(seconds2, zone2) {
  const utc2 = `DATEADD('second', -${seconds2}, SYSDATE())`;
  return zone2 === "UTC" ? utc2 : `CONVERT_TIMEZONE('UTC', ${literal2(zone2)}, ${utc2})`;
}
function insert(table, columns) {
  const present = columns.filter((entry) => entry[0] !== null);
  const names2 = present.map(([column]) => identifier(column)).join(", ");
  return `INSERT INTO ${table} (${names2})
SELECT ${present.map(([, value]) => value).join(", ")}`;
}

// src/render/task-body.ts
function taskBody(action, deployment2) {
  if (action.kind === "dbt") return plainDbt(action.project, action.command, deployment2);
  return callText(deployment2, { project: action.project, name: action.job }, action.mode);
}
function plainDbt(project, command, { runner: runner2 }) {
  if (runner2.kind === "procedure")
    return `CALL ${runnerProcedure(runner2)}(${literal2(project)}, ${literal2(`dbt ${command}`)})`;
  return executeDbtProject2(runner2, command);
}
function executeDbtProject2(runner2, command) {
  const { dbtVersion, envVars: envVars2, writeback } = runner2;
  const clauses = [`ARGS = ${constant(command)}`];
  if (dbtVersion !== null) clauses.push(`DBT_VERSION = ${constant(dbtVersion)}`);
  if (envVars2.length > 0) {
    const pairs = envVars2.map(({ name, value }) => `${constant(name)} = ${constant(value)}`);
    clauses.push(`ENV_VARS = (${pairs.join(", ")})`);
  }
  if (writeback !== null) clauses.push(`WRITEBACK = ${writeback ? "TRUE" : "FALSE"}`);
  return `EXECUTE DBT PROJECT ${qualified(runner2.object)} ${clauses.join(" ")}`;
}

// src/render/task-condition.ts
var BUILT = ["FULL_BUILD", "RETRY"].map((word) => ({ from: word, below: `${word}~` }));
function taskCondition(predecessors2) {
  if (predecessors2.length === 0) return null;
  const ranges = predecessors2.flatMap(
    (task2) => BUILT.map(({ from, below }) => {
      const value = `SYSTEM$GET_PREDECESSOR_RETURN_VALUE(${literal2(task2)})`;
      return `(${value} >= ${literal2(from)}
          AND ${value} < ${literal2(below)})`;
    })
  );
  return ranges.join("\n      OR ");
}

// src/render/task.ts
function renderTask(task2, root, deployment2, templates) {
  const isRoot = task2 === root;
  const comment2 = task2.comment === "" ? purpose(task2.action) : task2.comment;
  const schedule2 = task2.schedule && scheduleText(task2.schedule);
  const condition = taskCondition(task2.onlyIfBuilt.map(({ name }) => name));
  const body = taskBody(task2.action, deployment2);
  const text2 = templates.render("task", {
    ...task2,
    isRoot,
    schedule: schedule2,
    comment: `${comment2} ${unfilledMark(deployment2)}`,
    condition,
    body
  });
  const { sql, fingerprint: fingerprint2 } = stamp(text2.trim());
  return {
    name: task2.name,
    root: root.name.name,
    sql,
    fingerprint: fingerprint2,
    initialState: task2.initialState,
    properties: {
      WAREHOUSE: task2.warehouse,
      SCHEDULE: schedule2,
      USER_TASK_TIMEOUT_MS: String(task2.timeoutMs),
      SUSPEND_TASK_AFTER_NUM_FAILURES: isRoot ? String(task2.suspendAfterFailures) : null,
      ERROR_INTEGRATION: task2.errorIntegration,
      COMMENT: comment2,
      TASK_AUTO_RETRY_ATTEMPTS: isRoot ? String(task2.taskAutoRetryAttempts) : null,
      AFTER: task2.after.length === 0 ? null : task2.after.map(qualified).sort().join(", "),
      WHEN: condition,
      AS: body
    }
  };
}
function purpose(action) {
  return action.kind === "call" ? `dbt project ${action.project}, job ${action.job}, ${action.mode}` : `dbt project ${action.project}, plain dbt ${action.command.split(" ")[0]}`;
}
function scheduleText(schedule2) {
  return schedule2.kind === "cron" ? `USING CRON ${schedule2.expression} ${schedule2.timeZone}` : `${schedule2.every} ${schedule2.unit}`;
}

// src/render/quick-reference.ts
function renderQuickReference(deployment2, templates) {
  const job2 = exampleJob(deployment2);
  const { procedure, view, state: state2, runner: runner2, connection } = deployment2;
  return templates.render("quick-reference", {
    deployment: deployment2.name,
    procedure: qualified(procedure),
    procedureTypes: PROCEDURE_TYPES,
    view: qualified(view),
    runnerName: runner2.kind === "procedure" ? runnerProcedure(runner2) : `EXECUTE DBT PROJECT ${qualified(runner2.object)}`,
    stateNames: stateNames(state2),
    onlyProject: onlyProject(deployment2),
    notes: notes(deployment2),
    shortestCall: shortestCall(deployment2, job2),
    planCall: callText(deployment2, job2, "PLAN"),
    fullBuildCall: callText(deployment2, job2, "FULL_BUILD"),
    retryOnlyCall: callText(deployment2, job2, "RETRY_ONLY"),
    olderCall: callText(deployment2, job2, null).replace(
      /\)$/,
      `, MAX_RETRY_AGE_HOURS => ${2 * job2.policy.maxAgeHours})`
    ),
    jobs: deployment2.jobs.map(jobRow),
    tasks: allTasks(deployment2).map(taskRow),
    gated: allTasks(deployment2).some(({ onlyIfBuilt }) => onlyIfBuilt.length > 0),
    quickTest: state2.kind === "audit-tables" ? quickTest(state2, job2) : null,
    roots: deployment2.graphs.map(({ root }) => root),
    ownerRole: connection.role,
    ownerNeeds: ownerNeeds(deployment2),
    grants: renderGrants(deployment2, ""),
    ...troubles(state2)
  });
}
function exampleJob({ jobs: jobs2, name }) {
  const job2 = jobs2.find(({ select }) => select.length === 0) ?? jobs2[0];
  if (job2 === void 0) throw new Error(`the deployment ${name} has no job`);
  return job2;
}
function onlyProject({ jobs: jobs2 }) {
  const projects = new Set(jobs2.map(({ project }) => project));
  return projects.size === 1 ? [...projects].join("") : null;
}
function notes({ state: state2, notification }) {
  const all = [];
  if (state2.kind === "execution-history") {
    all.push({
      code: "HISTORY_BLIND",
      meaning: "the role sees no execution history: every call would be a first run"
    });
  } else if (state2.recordable) {
    all.push(
      {
        code: "RUN_NOT_IDENTIFIED",
        meaning: "dbt failed, and several rows of the log could be its run: none was changed"
      },
      { code: "FAILURE_NOT_RECORDED", meaning: "dbt failed, and writing that into the log failed too" }
    );
  }
  if (notification !== null) all.push({ code: "NOT_NOTIFIED", meaning: "the message could not be sent" });
  return all;
}
function jobRow({ name, project, command, select, flags, policy }) {
  return {
    name,
    project,
    commandLine: cell(commandLine(command, select, flags)),
    maxAttempts: policy.maxAttempts,
    retryCommand: policy.retryCommand,
    maxAgeHours: policy.maxAgeHours
  };
}
function taskRow({ name, schedule: schedule2, after, onlyIfBuilt, action, timeoutMs, initialState }) {
  const behind = after.map((task2) => `\`${task2.name}\``).join(" and ");
  return {
    name: name.name,
    when: schedule2 ? `\`${scheduleText(schedule2)}\`` : `after ${behind}${onlyIfBuilt.length > 0 ? ", only if built" : ""}`,
    what: action.kind === "call" ? `job \`${action.job}\`, ${action.mode}` : `\`dbt ${cell(action.command)}\`, not restarted`,
    timeout: duration(timeoutMs),
    initialState
  };
}
function cell(text2) {
  return text2.replaceAll("|", "\\|");
}
function duration(ms) {
  const units = [
    [36e5, "h"],
    [6e4, "min"],
    [1e3, "s"]
  ];
  const [size, unit] = units.find(([size2]) => ms % size2 === 0) ?? [1, "ms"];
  return `${ms / size} ${unit}`;
}
function stateNames(state2) {
  if (state2.kind === "execution-history")
    return "Snowflake's own `DBT_PROJECT_EXECUTION_HISTORY`, seven days back";
  const tables = [state2.runs.table, ...state2.nodes.tables.map(({ table }) => table)];
  return tables.map((table) => `\`${qualified(table)}\``).join(", ");
}
function ownerNeeds(deployment2) {
  const { runner: runner2, state: state2 } = deployment2;
  const schema = `\`${identifier(deployment2.database)}.${identifier(deployment2.schema)}\``;
  const warehouses = [...new Set(allTasks(deployment2).flatMap(({ warehouse }) => warehouse ?? []))];
  const serverless = allTasks(deployment2).some(({ warehouse }) => warehouse === null);
  const needs = [
    { privilege: "EXECUTE TASK", on: "the account", why: "tasks run with the rights of their owner" },
    {
      privilege: "USAGE, CREATE PROCEDURE, CREATE VIEW, CREATE TASK",
      on: schema,
      why: "to make the objects"
    },
    ...warehouses.map((name) => ({
      privilege: "USAGE",
      on: `warehouse \`${identifier(name)}\``,
      why: "the tasks run there"
    }))
  ];
  if (serverless)
    needs.push({ privilege: "EXECUTE MANAGED TASK", on: "the account", why: "a task has no warehouse" });
  if (runner2.kind === "procedure") {
    needs.push({ privilege: "USAGE", on: `procedure \`${runnerProcedure(runner2)}\``, why: "it starts dbt" });
  } else {
    needs.push({
      privilege: "USAGE",
      on: `dbt project \`${qualified(runner2.object)}\``,
      why: "to execute it"
    });
  }
  return [...needs, ...stateNeeds(state2, deployment2)];
}
function stateNeeds(state2, { runner: runner2, jobs: jobs2 }) {
  if (state2.kind === "execution-history") {
    const on = runner2.kind === "execute-dbt-project" ? `dbt project \`${qualified(runner2.object)}\`` : "the dbt project";
    return [{ privilege: "MONITOR", on, why: "to see its runs and their artifacts" }];
  }
  const records = state2.recordable && jobs2.some(({ policy }) => policy.recordFailure);
  const nodes = state2.nodes.tables.map(({ table }) => ({
    privilege: "SELECT",
    on: `\`${qualified(table)}\``,
    why: "to read what failed"
  }));
  const why2 = records ? "to read the runs, and to write down one that dbt failed" : "to read the runs";
  return [
    {
      privilege: records ? "SELECT, INSERT, UPDATE" : "SELECT",
      on: `\`${qualified(state2.runs.table)}\``,
      why: why2
    },
    ...nodes
  ];
}
function troubles(state2) {
  if (state2.kind === "execution-history") {
    return {
      stateTrouble: "the role of the task may not read the execution history",
      firstRunTrouble: "the role of the task sees no history (HISTORY_BLIND), or the last run is older than seven days",
      maxRetriesTrouble: "runs of the job by hand with other arguments belong to no chain"
    };
  }
  const environment = state2.environment === null || state2.runs.environment === null ? "" : `, or other values than ${literal2(state2.environment)} in \`${identifier(state2.runs.environment)}\``;
  return {
    stateTrouble: "a log table is missing, a column was renamed, or the role of the task may not read it",
    firstRunTrouble: `the log has another project name${environment}`,
    maxRetriesTrouble: "retries do not reach the log: the hooks write no row for them"
  };
}

// src/render/sendable.ts
var MISTAKES = [
  [/[^\x20-\x7e\n]/, "a character that is not printable ASCII"],
  [/&|<%|\{\{|\{%|\{#/, "a client's template mark"],
  [/\[dbt-auto-restart \S+ \\x01\]/, "an unfilled fingerprint"]
];
function assertSendable(sql, what) {
  for (const [pattern, mistake] of MISTAKES) {
    const found = pattern.exec(sql);
    if (found) {
      const line = sql.slice(0, found.index).split("\n").length;
      throw new Error(`${what} holds ${mistake} in line ${line}: ${JSON.stringify(found[0])}`);
    }
  }
}

// src/render/lock.ts
var LOCK_NAME = "V_AUTO_RESTART_APPLYING";
function lockName({ database, schema }) {
  return { database, schema, name: LOCK_NAME };
}
function renderLock(place, note, templates) {
  return templates.render("lock", { lock: qualified(lockName(place)), note: JSON.stringify(note) }).trim();
}
function renderUnlock(place) {
  return `DROP VIEW ${qualified(lockName(place))}`;
}
function setupLock(deployment2, templates) {
  const applying = ownerText({ app: deployment2.app, env: deployment2.env, deployment: deployment2.name });
  const note = { applying, who: "setup.sql", since: null, id: "setup.sql", to_resume: [] };
  const object2 = qualified(lockName(deployment2));
  const common2 = { object: object2, file: "setup.sql", fingerprint: null };
  return {
    lock: {
      ...common2,
      id: `lock:${object2}`,
      kind: "lock",
      sql: renderLock(deployment2, note, templates),
      why: "one apply at a time: that it exists already means that one is under way, or has died"
    },
    unlock: {
      ...common2,
      id: `unlock:${object2}`,
      kind: "unlock",
      sql: renderUnlock(deployment2),
      why: "the apply is over"
    }
  };
}

// src/render/graph-block.ts
function renderGraphBlock(tasks2, templates) {
  const numbered = tasks2.map((task2, at) => ({
    ...task2,
    number: at + 1,
    object: qualified(task2.name),
    drop: task2.end === "dropped",
    createOrAlter: `CREATE OR ALTER TASK ${qualified(task2.name)}`,
    notDropped: `; not dropped again: ${task2.name.name}`,
    notRestored: `; not as it was: ${task2.name.name}`,
    notStarted: `; not started again: ${task2.name.name}`,
    outcome: OUTCOMES[task2.end](`before_${at + 1}`, task2.initialState)
  }));
  const { database, schema } = tasks2[0].name;
  const kept = numbered.filter(({ end }) => end === "as-before");
  const leftOver = numbered.filter(({ end }) => end !== "as-before");
  const changed = numbered.filter(({ change }) => change !== null);
  return templates.render("task-graph", {
    schema: [database, schema].map(identifier).join("."),
    alterLock: `ALTER VIEW ${qualified(lockName({ database, schema }))} SET COMMENT = '`,
    lockName: LOCK_NAME,
    tasks: numbered,
    // A child that becomes a root can be suspended only when its old root is.
    roots: [
      ...numbered.filter(({ wasRoot }) => wasRoot),
      ...numbered.filter((task2) => task2.isRoot && !task2.wasRoot)
    ],
    changed,
    leftOver,
    resumed: [...kept.filter(({ isRoot }) => !isRoot), ...kept.filter(({ isRoot }) => isRoot)],
    newReversed: [...changed].reverse(),
    restored: numbered.filter(({ change, end }) => change !== null || end !== "as-before").sort((a, b) => a.rank - b.rank),
    startedAgain: [
      ...numbered.filter(({ wasRoot }) => !wasRoot),
      ...numbered.filter(({ wasRoot }) => wasRoot)
    ]
  });
}
var OUTCOMES = {
  "as-before": (before, initialState) => `COALESCE(${before} || ' as before', 'new, ${initialState}')`,
  suspended: () => "'left over, suspended'",
  dropped: () => "'dropped'"
};

// src/render/task-graph.ts
function renderTaskGraph(graph, deployment2, templates, file) {
  const all = [graph.root, ...graph.children];
  const tasks2 = all.map((task2) => renderTask(task2, graph.root, deployment2, templates));
  const sql = renderGraphBlock(
    all.map(({ name, initialState }, at) => ({
      name,
      initialState,
      change: indented(tasks2[at].sql),
      end: "as-before",
      comment: "",
      isRoot: at === 0,
      wasRoot: at === 0,
      rank: at
    })),
    templates
  );
  const object2 = qualified(graph.root.name);
  const fingerprint2 = fingerprintOfAll(tasks2);
  return {
    id: `graph:${object2}`,
    kind: "graph",
    object: object2,
    file,
    sql: sql.trim(),
    why: why(graph),
    fingerprint: fingerprint2,
    tasks: tasks2
  };
}
function indented(sql) {
  return sql.replaceAll("\n", "\n    ");
}
function why({ root, children }) {
  const follow = children.map((child) => child.name.name).join(", ");
  return `task ${root.name.name}${follow === "" ? "" : `, followed by ${follow}`}; a suspended task stays suspended`;
}

// src/render/assemble.ts
function assemble(deployment2, objects, templates) {
  const { procedure, view, graphs } = deployment2;
  const single = [
    object(
      "procedure",
      procedure,
      objects.procedure,
      "01_procedure",
      "the procedure that decides and starts dbt"
    ),
    object("view", view, objects.view, "02_view", "the history of runs and retries"),
    ...graphs.map(
      (graph, at) => renderTaskGraph(graph, deployment2, templates, fileName(`${twoDigits(at + 3)}_task`, graph.root.name))
    )
  ];
  const grantsFile = `${twoDigits(single.length + 1)}_grants.sql`;
  const grants = renderGrants(deployment2, grantsFile);
  const { lock, unlock } = setupLock(deployment2, templates);
  const statements = [lock, ...single, ...grants, unlock];
  statements.forEach(({ sql, id }) => assertSendable(sql, id));
  const withLock = (one2) => one2.kind === "graph" ? [lock, one2, unlock] : [one2];
  const files = {
    ...Object.fromEntries(
      single.map((one2) => [one2.file, renderObjectFile(deployment2, withLock(one2), templates)])
    ),
    ...grants.length === 0 ? {} : { [grantsFile]: renderGrantsFile(deployment2, grants, templates) },
    "setup.sql": renderSetup(deployment2, statements, templates),
    "monitoring.sql": renderMonitoring(deployment2, templates),
    "verify.sql": renderVerify(deployment2, templates),
    "teardown.sql": renderTeardown(deployment2, templates),
    "QUICK_REFERENCE.md": renderQuickReference(deployment2, templates)
  };
  files["manifest.json"] = manifest(deployment2, statements, Object.keys(files));
  for (const [path, text2] of Object.entries(files)) files[path] = `${text2.trimEnd()}
`;
  for (const path of Object.keys(files)) if (path.endsWith(".sql")) assertSendable(files[path], path);
  return {
    deployment: deployment2.name,
    folder: deploymentFolder(deployment2),
    statements,
    files: inPathOrder(files)
  };
}
function object(kind, name, text2, prefix, why2) {
  const { sql, fingerprint: fingerprint2 } = stamp(text2.trim());
  const types = kind === "procedure" ? PROCEDURE_TYPES : "";
  return {
    id: `${kind}:${qualified(name)}`,
    kind,
    object: `${qualified(name)}${types}`,
    file: fileName(prefix, name),
    sql,
    why: why2,
    fingerprint: fingerprint2
  };
}
function fileName(prefix, { name }) {
  return `${prefix}_${name.toLowerCase().replace(/[^a-z0-9_]+/g, "_")}.sql`;
}
function twoDigits(number2) {
  return String(number2).padStart(2, "0");
}
function manifest(deployment2, statements, paths) {
  const made = statements.filter(({ kind }) => kind !== "lock" && kind !== "unlock");
  const entries = made.map(({ id, kind, object: object2, file, fingerprint: fingerprint2, tasks: tasks2 }) => ({
    id,
    kind,
    object: object2,
    file,
    fingerprint: fingerprint2,
    ...tasks2 === void 0 ? {} : { tasks: tasks2.map(manifestTask) }
  }));
  const value = {
    app: deployment2.app,
    environment: deployment2.env,
    deployment: deployment2.name,
    files: [...paths, "manifest.json"].sort(byCode),
    statements: entries
  };
  return JSON.stringify(value, null, 2);
}
function manifestTask({ name, root, fingerprint: fingerprint2, initialState, properties }) {
  return { name: name.name, root, fingerprint: fingerprint2, initialState, properties };
}
function inPathOrder(files) {
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => byCode(a, b)));
}
function byCode(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

// src/state/query-builder.ts
var import_client = __toESM(require("knex/lib/client"));
var SnowflakeText = class extends import_client.default {
  wrapIdentifierImpl(value) {
    return value;
  }
};
var client = new SnowflakeText({ client: SnowflakeText });
function query() {
  return client.queryBuilder();
}
function raw(sql) {
  return client.raw(sql.replaceAll("?", "\\?"));
}

// src/state/audit-tables.ts
function abilities(state2) {
  const { runs, nodes } = state2;
  return {
    selection: runs.selection !== null,
    command: runs.command !== null,
    project: runs.project !== null,
    testsFailed: runs.testsFailed !== null,
    status: runs.status !== null,
    resourceType: nodes.resourceType !== null || nodes.tables.some((table) => table.resourceType !== null)
  };
}
function runsQuery(state2, columns, conditions = {}) {
  return fromRuns(state2, conditions).select(Object.fromEntries(columns.map((column) => [column, raw(runExpression(state2, column))]))).toQuery();
}
function fromRuns(state2, conditions) {
  const { runs, environment } = state2;
  const built = query().from(raw(`${qualified(runs.table)} AS r`));
  if (environment !== null && runs.environment !== null) {
    built.where(raw(`r.${identifier(runs.environment)} = ${literal2(environment)}`));
  }
  for (const [column, condition] of Object.entries(conditions)) {
    built.where(raw(condition(runExpression(state2, column))));
  }
  return built;
}
function latestRunsQuery(state2, conditions) {
  const { runs } = state2;
  const start = runExpression(state2, "started_at");
  return fromRuns(state2, conditions).select({
    run_id: raw(`MAX_BY(${runExpression(state2, "run_id")}, ${start})`),
    started_at: raw(`MAX(${start})`),
    status: raw(runExpression(state2, "status")),
    command: raw(runs.command === null ? "NULL::VARCHAR" : `r.${identifier(runs.command)}`),
    selection: raw(`r.${identifier(runs.selection)}`)
  }).groupByRaw("3, 4, 5").toQuery();
}
function normalisedSelection(column, { runs }) {
  return normalised(selectionText2(column, runs.selectionIsJson));
}
function selectionIs(state2, normalisedSelection2) {
  const { runs } = state2;
  const column = `COALESCE(${identifier(runs.selection)}, '')`;
  const distinct = `SELECT MAX(${column}) AS logged FROM ${qualified(runs.table)} GROUP BY ${column}`;
  const wanted = `${normalised(selectionText2("logged", runs.selectionIsJson))} = ${normalisedSelection2}`;
  return `COALESCE(r.${identifier(runs.selection)}, '') IN (SELECT logged FROM (${distinct}) WHERE ${wanted})`;
}
function runExpression({ runs, statuses, zones: zones2 }, column) {
  const or = (name, absent, present) => name === null ? absent : present(`r.${identifier(name)}`);
  switch (column) {
    case "run_id":
      return `r.${identifier(runs.runId)}::VARCHAR`;
    case "project_name":
      return or(runs.project, "NULL::VARCHAR", (project) => project);
    case "command":
      return or(runs.command, "NULL::VARCHAR", (command) => `LOWER(${command})`);
    case "selection":
      return or(
        runs.selection,
        "NULL::VARCHAR",
        (text2) => normalised(selectionText2(text2, runs.selectionIsJson))
      );
    case "started_at":
      return utc(`r.${identifier(runs.startedAt)}`, zones2.startedAt);
    case "ended_at":
      return or(runs.endedAt, "NULL::TIMESTAMP_NTZ", (end) => utc(end, zones2.endedAt));
    case "state":
      return or(runs.status, "NULL::VARCHAR", (status) => runState(status, statuses));
    case "status":
      return or(runs.status, "NULL::VARCHAR", (status) => `${status}::VARCHAR`);
    case "tests_failed":
      return or(runs.testsFailed, "0", (count) => `COALESCE(${count}, 0)`);
  }
}
function nodesQuery(state2, since) {
  return state2.nodes.tables.map((_, index) => nodesOf(state2, index, since)).join(" UNION ALL ");
}
function nodesOf(state2, index, since) {
  const { nodes, statuses, zones: zones2 } = state2;
  const source = nodes.tables[index];
  const column = (name) => `n.${identifier(name)}`;
  const built = query().from(raw(`${recentRows(state2, qualified(source.table), since)} AS n`)).select({
    run_id: raw(`${column(nodes.runId)}::VARCHAR`),
    node_name: raw(nodeName(column(nodes.name))),
    is_test: raw(
      isTest(source.resourceType, nodes.resourceType === null ? null : column(nodes.resourceType))
    ),
    severity: raw(severity(column(nodes.status), statuses)),
    ended_at: raw(
      nodes.endedAt === null ? "NULL::TIMESTAMP_NTZ" : utc(column(nodes.endedAt), zones2.endedAt)
    )
  });
  return built.toQuery();
}
function recentRows({ nodes }, table, since) {
  const clock = nodes.startedAt ?? nodes.endedAt;
  if (since === null || clock === null) return table;
  const time = identifier(clock);
  const recent = `SELECT * FROM ${table} WHERE ${timestamp(time)} >= DATEADD('day', -1, ${since})`;
  return `(${recent} UNION ALL SELECT * FROM ${table} WHERE ${time} IS NULL)`;
}
function timestamp(column) {
  return `${column}::TIMESTAMP_NTZ`;
}
function utc(column, zone2) {
  return zone2 === "UTC" ? timestamp(column) : `CONVERT_TIMEZONE(${literal2(zone2)}, 'UTC', ${timestamp(column)})`;
}
function selectionText2(column, isJson) {
  return isJson ? `ARRAY_TO_STRING(TRY_PARSE_JSON(${column}):select, ',')` : column;
}
function normalised(text2) {
  const sorted = `ARRAY_TO_STRING(ARRAY_SORT(STRTOK_TO_ARRAY(COALESCE(${text2}, ''), ', \\t\\n\\r[]"')), ',')`;
  return `REGEXP_REPLACE(${sorted}, '^all$', '')`;
}
function runState(column, statuses) {
  const word = statusWord(column, statuses);
  return `DECODE(TRUE, ${word} IN (${words2(statuses.running)}), 'RUNNING', ${word} IN (${words2(statuses.succeeded)}), 'SUCCEEDED', 'FAILED')`;
}
function isRunning(status, { statuses }) {
  return `${statusWord(status, statuses)} IN (${words2(statuses.running)})`;
}
function loggedAsRunning(state2) {
  return state2.runs.status === null ? null : isRunning(`r.${identifier(state2.runs.status)}`, state2);
}
function isSucceeded(status, { statuses }) {
  return `UPPER(${status}) IN (${words2(statuses.succeeded)})`;
}
function statusWord(column, statuses) {
  return `UPPER(COALESCE(${column}, ${literal2(statuses.running[0] ?? "RUNNING")}))`;
}
function severity(column, statuses) {
  const failed = `UPPER(${column}) IN (${words2(statuses.failed)})`;
  return `IFF(${failed}, 3, IFF(UPPER(${column}) IN (${words2(statuses.succeeded)}), 1, 2))`;
}
function words2(list) {
  return list.map(literal2).join(", ");
}
function nodeName(column) {
  const uniqueId = `REGEXP_LIKE(${column}, '(model|seed|snapshot|test)[.][^.]+[.].+')`;
  return `COALESCE(IFF(${uniqueId}, SPLIT_PART(${column}, '.', 3), ${column}), '')`;
}
function isTest(ofTable, column) {
  if (column !== null) return `IFF(LOWER(${column}) IN ('test', 'unit_test'), 1, 0)`;
  return ofTable === "test" ? "1" : "0";
}

// src/render/decision/result-selector.ts
function resultSelector(job2) {
  const methods = ["result:error+", "result:skipped+"];
  if (job2.policy.retryCommand !== "run") {
    methods.push(job2.policy.onTestFailure === "retest" ? "result:fail" : "1+result:fail+");
  }
  const terms = job2.select.length === 0 ? [""] : job2.select.map((term) => `,${term}`);
  return methods.flatMap((method) => terms.map((term) => method + term)).join(" ");
}
function importAlias(job2, jobs2) {
  const plain = (name) => name.replace(/[^A-Za-z0-9_]/g, "_");
  const twins = jobs2.filter((other) => plain(other.name) === plain(job2.name));
  const number2 = twins.length > 1 ? `_${twins.indexOf(job2) + 1}` : "";
  return `auto_restart_${plain(job2.name)}${number2}`;
}

// src/render/decision/columns.ts
var SHARED = [
  { name: "job_name", decides: true, variable: "v_job", type: "VARCHAR", value: (job2) => literal2(job2.name) },
  {
    name: "command",
    decides: true,
    variable: "v_command",
    type: "VARCHAR",
    value: (job2) => literal2(job2.command)
  },
  {
    name: "retry_command",
    decides: true,
    variable: "v_retry_command",
    type: "VARCHAR",
    value: (job2) => literal2(job2.policy.retryCommand)
  },
  {
    name: "own_selection",
    decides: true,
    variable: "v_selection",
    type: "VARCHAR",
    value: (job2) => literal2(job2.selection)
  },
  {
    name: "full_line",
    decides: "execution-history",
    variable: "v_full",
    type: "VARCHAR",
    value: (job2, { runner: runner2 }) => literal2(dbtLine(job2, runner2.kind))
  },
  {
    name: "flags",
    variable: "v_flags",
    type: "VARCHAR",
    value: (job2) => literal2(job2.flags === "" ? "" : ` ${job2.flags}`)
  },
  {
    name: "max_attempts",
    decides: true,
    variable: "v_max_attempts",
    type: "NUMBER",
    value: (job2) => String(job2.policy.maxAttempts)
  },
  {
    name: "max_age_seconds",
    decides: true,
    variable: "v_max_age",
    type: "NUMBER",
    value: (job2) => seconds(job2.policy.maxAgeHours)
  },
  {
    name: "stale_seconds",
    decides: true,
    variable: "v_stale",
    type: "NUMBER",
    value: (job2) => seconds(job2.policy.staleRunHours)
  },
  {
    name: "if_running",
    variable: "v_if_running",
    type: "VARCHAR",
    value: (job2) => optionalLiteral(job2.policy.onRunInProgress)
  },
  {
    name: "wait_seconds",
    variable: "v_wait_seconds",
    type: "NUMBER",
    value: (job2) => String(Math.round(job2.policy.waitMinutes * 60))
  },
  {
    name: "if_unreadable",
    variable: "v_if_unreadable",
    type: "VARCHAR",
    value: (job2) => literal2(job2.policy.onStateUnreadable)
  }
];
var JOB_NO = {
  name: "job_no",
  variable: "",
  type: "NUMBER",
  value: (job2, { jobs: jobs2 }) => String(jobs2.indexOf(job2) + 1)
};
var IN_TURN_OF_BUILD = {
  name: "in_turn_of_build",
  variable: "",
  type: "BOOLEAN",
  value: (job2, { graphs }) => {
    const modes = graphs.flatMap((graph) => [graph.root, ...graph.children]).flatMap(({ action }) => action.kind === "call" && action.job === job2.name ? [action.mode] : []);
    return modes.length === 0 || modes.includes("AUTO") ? "TRUE" : "FALSE";
  }
};
var FROM_A_LOG = [
  {
    name: "terms",
    decides: true,
    variable: "v_terms",
    type: "VARCHAR",
    value: (job2) => literal2(job2.select.join(" "))
  },
  {
    name: "least_parts",
    decides: true,
    variable: "v_least_parts",
    type: "NUMBER",
    value: (job2) => String(Math.min(...partsOfTerms(job2)))
  },
  {
    name: "most_parts",
    decides: true,
    variable: "v_most_parts",
    type: "NUMBER",
    value: (job2) => String(Math.max(...partsOfTerms(job2)))
  },
  {
    name: "retest",
    decides: true,
    variable: "v_retest",
    type: "BOOLEAN",
    value: (job2) => job2.policy.onTestFailure === "retest" ? "TRUE" : "FALSE"
  },
  {
    name: "max_selector_length",
    decides: true,
    variable: "v_max_length",
    type: "NUMBER",
    value: (job2) => String(job2.policy.maxSelectorLength)
  },
  {
    name: "record_failure",
    variable: "v_record",
    type: "BOOLEAN",
    value: (job2) => job2.policy.recordFailure ? "TRUE" : "FALSE"
  }
];
var FROM_HISTORY = [
  {
    name: "result_selector",
    decides: true,
    variable: "v_results",
    type: "VARCHAR",
    value: (job2) => literal2(resultSelector(job2))
  },
  {
    name: "import_alias",
    decides: true,
    variable: "v_alias",
    type: "VARCHAR",
    value: (job2, { jobs: jobs2 }) => literal2(importAlias(job2, jobs2))
  }
];
function jobColumns(deployment2) {
  return [...SHARED, ...deployment2.state.kind === "audit-tables" ? FROM_A_LOG : FROM_HISTORY];
}
function jobRow2(job2, deployment2) {
  return [
    literal2(job2.project),
    ...jobColumns(deployment2).map((column) => column.value(job2, deployment2))
  ].join(", ");
}
function everyJob(deployment2) {
  const columns = [...jobColumns(deployment2).filter((column) => column.decides), JOB_NO, IN_TURN_OF_BUILD];
  const rows = deployment2.jobs.map(
    (job2) => [literal2(job2.project), ...columns.map((column) => column.value(job2, deployment2))].join(", ")
  );
  const names2 = ["project_name", ...columns.map((column) => column.name)].join(", ");
  return `jobs AS (
    SELECT * FROM (VALUES
        (${rows.join("),\n        (")})
    ) AS j (${names2})
)`;
}
function dbtLine(job2, runner2) {
  const select = job2.select.length === 0 ? "" : ` --select ${job2.select.join(" ")}`;
  const line = `${job2.command}${select}${job2.flags === "" ? "" : ` ${job2.flags}`}`;
  return runner2 === "procedure" ? `dbt ${line}` : line;
}
function partsOfTerms(job2) {
  return job2.select.length === 0 ? [0] : job2.select.map((term) => term.split(",").length);
}
function seconds(hours) {
  return String(Math.round(hours * 3600));
}

// src/render/format.ts
var import_sql_formatter = require("sql-formatter");
var dialect = {
  ...import_sql_formatter.snowflake,
  tokenizerOptions: {
    ...import_sql_formatter.snowflake.tokenizerOptions,
    reservedClauses: [
      "WITH",
      "FROM",
      "WHERE",
      "GROUP BY",
      "HAVING",
      "QUALIFY",
      "PARTITION BY",
      "ORDER BY",
      "LIMIT"
    ],
    reservedFunctionNames: [],
    // Scripting's binds; what stands here is never a Snowflake path, which has no colon before a word.
    paramTypes: { custom: [{ regex: ":(?:v_[a-z_]+|PROJECT_NAME)" }] }
  }
};
function formatQuery(sql, { expressionWidth = 100 } = {}) {
  const text2 = (0, import_sql_formatter.formatDialect)(sql, { dialect, tabWidth: 4, keywordCase: "upper", expressionWidth });
  return text2.replace(
    WORD_AND_BRACKET,
    (whole, word) => word === void 0 || KEYWORDS.has(word.toUpperCase()) ? whole : `${word}(`
  ).trim();
}
var WORD_AND_BRACKET = /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|\b([A-Za-z_]\w*) \(/g;
var KEYWORDS = new Set(
  "ALL AND AS BETWEEN BY CASE DISTINCT ELSE EXCEPT EXISTS FROM GROUP HAVING IN INTERSECT IS JOIN LATERAL LIKE NOT ON OR OVER QUALIFY SELECT THEN UNION USING VALUES WHEN WHERE WITH".split(" ")
);

// src/render/decision/compact.ts
var WIDTH = 200;
function compactQuery(sql) {
  const clauses = formatQuery(sql, { expressionWidth: 1e4 }).split(/\n(?=\S)/);
  const [select = "", ...others] = clauses.map(packed);
  return [select, others.join(" ")].join("\n");
}
function packed(clause) {
  const [keyword = "", ...items] = clause.split("\n").map((line) => line.trim());
  const lines = [keyword];
  for (const item of items) {
    const last = lines[lines.length - 1];
    const space = last.endsWith("(") || item.startsWith(")") ? "" : " ";
    if (last.length + item.length < WIDTH) lines[lines.length - 1] = `${last}${space}${item}`;
    else lines.push(`    ${item}`);
  }
  return lines.join("\n");
}

// src/render/decision/query.ts
var SAFE_NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
function chains(deployment2, scope, templates) {
  const { state: state2 } = deployment2;
  if (state2.kind === "execution-history") return historyChains(deployment2, scope, templates);
  const able = abilities(state2);
  return templates.render("decision/chains", {
    ...scope,
    ...able,
    runs: indent(4, canonicalRuns(state2, EVERY_COLUMN, able.selection ? scope.since : null)),
    // A streak is counted over the whole log; where results stand in for a status, all of them are needed for it.
    nodes: indent(8, compactQuery(nodesQuery(state2, able.selection || able.status ? scope.since : null))),
    name: SAFE_NAME,
    ended: state2.runs.endedAt === null ? "t.ended_at" : "r.ended_at",
    state: able.status ? "r.state" : "IFF(t.best = 1 AND t.worst < 3, 'SUCCEEDED', 'FAILED')",
    selections: [.../* @__PURE__ */ new Set(["", ...deployment2.jobs.map((job2) => job2.selection)])].map(literal2).join(", ")
  });
}
var EVERY_COLUMN = [
  "run_id",
  "project_name",
  "command",
  "selection",
  "started_at",
  "ended_at",
  "state",
  "status",
  "tests_failed"
];
function historyChains(deployment2, scope, templates) {
  return templates.render("decision/history-chains", { ...scope, ...projectObject(deployment2) });
}
function projectObject({ runner: runner2 }) {
  if (runner2.kind !== "execute-dbt-project") throw new Error("history needs a dbt project object");
  return runner2.object;
}
function decision(deployment2, scope, templates) {
  const fromLog = deployment2.state.kind === "audit-tables";
  const outcome = templates.render(fromLog ? "decision/outcome" : "decision/history-outcome", {
    now: scope.now,
    name: SAFE_NAME,
    selection: fromLog && abilities(deployment2.state).selection
  });
  return `WITH ${scope.jobs},
${chains(deployment2, scope, templates).trimEnd()},
${outcome.trimEnd()}`;
}
function canonicalRuns(state2, columns, since = null) {
  return compactQuery(
    runsQuery(state2, columns, since === null ? {} : { started_at: (start) => `${start} >= ${since}` })
  );
}
function indent(width, text2) {
  return text2.replace(/^(?=.)/gm, " ".repeat(width));
}

// src/render/notify.ts
function notifyLastRetry(deployment2, templates) {
  const when = "v_word = 'RETRY' AND v_attempt + 1 >= v_max_attempts";
  return notify(deployment2, when, ":v_message", templates);
}
function notifyUnreadable(deployment2, templates) {
  return notify(
    deployment2,
    "v_mode <> 'PLAN'",
    `${symbol("warning")} || ' STATE_UNREADABLE: ' || :v_error`,
    templates
  );
}
function notify({ notification }, when, message, templates) {
  if (notification === null) return "";
  const text2 = `'dbt-auto-restart: ' || :PROJECT_NAME || ' / ' || :v_job || ': ' || ${message}`;
  return templates.render("procedure/notify", { when, send: send(notification, text2) });
}
function send({ integration, kind, recipients }, text2) {
  if (kind === "email") {
    return `SYSTEM$SEND_EMAIL(${literal2(integration)}, ${literal2(recipients.join(", "))}, 'dbt-auto-restart: ' || :PROJECT_NAME, ${text2})`;
  }
  const message = kind === "webhook" ? webhookMessage(text2) : queueMessage(text2);
  return `SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(SNOWFLAKE.NOTIFICATION.${message}, SNOWFLAKE.NOTIFICATION.INTEGRATION(${literal2(integration)}))`;
}
function webhookMessage(text2) {
  const inJson = `TRANSLATE(${text2}, ${literal2('"\\')}, ${literal2("'/")})`;
  return `TEXT_PLAIN(SNOWFLAKE.NOTIFICATION.SANITIZE_WEBHOOK_CONTENT(${inJson}))`;
}
function queueMessage(text2) {
  return `APPLICATION_JSON(TO_JSON(OBJECT_CONSTRUCT('text', ${text2})))`;
}

// src/render/decision/log-lookups.ts
function runsInProgress(log) {
  const running = loggedAsRunning(log);
  if (running === null) return null;
  return compactQuery(runsQuery(log, ["run_id", "started_at"], { ...ofProject(log), status: () => running }));
}
function latestRuns(log) {
  return compactQuery(latestRunsQuery(log, ofProject(log)));
}
function isOfJob(log) {
  const selected = `${normalisedSelection("selection", log)} = :v_selection`;
  return abilities(log).command ? `${ownCommand("LOWER(command)")} AND ${selected}` : selected;
}
function fullRunsOfJob(log) {
  const able = abilities(log);
  const running = able.selection ? loggedAsRunning(log) : null;
  return compactQuery(
    runsQuery(log, ["started_at"], {
      ...ofProject(log),
      ...running === null ? {} : { started_at: (start) => `(NOT ${running} OR ${start} <= DATEADD('second', -:v_stale, :v_now))` },
      ...able.selection && able.command ? { command: ownCommand } : {},
      ...able.selection ? { selection: () => selectionIs(log, ":v_selection") } : {}
    })
  );
}
function ownCommand(command) {
  return `COALESCE(${command}, :v_command) = :v_command`;
}
function resultsOfNodes({ nodes }) {
  const columns = [nodes.runId, nodes.name, nodes.status, nodes.startedAt, nodes.endedAt, nodes.resourceType].filter((column) => column !== null).map(identifier);
  return nodes.tables.map(({ table }) => `SELECT ${columns.join(", ")} FROM ${qualified(table)}`).join(" UNION ALL ");
}
function runsOfCall(log, columns) {
  const able = abilities(log);
  const command = "IFF(:v_word = 'RETRY', :v_retry_command, :v_command)";
  const selected = "IFF(:v_word = 'RETRY', ARRAY_TO_STRING(ARRAY_SORT(STRTOK_TO_ARRAY(:v_selector, ', ')), ','), :v_selection)";
  return compactQuery(
    runsQuery(log, columns, {
      ...ofProject(log),
      started_at: (start) => `${start} >= :v_called`,
      ...able.command ? { command: (logged) => `${logged} = ${command}` } : {},
      ...able.selection ? { selection: (logged) => `${logged} = ${selected}` } : {}
    })
  );
}
function ofProject(log) {
  return abilities(log).project ? { project_name: (project) => `${project} = :PROJECT_NAME` } : {};
}

// src/render/record-failure.ts
function recordFailure(log, templates) {
  if (!log.recordable) return "";
  const { runs } = log;
  const row = newRow(log);
  return templates.render("procedure/record-failure", {
    table: qualified(runs.table),
    runs: indent(8, runsOfCall(log, ["run_id", "state"])),
    runId: identifier(runs.runId),
    set: [
      `${identifier(runs.status)} = ${literal2(log.failedStatus)}`,
      ...runs.endedAt === null ? [] : [
        `${identifier(runs.endedAt)} = COALESCE(${identifier(runs.endedAt)}, ${nowIn(log.zones.endedAt)})`
      ]
    ].join(", "),
    columns: row.map(([column]) => identifier(column)).join(", "),
    values: row.map(([, value]) => value).join(", ")
  });
}
function newRow(log) {
  const { runs, zones: zones2 } = log;
  const row = [
    [runs.runId, "'auto-restart-' || COALESCE(:v_query_id, UUID_STRING())"],
    [runs.startedAt, inZone(":v_called", zones2.startedAt)],
    [runs.endedAt, nowIn(zones2.endedAt)],
    [runs.status, literal2(log.failedStatus)],
    [runs.project, ":PROJECT_NAME"],
    [runs.environment, log.environment === null ? "NULL" : literal2(log.environment)],
    [runs.command, "IFF(:v_word = 'RETRY', :v_retry_command, :v_command)"],
    [
      runs.selection,
      "COALESCE(NULLIF(IFF(:v_word = 'RETRY', REPLACE(:v_selector, ' ', ','), :v_selection), ''), 'all')"
    ]
  ];
  return row.filter((entry) => entry[0] !== null);
}
function nowIn(zone2) {
  return inZone("SYSDATE()", zone2);
}
function inZone(utc2, zone2) {
  return zone2 === "UTC" ? utc2 : `CONVERT_TIMEZONE('UTC', ${literal2(zone2)}, ${utc2})`;
}

// src/render/procedure.ts
function renderProcedure(deployment2, templates) {
  const columns = jobColumns(deployment2);
  const projects = [...new Set(deployment2.jobs.map((job2) => job2.project))];
  const fromLog = deployment2.state.kind === "audit-tables" ? deployment2.state : null;
  return templates.render("procedure", {
    procedure: deployment2.procedure,
    defaultProject: projects.length === 1 ? projects[0] : null,
    comment: `Runs dbt, or restarts it from the point of failure ${unfilledMark(deployment2)}`,
    unknownJob: `No such project and job, or several to choose from. Known: ${knownJobs(deployment2)}`,
    variables: packed2(
      columns.map((column) => `${column.variable} ${column.type};`),
      4
    ).replaceAll(";,", ";"),
    jobColumns: packed2(
      columns.map((column) => column.name),
      8
    ),
    into: packed2(
      columns.map((column) => `:${column.variable}`),
      8
    ),
    jobs: deployment2.jobs.map((job2) => jobRow2(job2, deployment2)),
    tasks: deployment2.jobs.length > 1 ? packed2(callingTasks(deployment2), 12) : "",
    lookAtRuns: indent(12, lookAtRuns(deployment2, templates)),
    readable: fromLog !== null && isGlanced(fromLog) ? resultsOfNodes(fromLog) : "",
    state: indent(16, readState(deployment2, templates)),
    native: deployment2.runner.kind === "execute-dbt-project",
    retryLine: retryLine(deployment2),
    run: indent(12, runDbt(deployment2, templates)),
    unreadable: indent(12, notifyUnreadable(deployment2, templates)),
    afterFailure: indent(12, afterFailure(deployment2, fromLog, templates)),
    afterRun: indent(8, afterRun(deployment2, fromLog, templates))
  }).replace(/\n{2,}/g, "\n").trimEnd();
}
function knownJobs({ jobs: jobs2 }) {
  return jobs2.map((job2) => `${job2.project} / ${job2.name}`).join(", ");
}
function packed2(items, width) {
  const lines = [""];
  for (const item of items) {
    const last = lines[lines.length - 1];
    if (last.length + item.length > 140) lines.push(item);
    else lines[lines.length - 1] = last === "" ? item : `${last}, ${item}`;
  }
  return lines.join(`,
${" ".repeat(width)}`);
}
function callingTasks({ graphs }) {
  return graphs.flatMap((graph) => [graph.root, ...graph.children]).flatMap(
    ({ name, action }) => action.kind === "call" ? [`(${literal2(name.name)}, ${literal2(action.job)})`] : []
  );
}
function readState(deployment2, templates) {
  const { state: state2 } = deployment2;
  const columns = jobColumns(deployment2).filter(({ decides }) => decides === true || decides === state2.kind);
  const scope = {
    now: ":v_now",
    since: state2.kind === "audit-tables" ? ":v_since" : null,
    jobs: `jobs AS (SELECT :PROJECT_NAME AS project_name, ${packed2(
      columns.map((c) => `:${c.variable} AS ${c.name}`),
      4
    )})`
  };
  const decide = templates.render("procedure/decide", { decision: indent(4, decision(deployment2, scope, templates)) }).trimEnd();
  if (state2.kind === "execution-history") return decide;
  const { selection } = abilities(state2);
  return `${templates.render("procedure/look-back", { selection, runs: indent(4, fullRunsOfJob(state2)) })}${decide}`;
}
function lookAtRuns(deployment2, templates) {
  const { state: state2 } = deployment2;
  if (state2.kind === "execution-history") {
    const runs2 = templates.render("procedure/runs-in-history", projectObject(deployment2)).trimEnd();
    return templates.render("procedure/runs-in-progress", { runs: indent(4, runs2) });
  }
  if (isGlanced(state2)) {
    return templates.render("procedure/glance", {
      runs: indent(4, latestRuns(state2)),
      running: isRunning("status", state2),
      succeeded: isSucceeded("status", state2),
      full: isOfJob(state2)
    });
  }
  const runs = runsInProgress(state2);
  return runs === null ? "" : templates.render("procedure/runs-in-progress", { runs: indent(4, runs) });
}
function isGlanced(state2) {
  const { selection, status } = abilities(state2);
  return selection && status;
}
function retryLine({ state: state2, runner: runner2 }) {
  const dbt2 = runner2.kind === "procedure" ? "'dbt ' || " : "";
  const results = state2.kind === "execution-history" ? " || ' --state ./imports/' || v_alias || '/target'" : "";
  return `${dbt2}v_retry_command || ' --select ' || v_selector${results} || v_flags`;
}
function runDbt({ runner: runner2, state: state2 }, templates) {
  if (runner2.kind === "procedure") return `CALL ${runnerProcedure(runner2)}(:PROJECT_NAME, :v_dbt);`;
  return templates.render("procedure/execute-dbt-project", {
    start: `EXECUTE DBT PROJECT ${qualified(runner2.object)}`,
    clauses: versionAndVariables(runner2),
    imports: state2.kind === "execution-history",
    writeback: runner2.writeback === null ? "" : ` WRITEBACK = ${runner2.writeback ? "TRUE" : "FALSE"}`
  }).replace(/\n;/, ";");
}
function versionAndVariables({ dbtVersion, envVars: envVars2 }) {
  const version = dbtVersion === null ? "" : ` DBT_VERSION = ${constant(dbtVersion)}`;
  if (envVars2.length === 0) return version;
  return `${version} ENV_VARS = (${envVars2.map(({ name, value }) => `${constant(name)} = ${constant(value)}`).join(", ")})`;
}
function afterFailure(deployment2, log, templates) {
  return [
    log === null ? historyBlind(deployment2, templates) : recordFailure(log, templates),
    notifyLastRetry(deployment2, templates),
    "v_return := LEFT(v_return || v_note, 2000);",
    "BEGIN CALL SYSTEM$SET_RETURN_VALUE(:v_return); EXCEPTION WHEN OTHER THEN NULL; END;"
  ].join("\n");
}
function afterRun(deployment2, log, templates) {
  if (log === null) return `${historyBlind(deployment2, templates)}
BREAK;`;
  if (!abilities(log).selection) return "BREAK;";
  return `${templates.render("procedure/nothing-selected", { runs: indent(12, runsOfCall(log, ["run_id"])) })}
BREAK;`;
}
function historyBlind(deployment2, templates) {
  return templates.render("procedure/history-blind", projectObject(deployment2));
}

// src/render/load-templates.ts
var import_node_fs = require("node:fs");
var import_node_path = require("node:path");
var import_handlebars = __toESM(require("handlebars"));

// src/render/template-helpers.ts
var HELPERS = {
  identifier: (name) => identifier(name),
  qualified: (name) => qualified(name),
  literal: (text2) => literal2(text2),
  optionalLiteral: (text2) => optionalLiteral(text2),
  constant: (text2) => constant(text2),
  comment: (text2) => comment(text2),
  symbol: (name) => symbol(name)
};

// src/render/load-templates.ts
var COMPILE_OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(Object.keys(HELPERS).map((name) => [name, true]))
};
function compileTemplates(sources) {
  const handlebars = import_handlebars.default.create();
  handlebars.registerHelper(HELPERS);
  handlebars.registerPartial(sources);
  const compiled = /* @__PURE__ */ new Map();
  return {
    render(name, data) {
      const source = sources[name];
      if (source === void 0) throw new Error(`no template is called ${name}`);
      const template = compiled.get(name) ?? handlebars.compile(source, COMPILE_OPTIONS);
      compiled.set(name, template);
      return template(data);
    }
  };
}
function loadTemplates(directory = templatesDirectory(__dirname)) {
  return compileTemplates(readSources(directory));
}
function readSources(directory) {
  const paths = (0, import_node_fs.readdirSync)(directory, { recursive: true, encoding: "utf8" });
  const templates = paths.filter((path) => path.endsWith(".hbs")).sort();
  return Object.fromEntries(
    templates.map((path) => [
      path.slice(0, -".hbs".length).replaceAll("\\", "/"),
      (0, import_node_fs.readFileSync)((0, import_node_path.join)(directory, path), "utf8").replaceAll("\r\n", "\n")
    ])
  );
}
function templatesDirectory(from) {
  if (isThisPackage((0, import_node_path.join)(from, "package.json"))) return (0, import_node_path.join)(from, "templates");
  const parent = (0, import_node_path.dirname)(from);
  if (parent === from) throw new Error("the templates of dbt-auto-restart are not beside its program");
  return templatesDirectory(parent);
}
function isThisPackage(manifest2) {
  try {
    return JSON.parse((0, import_node_fs.readFileSync)(manifest2, "utf8")).name === "dbt-auto-restart";
  } catch {
    return false;
  }
}

// src/render/templates.ts
var defaults;
function defaultTemplates() {
  defaults ??= loadTemplates();
  return defaults;
}

// src/render/view.ts
function renderView(deployment2, templates) {
  const scope = { now: "SYSDATE()", since: null, jobs: everyJob(deployment2) };
  return templates.render("view", {
    view: deployment2.view,
    comment: `What dbt-auto-restart did, run by run; times are UTC ${unfilledMark(deployment2)}`,
    jobs: scope.jobs,
    chains: chains(deployment2, scope, templates).trimEnd(),
    models: deployment2.state.kind === "audit-tables"
  }).trimEnd();
}

// src/render/render.ts
function renderDeployment(deployment2, templates = defaultTemplates()) {
  const procedure = renderProcedure(deployment2, templates);
  const view = renderView(deployment2, templates);
  return assemble(deployment2, { procedure, view }, templates);
}

// test/hostile/check.ts
function placesIn(value, path = []) {
  if (typeof value === "string") return path.at(-1) === "kind" ? [] : [{ path, isKey: false }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    const own = isChosen(path) ? [{ path: place, isKey: true }] : [];
    return [...own, ...placesIn(inner, place)];
  });
}
function isChosen(path) {
  const last = path.at(-1);
  if (path.length === 1) return last === "deployments";
  return ["jobs", "tasks", "grants", "vars", "envVars"].includes(String(last));
}
function withText(config, { path, isKey }, text2) {
  return replaced(config, path, text2, isKey);
}
function replaced(value, [key, ...rest], text2, isKey) {
  if (key === void 0) return text2;
  if (Array.isArray(value))
    return value.map((inner, at) => at === key ? replaced(inner, rest, text2, isKey) : inner);
  const entries = Object.entries(value).map(([name, inner]) => {
    if (name !== key) return [name, inner];
    return rest.length === 0 && isKey ? [text2, inner] : [name, replaced(inner, rest, text2, isKey)];
  });
  return Object.fromEntries(entries);
}
function outcomeOf(config) {
  let deployments;
  try {
    deployments = resolveDeployments(config);
  } catch (error) {
    if (error instanceof ConfigProblems) return { refused: error };
    throw error;
  }
  const [deployment2] = deployments;
  if (deployment2 === void 0) throw new Error("no deployment");
  return { deployment: deployment2, rendered: renderDeployment(deployment2) };
}
function sqlOf({ statements, files }) {
  const texts2 = Object.entries(files).flatMap(([name, text2]) => name.endsWith(".sql") ? [text2] : []);
  return [...statements.map(({ sql }) => sql), ...texts2];
}
function tokensOf(sql) {
  const flat = tokenize(sql).flatMap(
    (token) => token.kind === "dollar" ? [mark(token), ...tokensOf(token.value), mark(token)] : [token]
  );
  return joined(flat);
}
function mark(token) {
  return { ...token, kind: "symbol", text: "$$" };
}
function joined(tokens) {
  const out = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    const character = isCharacter(tokens, at);
    const isText = token.kind === "string" || character;
    const joins = out.at(-1)?.text === "||" && out.at(-2)?.kind === "string" && isText;
    if (joins) out.pop();
    else out.push(character ? { ...token, kind: "string", text: "''" } : token);
    if (character) at += 3;
  }
  return out;
}
function isCharacter(tokens, at) {
  const [word, open, number2, close] = tokens.slice(at, at + 4);
  return word?.value === "CHR" && open?.text === "(" && number2?.kind === "number" && close?.text === ")";
}
function firstDifference(actual, twin) {
  const [tokens, others] = [tokensOf(actual), tokensOf(twin)];
  const at = others.findIndex((other, index) => !isAlike(tokens[index], other));
  if (at >= 0) return `${tokens.slice(at, at + 8).map(({ text: text2 }) => text2).join(" ")} instead of ${others.slice(at, at + 8).map(({ text: text2 }) => text2).join(" ")}`;
  return tokens.length === others.length ? null : `${tokens.length} tokens instead of ${others.length}`;
}
function isAlike(token, other) {
  if (token === void 0) return false;
  if (token.kind === other.kind && token.text === other.text) return true;
  if (other.kind === "string") return token.kind === "string";
  return isName(token) && isName(other);
}
function isName({ kind, value }) {
  return kind === "quoted" || kind === "word" && !RESERVED_WORDS.has(value);
}

// test/hostile/random.ts
function randomOf(seed) {
  let state2 = seed >>> 0;
  return () => {
    state2 = state2 + 1831565813 >>> 0;
    let mixed = Math.imul(state2 ^ state2 >>> 15, 1 | state2);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}
function one(list, random) {
  return list[Math.floor(random() * list.length)];
}
var PIECES = ["'", '"', "\\", "$", "$$", "&", "<%", "{{", "{%", "--", "/*", ";", "\n", "	", "\0", " ", "a", "B", "_", ".", "+", ":x", "?", "`", "|", "<b>", "\xE9", "\u{1F950}", "\u202E", "%", "#", "@", "(", ")", ",", "0", "x41"];
function hostileText(random) {
  if (random() < 0.3) return one(HOSTILE, random);
  const text2 = Array.from({ length: 1 + Math.floor(random() * 8) }, () => one(PIECES, random)).join("");
  return random() < 0.4 ? `"${text2.replaceAll('"', '""')}"` : text2;
}
function junk(random) {
  const cyclic = [];
  cyclic.push(cyclic);
  const thrower = { get x() {
    throw new Error("no");
  } };
  return one(
    [
      ...[null, void 0, true, 0, -1, 1.5, 1e21, 1e-9, Number.NaN, Infinity, -0, 10n, /* @__PURE__ */ Symbol("s"), () => 1, [], {}],
      ...[[[]], [null], /* @__PURE__ */ new Date(0), /* @__PURE__ */ new Map(), /* @__PURE__ */ new Set([1]), /x/, new Error("x"), Promise.resolve(1), cyclic, thrower],
      ...[/* @__PURE__ */ Object.create({ a: 1 }), JSON.parse('{"__proto__": {"a": 1}}'), { kind: "cron" }, { toString: 1 }, "x", ["x"]],
      ...[new Proxy({}, { ownKeys: () => {
        throw new Error("no");
      } }), new Proxy([], {}), Object.assign([1], { a: 1 })]
    ],
    random
  );
}
function allPaths(value, path = []) {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) => allPaths(each, [...path, Array.isArray(value) ? Number(key) : key]));
  return [path, ...inner];
}
function withValue(value, [key, ...rest], replacement) {
  if (key === void 0) return replacement;
  if (Array.isArray(value)) return value.map((each, at) => at === key ? withValue(each, rest, replacement) : each);
  return {
    ...value,
    [key]: withValue(value[key], rest, replacement)
  };
}
function bases() {
  return CONFIGS.map((config) => {
    const outcome = outcomeOf(config);
    if ("refused" in outcome) throw outcome.refused;
    const places = placesIn(config).filter(({ path }) => path.at(-1) !== "project");
    return { config, places, paths: allPaths(config), sql: sqlOf(outcome.rendered) };
  });
}
function tryOne(seed, from) {
  const random = randomOf(seed);
  const base = one(from, random);
  const isJunk = random() < 0.4;
  const place = one(base.places, random);
  const text2 = hostileText(random);
  const isTerms = ["select", "exclude"].includes(String(place.path.at(-2)));
  const config = isJunk ? withValue(base.config, one(base.paths, random), junk(random)) : withText(base.config, place, isTerms ? text2.replace(/\s+/g, "") : text2);
  try {
    const outcome = outcomeOf(config);
    if ("refused" in outcome) {
      const lost = outcome.refused.problems.filter(({ where }) => where === "");
      return { kind: "refused", fault: lost.length === 0 || isJunk ? null : `no path: ${lost[0]?.message}` };
    }
    const sql = sqlOf(outcome.rendered);
    if (isJunk) return { kind: "taken", fault: null };
    if (sql.length !== base.sql.length) return { kind: "taken", fault: "another number of statements" };
    const differences = sql.flatMap((each, at) => firstDifference(each, base.sql[at]) ?? []);
    return { kind: "taken", fault: differences[0] ?? null };
  } catch (error) {
    return { kind: "taken", fault: `internal: ${error.stack ?? String(error)}` };
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  bases,
  tryOne
});
