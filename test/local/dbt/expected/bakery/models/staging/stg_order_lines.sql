select * from {{ source('till','order-lines') }}
