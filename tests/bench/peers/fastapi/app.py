"""Peer of the benchmark: FastAPI and asyncpg, with a uvicorn worker for each core.

PG* name the database. PEER_POOL is the number of connections of a worker, PEER_SQL a directory, and
PEER_CREATE the file in it that inserts."""
import os
import pathlib
from typing import Literal

import asyncpg
from fastapi import FastAPI, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field


def statement(file):
    return (pathlib.Path(os.environ["PEER_SQL"]) / file).read_text()


GET, LIST, CREATE, REPORT = (statement(file) for file in (
    "product_get.sql", "product_list.sql", os.environ["PEER_CREATE"], "report.sql"))


class NewProduct(BaseModel):
    umkm_id: int = Field(ge=1)
    name: str = Field(min_length=1, max_length=200)
    description: str = Field(max_length=4000)
    category: str
    price: int = Field(ge=0)
    unit: str
    market_reach: Literal["local", "regional", "national", "export"]
    published: bool


class Connection(asyncpg.Connection):
    """A connection that its pool does not reset. A reset costs a round trip, and no request changes
    the state of the connection."""

    def get_reset_query(self):
        return ""


app = FastAPI(openapi_url=None)


@app.on_event("startup")
async def startup():
    size = int(os.environ["PEER_POOL"])
    app.state.pool = await asyncpg.create_pool(min_size=size, max_size=size, connection_class=Connection)


async def answer(sql, *values, status=200, none=404):
    text = await app.state.pool.fetchval(sql, *values)
    if text is None:
        return Response('{"error":"not found"}', none, media_type="application/json")
    return Response(text, status, media_type="application/json")


@app.get("/v1/products/{id}")
async def product(id: int, request: Request):
    return await answer(GET, id)


@app.get("/v1/products")
async def products(request: Request, village: str = Query(min_length=1, max_length=20), after: int = Query(0, ge=0),
                   limit: int = Query(20, ge=1, le=100)):
    return await answer(LIST, village, after, limit)


@app.post("/v1/products")
async def register(p: NewProduct, request: Request):
    return await answer(CREATE, p.umkm_id, p.name, p.description, p.category, p.price, p.unit, p.market_reach, p.published,
                        status=201, none=422)


@app.get("/v1/report")
async def report(village: str):
    return await answer(REPORT, village)


@app.get("/v1/sleep")
async def sleep():
    return await answer("select pg_sleep(1)::text")
