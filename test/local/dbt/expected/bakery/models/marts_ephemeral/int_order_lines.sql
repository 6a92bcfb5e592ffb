select * from {{ ref('stg_orders') }} join {{ ref('stg_order_lines') }} using (id)
