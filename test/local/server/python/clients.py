"""Python's connector and SQLAlchemy against the local Snowflake. Prints a line for each thing that holds."""
import datetime
import decimal
import time

import snowflake.connector
from served import local_snowflake
from snowflake.connector.errors import DatabaseError, ProgrammingError
from sqlalchemy import Column, Integer, MetaData, Sequence, String, Table, create_engine, inspect, select

snowflake.connector.paramstyle = "qmark"


def check(what, actual, expected):
    assert actual == expected, f"{what}: {actual!r}, not {expected!r}"
    print(f"ok  {what}")


def fails(what, action, number):
    try:
        action()
    except (ProgrammingError, DatabaseError) as error:
        return check(what, error.errno, number)
    raise AssertionError(f"{what}: no error")


def connect(port, **more):
    names = {"account": "bakery", "user": "baker", "password": "any", "host": "127.0.0.1", "protocol": "http"}
    return snowflake.connector.connect(port=port, **names, **more)


def connector(port):
    with connect(port) as setup:
        setup.cursor().execute("CREATE DATABASE BAKERY")
        setup.cursor().execute("CREATE SCHEMA BAKERY.OVEN")
    connection = connect(port, database="BAKERY", schema="OVEN")
    cursor = connection.cursor()
    now = datetime.datetime(2026, 1, 2, 3, 4, 5, 678000)

    values = (1, "it's", None, 1.5, True, decimal.Decimal("1.25"), now.date(), now, now.time())
    check("binds of every kind", cursor.execute("SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?", values).fetchone(), values)
    check("numbered binds", cursor.execute("SELECT :2, :1", (1, "b")).fetchone(), ("b", 1))

    cursor.execute("CREATE TABLE LOAVES (ID NUMBER, FLOUR VARCHAR, AT TIMESTAMP_NTZ)")
    rows = [(number, f"flour {number}", now) for number in range(70_000)]
    started = time.time()
    cursor.executemany("INSERT INTO LOAVES VALUES (?, ?, ?)", rows)
    check("executemany counts its rows", cursor.rowcount, 70_000)
    check("executemany sends arrays, not rows", time.time() - started < 60, True)
    check("all rows come back", len(cursor.execute("SELECT * FROM LOAVES").fetchall()), 70_000)
    bad = [(1, "rye", now), ("no number", "rye", now)]
    fails("a bad row among many fails", lambda: cursor.executemany("INSERT INTO LOAVES VALUES (?, ?, ?)", bad), 100038)
    check("and leaves none", cursor.execute("SELECT COUNT(*) FROM LOAVES").fetchone(), (70_000,))

    fails("an error has its number", lambda: cursor.execute("SELECT NOPE FROM LOAVES"), 904)
    fails("PUT is refused", lambda: cursor.execute("PUT file:///tmp/x.txt @~"), 2)
    check("describe", [column.name for column in cursor.describe("SELECT 1 AS A, 'x' AS B")], ["A", "B"])
    texts = connection.execute_string("SELECT 1; SELECT 2; -- the end\n SELECT 3;")
    check("execute_string", [each.fetchone() for each in texts], [(1,), (2,), (3,)])
    cursor.execute_async("SELECT 42")
    while connection.is_still_running(connection.get_query_status(cursor.sfqid)):
        time.sleep(0.05)
    cursor.get_results_from_sfqid(cursor.sfqid)
    check("execute_async", cursor.fetchone(), (42,))

    connection.autocommit(False)
    cursor.execute("DELETE FROM LOAVES")
    connection.rollback()
    check("rollback without autocommit", cursor.execute("SELECT COUNT(*) FROM LOAVES").fetchone(), (70_000,))
    connection.close()


def sqlalchemy(port):
    where = {"host": "127.0.0.1", "port": port, "protocol": "http"}
    engine = create_engine("snowflake://baker:any@bakery/BAKERY/OVEN", connect_args=where)
    metadata = MetaData()
    cakes = Table("cakes", metadata, Column("id", Integer, Sequence("cake"), primary_key=True), Column("name", String))
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(cakes.insert(), [{"name": "plum"}, {"name": "apple"}])
    with engine.connect() as connection:
        connection.execute(cakes.insert(), [{"name": "burnt"}])
        connection.rollback()
        names = [name for _, name in connection.execute(select(cakes).order_by(cakes.c.name))]
    check("SQLAlchemy inserts, and rolls back", names, ["apple", "plum"])
    check("SQLAlchemy lists tables", sorted(inspect(engine).get_table_names(schema="oven")), ["cakes", "loaves"])
    metadata.drop_all(engine)


if __name__ == "__main__":
    with local_snowflake() as port:
        connector(port)
        sqlalchemy(port)
