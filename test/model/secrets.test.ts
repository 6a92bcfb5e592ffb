/** A secret in a config is refused, for every value stands in the generated SQL; with a way to say "this is none". */
import { cron, dbt, executeDbtProject } from '../../src/config/define';
import { showValue } from '../../src/config/problems';
import { isSecretName, secretIn } from '../../src/config/secret-shapes';
import type { DbtCommand, DeploymentConfig } from '../../src/config/types';
import { bakery, hintsOf, nativeBakery, problemsOf } from './bakery';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJiYWtlciJ9.c2lnbmF0dXJl'; // no real one: of nobody, signed by nobody
const KEY = ['-----BEGIN', 'PRIVATE KEY-----\nMIIB\n-----END'].join(' ');

function withDbt(command: DbtCommand, changes: Partial<DeploymentConfig> = {}): DeploymentConfig {
  return bakery({ jobs: { bread: { project: 'bakery', dbt: command } }, tasks: {}, ...changes });
}

function places(config: DeploymentConfig): string[] {
  return problemsOf(config).map((text) => text.replace(/: .*/s, ''));
}

describe('names', () => {
  it.each([
    'token', 'api_token', 'apiToken', 'DBT_ENV_SECRET_GIT', 'password', 'db-password', 'mypassword', 'passphrase',
    'pwd', 'api_key', 'apikey', 'apiKey', 'private_key', 'access_key_1', 'client_secret', 'credentials', 'pat', 'jwt',
    'accessToken', 'GIT_PAT', 'shared_key',
  ])('%s is that of a secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  }); // prettier-ignore

  it.each([
    'surrogate_key_treat_nulls_as_empty_strings', 'primary_key', 'tokenizer', 'token_count', 'password_column', 'path',
    'pattern', 'keyboard', 'monkey', 'start_date', 'patience', 'compat', 'max_tokens_limit',
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false);
  }); // prettier-ignore

  it('of numbers are fewer', () => {
    expect([isSecretName('max_tokens', 'number'), isSecretName('password', 'number')]).toEqual([false, true]);
  });
});

describe('shapes', () => {
  it.each([
    [JWT, 'a JSON web token'],
    [KEY, 'a private key'],
    [`AKIA${'ABCDEFGH12345678'}`, 'an AWS access key'],
    [`ghp_${'a1B2'.repeat(9)}`, 'a GitHub token'],
    [`glpat-${'a1B2c3D4e5F6g7H8'}`, 'a GitLab token'],
    [`xoxb-${'123456789012'}-abc`, 'a Slack token'],
    [`https://baker:${'flour12'}@example.com/repo.git`, 'a password in an address'],
    [`Authorization: Bearer ${'abcdef0123456789abcdef'}`, 'an authorization header'],
    [`Server=oven;Password=${'fl0ur!!'};`, 'a password'],
    [`api_key: ${'q1w2e3r4'}`, 'a password'],
  ])('%s holds %s', (text, what) => {
    expect(secretIn(text)).toBe(what);
  });

  it.each([
    'Daily build, see https://wiki.example.com/bread?page=2',
    'token: rotated every month',
    'Basic transformations of the reporting-layer-models',
    'ask baker@example.com for the password',
    'tag:eyJ path:models/marts',
    'a-b-c-d-e-f-0123456789-0123456789-0123456789',
  ])('%s holds none', (text) => {
    expect(secretIn(text)).toBeNull();
  });
});

describe('a config', () => {
  it('with one in vars is refused with its path, at any depth, and without its value', () => {
    const config = withDbt({
      vars: {
        api_token: 'sesame',
        db: { user: 'baker', password: 'sesame', ports: [1, 2] },
        tokens: ['sesame'],
      },
    });
    expect(problemsOf(config)).toEqual([
      'jobs.bread.dbt.vars.api_token: "api_token" looks like a secret, and the values stand in the generated SQL',
      'jobs.bread.dbt.vars.db.password: "password" looks like a secret, and the values stand in the generated SQL',
      'jobs.bread.dbt.vars.tokens[0]: "tokens" looks like a secret, and the values stand in the generated SQL',
    ]);
    expect(JSON.stringify([problemsOf(config), hintsOf(config)])).not.toContain('sesame');
  });

  it('with one in a flag, a plain run, a comment, an environment variable or a key is refused', () => {
    const tasks = {
      BAKE: {
        run: dbt('bakery', { vars: { secret: 'x' }, flags: ['--api-key=x'] }),
        schedule: cron('0 4 * * *'),
      },
      SELL: { job: 'bread', after: ['BAKE'], comment: `call with ${JWT}` },
    };
    const jobs = { bread: { project: 'bakery', dbt: { flags: ['--token', 'x'], vars: { [JWT]: 1 } } } };
    expect(places(bakery({ jobs, tasks }))).toEqual([
      'jobs.bread.dbt.flags[0]',
      'jobs.bread.dbt.vars',
      'tasks.BAKE.run.dbt.vars.secret',
      'tasks.BAKE.run.dbt.flags[0]',
      'tasks.SELL.comment',
    ]);
    const runner = executeDbtProject({ object: 'X', envVars: { DBT_HOST: JWT, DBT_API_KEY: 'x' } });
    expect(places(nativeBakery({ runner }))).toEqual([
      'runner.envVars.DBT_HOST',
      'runner.envVars.DBT_API_KEY',
    ]);
  });

  it('may say that it is none: by its name, or by its place', () => {
    const config = withDbt(
      { vars: { token: 'daily', db: { password: '' } }, flags: ['--token-file=x'] },
      { notSecret: ['token', 'tasks.BAKE.comment'] },
    );
    config.tasks = { BAKE: { job: 'bread', schedule: cron('0 4 * * *'), comment: `like ${JWT}` } };
    expect(problemsOf(config)).toEqual([]);
  });

  it('may not say it of what looks like none', () => {
    expect(problemsOf(withDbt({}, { notSecret: ['tokn'] }))).toEqual([
      'notSecret[0]: "tokn" names nothing that looks like a secret',
    ]);
  });

  it('says with the problem what to write if it is none', () => {
    expect(hintsOf(withDbt({ vars: { token: 'daily' } }))).toEqual([
      'give dbt the secret in Snowflake, not in this config; if it is none: notSecret: ["token"]',
    ]);
  });
});

it('an error shows no value that looks like a secret', () => {
  expect(showValue(`prod ${JWT}`)).toBe('(it looks like a secret and is not shown)');
});
