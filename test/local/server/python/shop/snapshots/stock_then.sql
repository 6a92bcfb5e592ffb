{% snapshot stock_then %}
{{ config(target_schema='OVEN', unique_key='id', strategy='check', check_cols='all') }}
select * from {{ ref('stock') }}
{% endsnapshot %}
