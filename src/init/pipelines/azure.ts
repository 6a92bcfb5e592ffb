/** `azure-pipelines.yml`. */
const LOGGED_IN = (indent: string, command: string): string =>
  [
    '- task: AzureCLI@2',
    '  inputs:',
    '    azureSubscription: snowflake',
    '    addSpnToEnvironment: true',
    '    scriptType: bash',
    '    scriptLocation: inlineScript',
    '    inlineScript: |',
    '      export SNOWFLAKE_TOKEN="$idToken"',
    `      ${command}`,
  ]
    .map((line) => `${indent}${line}`)
    .join('\n');

const INSTALLED = (indent: string): string =>
  ['- task: UseNode@1', '  inputs: { version: 22.x }', '- script: npm ci']
    .map((line) => `${indent}${line}`)
    .join('\n');

const IN_A_JOB = ' '.repeat(10);
const IN_A_DEPLOYMENT = ' '.repeat(16);

export const AZURE = `# Pull request: what would change. Merge: applied. Every night: has somebody changed the account by hand?
# No secret is stored: the service connection \`snowflake\` is of the kind workload identity federation
# (docs/pipelines.md of dbt-auto-restart).
trigger:
  branches: { include: [main] }

schedules:
  - cron: '0 5 * * *'
    displayName: drift
    branches: { include: [main] }
    always: true

pool: { vmImage: ubuntu-latest }

variables:
  SNOWFLAKE_AUTHENTICATOR: WORKLOAD_IDENTITY
  SNOWFLAKE_WORKLOAD_IDENTITY_PROVIDER: OIDC
  SNOWFLAKE_CONNECTIONS_{{CONNECTION}}_ACCOUNT: {{ACCOUNT}}
  SNOWFLAKE_CONNECTIONS_{{CONNECTION}}_ROLE: {{ROLE}}

stages:
  - stage: check
    condition: ne(variables['Build.Reason'], 'Schedule')
    jobs:
      - job: check
        steps:
${INSTALLED(IN_A_JOB)}
          - script: |
              npx dbt-auto-restart generate --check
              npx dbt-auto-restart rehearse

  - stage: plan
    dependsOn: check
    condition: and(succeeded(), eq(variables['Build.Reason'], 'PullRequest'))
    jobs:
      - job: plan
        steps:
${INSTALLED(IN_A_JOB)}
${LOGGED_IN(IN_A_JOB, 'npx dbt-auto-restart plan{{FLAG}}')}

  - stage: apply
    dependsOn: check
    condition: and(succeeded(), in(variables['Build.Reason'], 'IndividualCI', 'BatchedCI'))
    lockBehavior: sequential
    jobs:
      - deployment: apply
        environment: snowflake
        strategy:
          runOnce:
            deploy:
              steps:
                - checkout: self
${INSTALLED(IN_A_DEPLOYMENT)}
${LOGGED_IN(IN_A_DEPLOYMENT, 'npx dbt-auto-restart apply{{FLAG}} --yes')}

  - stage: drift
    dependsOn: []
    condition: eq(variables['Build.Reason'], 'Schedule')
    jobs:
      - job: drift
        steps:
${INSTALLED(IN_A_JOB)}
${LOGGED_IN(IN_A_JOB, 'npx dbt-auto-restart plan{{FLAG}} --check')}
`;
