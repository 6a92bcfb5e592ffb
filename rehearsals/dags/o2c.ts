/**
 * The order-to-cash warehouse that the rehearsals run: 25 models of about ten seconds. `dm_o2c_reconciliation` is the
 * fifteenth in run order; five models depend on it, so its failure is healed by six models instead of 25.
 */
import type { ShortDag } from 'dbt-auto-restart';

type ShortNode = ShortDag['nodes'][number];

const staging = (name: string, more: Partial<ShortNode> = {}): ShortNode => ({
  name,
  path: `models/staging/${name}.sql`,
  materialized: 'view',
  seconds: 10,
  ...more,
});

const mart = (name: string, dependsOn: string[], more: Partial<ShortNode> = {}): ShortNode => ({
  name,
  dependsOn,
  path: `models/marts/${name}.sql`,
  seconds: 10,
  ...more,
});

const aggregate = (name: string, dependsOn: string[], more: Partial<ShortNode> = {}): ShortNode => ({
  ...mart(name, dependsOn, more),
  path: `models/aggregates/${name}.sql`,
});

export const o2cDag: ShortDag = {
  project: 'dbt_o2c_enhanced',
  version: '1.0.0',
  nodes: [
    staging('stg_customers', { tests: ['unique_stg_customers_customer_id'] }),
    staging('stg_products'),
    staging('stg_orders', { tests: ['not_null_stg_orders_order_id'] }),
    staging('stg_order_lines'),
    staging('stg_invoices'),
    staging('stg_payments'),
    staging('stg_shipments'),
    staging('stg_currency_rates'),
    mart('dm_o2c_customers', ['stg_customers']),
    mart('dm_o2c_products', ['stg_products']),
    mart('dm_o2c_orders', ['stg_orders', 'stg_order_lines', 'dm_o2c_customers'], {
      tags: ['merge'],
      materialized: 'incremental',
    }),
    mart('dm_o2c_invoices', ['stg_invoices', 'stg_currency_rates'], {
      tags: ['merge'],
      materialized: 'incremental',
    }),
    mart('dm_o2c_payments', ['stg_payments', 'stg_currency_rates'], {
      tags: ['append_only'],
      materialized: 'incremental',
    }),
    mart('dm_o2c_shipments', ['stg_shipments', 'dm_o2c_orders'], {
      tags: ['append_only'],
      materialized: 'incremental',
    }),
    mart('dm_o2c_reconciliation', ['dm_o2c_orders', 'dm_o2c_invoices', 'dm_o2c_payments'], {
      tags: ['merge'],
      materialized: 'incremental',
      tests: [{ name: 'assert_reconciliation_balances', severity: 'warn' }],
    }),
    aggregate('agg_o2c_by_customer', ['dm_o2c_reconciliation', 'dm_o2c_customers'], {
      tests: ['unique_agg_o2c_by_customer_customer_id'],
    }),
    aggregate('agg_o2c_by_product', ['dm_o2c_orders', 'dm_o2c_products']),
    aggregate('agg_o2c_by_period', ['dm_o2c_reconciliation']),
    aggregate('agg_o2c_cash_position', ['dm_o2c_payments']),
    aggregate('agg_o2c_open_items', ['dm_o2c_reconciliation']),
    aggregate('agg_o2c_shipping_delays', ['dm_o2c_shipments']),
    aggregate('agg_o2c_dunning', ['agg_o2c_open_items']),
    aggregate('agg_o2c_currency_exposure', ['dm_o2c_invoices', 'dm_o2c_payments']),
    aggregate('agg_o2c_kpis', ['agg_o2c_by_customer', 'agg_o2c_by_period']),
    aggregate('agg_o2c_order_backlog', ['dm_o2c_orders', 'dm_o2c_shipments']),
  ],
};
