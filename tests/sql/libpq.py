"""PostgreSQL's description of a prepared statement, which psycopg2 does not offer."""
import ctypes
import ctypes.util


class Libpq:
    """A connection through libpq, by ctypes."""

    def __init__(self, url):
        self.lib = ctypes.CDLL(ctypes.util.find_library("pq") or "libpq.so.5")
        for name in ("PQconnectdb", "PQprepare", "PQdescribePrepared", "PQexec"):
            getattr(self.lib, name).restype = ctypes.c_void_p
        for name in ("PQerrorMessage", "PQresultErrorMessage", "PQfname", "PQgetvalue"):
            getattr(self.lib, name).restype = ctypes.c_char_p
        self.connection = ctypes.c_void_p(self.lib.PQconnectdb(url.encode()))
        assert self.lib.PQstatus(self.connection) == 0, self.lib.PQerrorMessage(self.connection)

    def _result(self, pointer):
        result = ctypes.c_void_p(pointer)
        message = self.lib.PQresultErrorMessage(result).decode()
        assert not message, message
        return result

    def columns(self, sql):
        """The (name, type) of every column. Raises with the server's message if PostgreSQL cannot
        prepare the statement."""
        self._clear(self._result(self.lib.PQprepare(self.connection, b"", sql.encode(), 0, None)))
        described = self._result(self.lib.PQdescribePrepared(self.connection, b""))
        found = [(self.lib.PQfname(described, at).decode(), self._type(self.lib.PQftype(described, at)))
                 for at in range(self.lib.PQnfields(described))]
        self._clear(described)
        return found

    def _type(self, oid):
        result = self._result(self.lib.PQexec(self.connection, f"select {oid}::regtype".encode()))
        name = self.lib.PQgetvalue(result, 0, 0).decode()
        self._clear(result)
        return name

    def _clear(self, result):
        self.lib.PQclear(result)

    def close(self):
        self.lib.PQfinish(self.connection)
