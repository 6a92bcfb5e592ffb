import type { Grant } from '../../src/model/deployment';
import { renderGrants } from '../../src/render/grants';
import { deployment as bread } from './golden/bread/deployment';

const one = { ...bread, graphs: bread.graphs.slice(0, 1) };
const grantsOf = (...grants: Grant[]) => renderGrants({ ...one, grants }, 'grants.sql').map(({ sql }) => sql);

describe('grants', () => {
  it('call: the way to the procedure, with its argument types, and the views it reads', () => {
    expect(grantsOf({ role: 'CALLER', kinds: ['call'] })).toEqual([
      'GRANT USAGE ON DATABASE BAKERY TO ROLE CALLER',
      'GRANT USAGE ON SCHEMA BAKERY.OVEN TO ROLE CALLER',
      'GRANT USAGE ON PROCEDURE BAKERY.OVEN.RUN_DBT_AUTO_RESTART(VARCHAR, NUMBER, VARCHAR, VARCHAR) TO ROLE CALLER',
      'GRANT SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_JOBS TO ROLE CALLER',
      'GRANT SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_RUNS TO ROLE CALLER',
      'GRANT SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_NODES TO ROLE CALLER',
      'GRANT SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_STATE TO ROLE CALLER',
    ]);
  });

  it('read: the views and every task, children too', () => {
    expect(grantsOf({ role: 'READER', kinds: ['read'] })).toEqual([
      'GRANT USAGE ON DATABASE BAKERY TO ROLE READER',
      'GRANT USAGE ON SCHEMA BAKERY.OVEN TO ROLE READER',
      'GRANT SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_JOBS TO ROLE READER',
      'GRANT SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_RUNS TO ROLE READER',
      'GRANT SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_NODES TO ROLE READER',
      'GRANT SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_HISTORY TO ROLE READER',
      'GRANT SELECT ON VIEW BAKERY.OVEN.V_AUTO_RESTART_STATE TO ROLE READER',
      'GRANT MONITOR ON TASK BAKERY.OVEN.BREAD_DAILY_BUILD TO ROLE READER',
      'GRANT MONITOR ON TASK BAKERY.OVEN.BREAD_POST_BUILD_TESTS TO ROLE READER',
    ]);
  });

  it('operate: the tasks', () => {
    expect(grantsOf({ role: 'OPERATOR', kinds: ['operate'] })).toEqual([
      'GRANT USAGE ON DATABASE BAKERY TO ROLE OPERATOR',
      'GRANT USAGE ON SCHEMA BAKERY.OVEN TO ROLE OPERATOR',
      'GRANT OPERATE ON TASK BAKERY.OVEN.BREAD_DAILY_BUILD TO ROLE OPERATOR',
      'GRANT OPERATE ON TASK BAKERY.OVEN.BREAD_POST_BUILD_TESTS TO ROLE OPERATOR',
    ]);
  });

  it('say each thing once for a role, and to every role', () => {
    const all = grantsOf(
      { role: 'A', kinds: ['call', 'read', 'operate'] },
      { role: 'B', kinds: ['call', 'read', 'operate'] },
    );
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((sql) => sql.startsWith('GRANT USAGE ON DATABASE'))).toHaveLength(2);
  });

  it('give no role anything when there are none', () => {
    expect(grantsOf()).toEqual([]);
  });
});
