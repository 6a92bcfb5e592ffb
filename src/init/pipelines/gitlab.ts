/** `.gitlab-ci.yml`. */
export const GITLAB = `# Merge request: what would change. Merge: applied. Schedule: has somebody changed the account by hand?
# No secret is stored: each job shows Snowflake the ID token that GitLab made for it (docs/pipelines.md of dbt-auto-restart).
stages: [check, plan, apply, drift]

default:
  image: node:22
  before_script:
    - npm ci
  id_tokens:
    SNOWFLAKE_TOKEN:
      aud: snowflakecomputing.com

variables:
  SNOWFLAKE_AUTHENTICATOR: WORKLOAD_IDENTITY
  SNOWFLAKE_WORKLOAD_IDENTITY_PROVIDER: OIDC
  SNOWFLAKE_CONNECTIONS_{{CONNECTION}}_ACCOUNT: {{ACCOUNT}}
  SNOWFLAKE_CONNECTIONS_{{CONNECTION}}_ROLE: {{ROLE}}

check:
  stage: check
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" || $CI_PIPELINE_SOURCE == "push"
  script:
    - npx dbt-auto-restart generate --check
    - npx dbt-auto-restart rehearse

plan:
  stage: plan
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - npx dbt-auto-restart plan{{FLAG}}

apply:
  stage: apply
  environment: snowflake
  resource_group: dbt-auto-restart
  rules:
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - npx dbt-auto-restart apply{{FLAG}} --yes

drift:
  stage: drift
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - npx dbt-auto-restart plan{{FLAG}} --check
`;
