"""Prints the SQL that makes the tables of the models; needs no database."""
from sqlalchemy import create_mock_engine

from models import Base


def show(statement, *_args, **_options):
    print(f"{str(statement.compile(dialect=engine.dialect)).strip()};\n")


engine = create_mock_engine("postgresql+psycopg://", show)
print(f"CREATE SCHEMA {Base.metadata.schema};\n")
Base.metadata.create_all(engine, checkfirst=False)
