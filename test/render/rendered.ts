import type { Deployment } from '../../src/model/deployment';
import { assemble } from '../../src/render/assemble';
import { COMMENT_MARK } from '../../src/render/fingerprint';
import { qualified } from '../../src/render/sql-text';
import type { RenderedDeployment } from '../../src/render/statement';
import { defaultTemplates } from '../../src/render/templates';

/** A deployment around a small procedure and view, so that these tests are about everything else. */
export function renderAround(deployment: Deployment): RenderedDeployment {
  const objects = {
    procedure: `CREATE OR REPLACE PROCEDURE ${qualified(deployment.procedure)}(PROJECT_NAME VARCHAR)
    COPY GRANTS
    RETURNS VARCHAR
    LANGUAGE SQL
    COMMENT = 'Restarts dbt ${COMMENT_MARK}'
    EXECUTE AS CALLER
AS $$
BEGIN
    RETURN PROJECT_NAME;
END;
$$`,
    view: `CREATE OR REPLACE VIEW ${qualified(deployment.view)}
    COPY GRANTS
    COMMENT = 'Runs ${COMMENT_MARK}'
AS
SELECT 'loaf' AS run_id`,
  };
  return assemble(deployment, objects, defaultTemplates());
}
