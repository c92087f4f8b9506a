"""A subgraph in Python, with nothing of the kit: `python server.py --port 4010 --keys URL`."""

import argparse
import json
import logging
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from graphql import (
    FieldNode,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    execute,
    get_operation_ast,
    parse,
    validate,
)

import envelope
import records
import schema as sector_schema

BODY_BYTES_MAX = 4 * 1024 * 1024
SCHEMA_REQUEST_BYTES_MAX = 4_096
TOKENS_MAX = 50_000
SOCKET_TIMEOUT_S = 10
HEADER = "Credit-Envelope"
HINTS = {
    "BAD_REQUEST": 'Send a POST with a JSON object that has a text "query".',
    "UNAUTHENTICATED": "Ask the gateway: only what carries its envelope is answered.",
    "METHOD_NOT_ALLOWED": "Use POST.",
    "NOT_FOUND": "The subgraph answers at /graphql, health at /health/live.",
    "UNSUPPORTED_MEDIA_TYPE": "Send Content-Type: application/json.",
    "REQUEST_TOO_LARGE": f"Send at most {BODY_BYTES_MAX} bytes.",
    "GRAPHQL_PARSE_FAILED": "Mend the syntax at the location that the error names.",
    "GRAPHQL_VALIDATION_FAILED": "Compare the field or argument with the schema.",
    "OPERATION_RESOLUTION_FAILURE": "Name one operation of the document as operationName.",
    "BAD_USER_INPUT": "Correct the value that the error names.",
    "SERVICE_UNAVAILABLE": "Ask again in a second.",
    "INTERNAL_SERVER_ERROR": "Report the request id to the operator.",
}
SCHEMA = sector_schema.build()
log = logging.getLogger("licences")


class Answered(Exception):
    """The request as a whole is answered with one error."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code = status, code


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = SOCKET_TIMEOUT_S
    server_version = "licences"
    sys_version = ""

    def do_GET(self):  # noqa: N802 (the name is the library's)
        if self.path == "/health/live":
            self._send(200, {"status": "live"})
        else:
            self._fail(Answered(405, "METHOD_NOT_ALLOWED", "A subgraph takes POST only."))

    def do_POST(self):  # noqa: N802
        try:
            self._send(*self._answer())
        except Answered as answered:
            self._fail(answered)
        except Exception:  # pylint: disable=broad-except
            log.exception("a request failed")
            self._fail(Answered(500, "INTERNAL_SERVER_ERROR", "The sector met a defect."))

    def _answer(self):
        if self.path != "/graphql":
            raise Answered(404, "NOT_FOUND", "There is nothing at this address.")
        given = self.headers.get_all(HEADER) or []
        claims = self._claims(given) if given else None
        body = self._body(BODY_BYTES_MAX if claims else SCHEMA_REQUEST_BYTES_MAX, claims is None)
        if claims is None:
            if asks_schema_only(body):
                return 200, {"data": {"_service": {"sdl": sector_schema.SDL}}}
            raise Answered(401, "UNAUTHENTICATED", "The request has no envelope.")
        return execute_request(body, claims, self.server.database)

    def _claims(self, given):
        try:
            if len(given) != 1:
                raise envelope.Refused("there are two")
            return envelope.verify(given[0], sector_schema.SECTOR, self.server.keys)
        except envelope.Refused as error:
            log.warning("an envelope was refused: %s", error)
            raise Answered(401, "UNAUTHENTICATED", "The envelope is not valid.") from error
        except envelope.KeysUnavailable as error:
            log.error("the keys cannot be read: %s", error)
            raise Answered(503, "SERVICE_UNAVAILABLE", "The keys cannot be read.") from error

    def _body(self, bytes_max, is_stranger):
        try:
            length = int(self.headers.get("Content-Length", ""))
        except ValueError:
            length = -1
        if is_stranger and not 0 <= length <= bytes_max:
            raise Answered(401, "UNAUTHENTICATED", "The request has no envelope.")
        if length < 0:
            raise Answered(400, "BAD_REQUEST", "The request has no Content-Length.")
        if length > bytes_max:
            raise Answered(413, "REQUEST_TOO_LARGE", "The body is too large.")
        text = self.rfile.read(length)
        if self.headers.get_content_type() != "application/json" and not is_stranger:
            raise Answered(415, "UNSUPPORTED_MEDIA_TYPE", "The body is not application/json.")
        try:
            return json.loads(text)
        except ValueError as error:
            if is_stranger:
                return None
            raise Answered(400, "BAD_REQUEST", "The body is not JSON.") from error

    def _fail(self, answered):
        # What was not read of the body would be taken for the next request.
        self.close_connection = True
        extensions = {"code": answered.code, "hint": HINTS[answered.code]}
        self._send(answered.status, {"errors": [{"message": str(answered),
                                                 "extensions": extensions}]})

    def _send(self, status, value):
        body = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status == 405:
            self.send_header("Allow", "POST")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        """Requests are not logged: what is asked is for the gateway's record."""


def asks_schema_only(body):
    """Whether a body asks { _service { sdl } } and nothing else."""
    query = body.get("query") if isinstance(body, dict) else None
    if not isinstance(query, str):
        return False
    try:
        definitions = parse(query, max_tokens=20).definitions
    except GraphQLSyntaxError:
        return False
    if len(definitions) != 1 or not isinstance(definitions[0], OperationDefinitionNode):
        return False
    at = definitions[0]
    if at.directives or at.variable_definitions:
        return False
    for name in ("_service", "sdl"):
        chosen = at.selection_set.selections if at.selection_set else ()
        if len(chosen) != 1 or not isinstance(chosen[0], FieldNode):
            return False
        at = chosen[0]
        if at.name.value != name or at.alias or at.arguments or at.directives:
            return False
    return at.selection_set is None


def execute_request(body, claims, database):
    """Executes an operation; gives status and answer."""
    query = body.get("query") if isinstance(body, dict) else None
    variables = body.get("variables") if isinstance(body, dict) else None
    if not isinstance(query, str) or not isinstance(variables, (dict, type(None))):
        raise Answered(400, "BAD_REQUEST", "The body is not a GraphQL request.")
    try:
        document = parse(query, max_tokens=TOKENS_MAX)
    except GraphQLSyntaxError as error:
        raise Answered(400, "GRAPHQL_PARSE_FAILED", error.message) from error
    name = body.get("operationName")
    if get_operation_ast(document, name) is None:
        raise Answered(400, "OPERATION_RESOLUTION_FAILURE", "No one operation is named.")
    problems = validate(SCHEMA, document)
    if problems:
        raise Answered(400, "GRAPHQL_VALIDATION_FAILED", problems[0].message)
    context = {
        "claims": claims,
        "open_records": lambda codes: records.Records(database, codes),
    }
    result = execute(SCHEMA, document, variable_values=variables, operation_name=name,
                     context_value=context)
    if result.data is None and result.errors and all(not one.path for one in result.errors):
        raise Answered(400, "BAD_USER_INPUT", result.errors[0].message)
    answer = {"data": result.data}
    if result.errors:
        answer["errors"] = [formatted(error) for error in result.errors]
    return 200, answer


def formatted(error):
    """An error as its caller may see it; what was not meant for callers is logged."""
    extensions = dict(error.extensions or {})
    message = error.message
    if "code" not in extensions:
        log.error("a field failed", exc_info=error.original_error or error)
        code = "INTERNAL_SERVER_ERROR"
        extensions, message = {"code": code, "hint": HINTS[code]}, "The sector met a defect."
    return {"message": message, "path": error.path, "extensions": extensions}


class Server(ThreadingHTTPServer):
    """The server, with what its requests need."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address, database, keys):
        super().__init__(address, Handler)
        self.database, self.keys = database, keys


def main():
    """Makes the database where it is missing, and answers until told to stop."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, default=4010, help="0 takes a free one")
    arguments.add_argument("--keys", required=True, help="address of the gateway's keys")
    arguments.add_argument("--database", default="licences.sqlite", help="file of the records")
    given = arguments.parse_args()
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR)
    if not Path(given.database).exists():
        records.make_database(given.database)
    server = Server((given.host, given.port), given.database, envelope.GatewayKeys(given.keys))
    signal.signal(
        signal.SIGTERM, lambda *_args: threading.Thread(target=server.shutdown).start()
    )
    print(f"http://{given.host}:{server.server_address[1]}/graphql", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
