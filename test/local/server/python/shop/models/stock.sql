select id, flour from {{ ref('flours') }}
