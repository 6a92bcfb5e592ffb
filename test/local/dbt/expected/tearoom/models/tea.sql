select * from {{ ref('cups') }}
