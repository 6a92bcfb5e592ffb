{% macro make_bakery() %}{% do run_query('create database if not exists bakery') %}{% endmacro %}
