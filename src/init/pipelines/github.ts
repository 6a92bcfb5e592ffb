/** `.github/workflows/dbt-auto-restart.yml`. */
export const GITHUB = `# Pull request: what would change, as a comment. Merge: applied. Every night: has somebody changed the account by hand?
# No secret is stored: each job shows Snowflake the ID token that GitHub made for it (docs/pipelines.md of dbt-auto-restart).
name: dbt-auto-restart

on:
  pull_request:
  push:
    branches: [main]
  schedule:
    - cron: '0 5 * * *'

permissions:
  contents: read
  id-token: write
  pull-requests: write

concurrency:
  group: dbt-auto-restart-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

env:
  SNOWFLAKE_AUTHENTICATOR: WORKLOAD_IDENTITY
  SNOWFLAKE_WORKLOAD_IDENTITY_PROVIDER: OIDC
  SNOWFLAKE_CONNECTIONS_{{CONNECTION}}_ACCOUNT: {{ACCOUNT}}
  SNOWFLAKE_CONNECTIONS_{{CONNECTION}}_ROLE: {{ROLE}}

jobs:
  check:
    if: github.event_name != 'schedule'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22, cache: npm }
      - run: npm ci
      - run: npx dbt-auto-restart generate --check
      - run: npx dbt-auto-restart rehearse

  plan:
    # A fork gets no ID token, and should get none.
    if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
    needs: check
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22, cache: npm }
      - run: npm ci
      - run: npx dbt-auto-restart plan{{FLAG}} --markdown > plan.md
      - run: gh pr comment "$PULL_REQUEST" --body-file plan.md --edit-last --create-if-none
        env:
          GH_TOKEN: \${{ github.token }}
          PULL_REQUEST: \${{ github.event.pull_request.number }}

  apply:
    if: github.event_name == 'push'
    needs: check
    runs-on: ubuntu-latest
    environment: snowflake
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22, cache: npm }
      - run: npm ci
      - run: npx dbt-auto-restart apply{{FLAG}} --yes

  drift:
    if: github.event_name == 'schedule'
    runs-on: ubuntu-latest
    environment: snowflake
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22, cache: npm }
      - run: npm ci
      - run: npx dbt-auto-restart plan{{FLAG}} --check
`;
