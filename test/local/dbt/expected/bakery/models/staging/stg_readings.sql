{{ config(tags=['iot']) }} select * from {{ source('ovens','readings') }}
