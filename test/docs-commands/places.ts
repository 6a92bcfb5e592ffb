/** Where each documented command makes sense, in the order of a project's life, and how it ends there. */
import type { Project } from './projects';
import type { Typed } from './typed';

export interface Place extends Typed {
  /** As the documents have it. */
  line: string;
  project: Project;
  /** @default 0 */
  code?: number;
  /** What is found in what it says. */
  says?: RegExp;
  /** What is typed instead, where the line has placeholders or a port that may be taken. */
  as?: string[];
  /** What happened in the account before. */
  before?: string[];
}

const inTerminal = true;
const endedOnceItSays = 'listening on http://127.0.0.1:';

/** The build of the day, of which one model fails; a task's failure is none of the statement that starts it. */
const A_FAILED_BUILD = [
  "SELECT SYSTEM$LOCAL_DBT_FAIL('bakery', 'dough', 1)",
  'EXECUTE TASK BAKERY.O2C_AUDIT.DAILY_BUILD',
  'SELECT SYSTEM$LOCAL_ADVANCE(600)',
];

const A_DEAD_RUN = [
  `INSERT INTO BAKERY.O2C_AUDIT.DBT_RUN_LOG (RUN_ID, PROJECT_NAME, ENVIRONMENT, RUN_STARTED_AT, RUN_STATUS, RUN_COMMAND)
     SELECT 'dead-1', 'bakery', 'prod', DATEADD(HOUR, -9, SYSDATE()), 'RUNNING', 'build'`,
];

const IN_A_NEW_FOLDER: Omit<Place, 'project'>[] = [
  { line: 'init', inTerminal, says: /auto-restart\.config\.ts/ },
  { line: 'init --from-account --connection prod', says: /auto-restart\.config\.ts/ },
  {
    line: 'init --from-account --connection NAME',
    as: ['init --from-account --connection dev'],
    says: /auto-restart\.config\.ts/,
  },
  { line: 'local', endedOnceItSays },
  { line: 'local --port 8090', as: ['local --port 0'], endedOnceItSays },
];

const IN_A_PROJECT: Omit<Place, 'project'>[] = [
  { line: 'generate', says: /generated/ },
  { line: 'generate --check' },
  { line: 'diff --base origin/main', says: /bakery/ },
  { line: 'rehearse', says: /ok +2-retry-after-failure/ },
  { line: 'rehearse 2-retry-after-failure', says: /ok +2-retry-after-failure/ },
  { line: 'rehearse --html rehearsals.html' },
  { line: 'rehearse --manifest target/manifest.json', says: /all as expected/ },
  { line: 'explain JOB|TASK', as: ['explain daily', 'explain DAILY_BUILD'], says: /dbt build of bakery/ },
  { line: 'explain TASK', as: ['explain HEAL_LATER'], says: /retry-only/ },
  { line: 'rehearse [name...]', as: ['rehearse', 'rehearse 2-retry-after-failure'], says: /all as expected/ },
  {
    line: 'completion [SHELL]',
    as: ['completion', 'completion bash', 'completion zsh'],
    says: /rehearse|complet/,
  },
  { line: 'apply --connection local', says: /bakery/ },
  { line: 'plan', says: /create/ },
  { line: 'plan --out plan.json', says: /create/ },
  { line: 'apply --plan plan.json', inTerminal },
  { line: 'apply', inTerminal, says: /nothing to do/ },
  { line: 'apply --connection prod --yes', says: /nothing to do/ },
  { line: 'status', before: A_FAILED_BUILD, says: /daily +failed/ },
  { line: 'explain daily --now', says: /dough/ },
  { line: 'explain JOB --now', as: ['explain daily --now'], says: /dough/ },
  { line: 'heal daily', inTerminal, says: /RETRY #1: .*dough/ },
  { line: 'force-full JOB', as: ['force-full daily'], inTerminal, says: /FULL BUILD/ },
  { line: 'heal JOB', as: ['heal daily'], inTerminal, says: /NOTHING TO RETRY/ },
  { line: 'pause TASK', as: ['pause DAILY_BUILD'], inTerminal, says: /SUSPEND/ },
  { line: 'resume TASK', as: ['resume DAILY_BUILD'], inTerminal, says: /RESUME/ },
  { line: 'report --html restarts.html' },
  { line: 'backtest --since 90d', says: /as configured/ },
  { line: 'backtest --since 365d --save log.json', says: /log\.json/ },
  { line: 'backtest --log log.json --policy policies.ts --html backtest.html', says: /five attempts/ },
  { line: 'doctor', says: /bakery: nothing is wrong|0 errors|1 warning/ },
  { line: 'doctor --connection prod' },
  { line: 'doctor --json' },
  { line: 'doctor --probe --schema SCRATCH_DB.SCRATCH', inTerminal, says: /two-creates/ },
  {
    line: 'doctor --probe --schema SCRATCH_DB.SCRATCH --reader SOME_ROLE --json > probe.json',
    inTerminal,
  },
  {
    line: 'doctor --probe --schema ... --script',
    as: ['doctor --probe --schema SCRATCH_DB.SCRATCH --script'],
    says: /AUTO_RESTART_PROBE_/,
  },
  { line: 'abandon RUN', as: ['abandon dead-1'], before: A_DEAD_RUN, inTerminal, says: /dead-1/ },
  { line: 'destroy --allow DROP', inTerminal, says: /left as they are/ },
];

const IN_DEV_AND_PROD: Omit<Place, 'project'>[] = [
  { line: 'generate', says: /generated/ },
  { line: 'rehearse --env prod', says: /ok +2-retry-after-failure/ },
  { line: 'plan --env dev', says: /EDW_DEV/ },
  { line: 'plan --env dev --markdown', says: /EDW_DEV/ },
  { line: 'apply --env dev --yes', says: /EDW_DEV/ },
  { line: 'plan --env prod', says: /create/ },
  { line: 'plan --env prod --check', code: 3, says: /create/ },
  { line: 'plan --env prod --markdown', says: /create/ },
  { line: 'plan --env prod --out plan.json' },
  { line: 'apply --env prod --plan plan.json --yes' },
  { line: 'apply --env prod', inTerminal, says: /nothing to do/ },
  { line: 'apply --env prod --yes', says: /nothing to do/ },
  { line: 'apply --env NAME', as: ['apply --env dev'], inTerminal, says: /nothing to do/ },
  { line: 'destroy --env NAME --allow DROP', as: ['destroy --env dev --allow DROP'], inTerminal },
];

const within = (project: Project, places: Omit<Place, 'project'>[]): Place[] =>
  places.map((place) => ({ project, ...place }));

export const PLACES: Place[] = [
  ...within('new', IN_A_NEW_FOLDER),
  ...within('one', IN_A_PROJECT),
  ...within('environments', IN_DEV_AND_PROD),
];
