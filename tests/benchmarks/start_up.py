"""The smallest command to compare start-up with: typer, one pydantic model, the same policy file by the C parser."""

from __future__ import annotations

from pathlib import Path

import typer
import yaml
from pydantic import BaseModel


class Company(BaseModel):
    name: str
    employees: int


app = typer.Typer()


@app.command()
def main(policy: Path) -> None:
    Company.model_validate({"name": "示例", "employees": 1})
    with policy.open("rb") as stream:
        yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    print("ok")


app()
