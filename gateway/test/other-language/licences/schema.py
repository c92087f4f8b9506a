"""The executable schema: the SDL as it stands in the file, resolvers, and the labels before them."""

import base64
import binascii
import re
import sqlite3
from datetime import datetime, timezone
from pathlib import Path

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    ObjectTypeDefinitionNode,
    build_schema,
    parse,
)

import authority

SECTOR = "licences"
SDL = Path(__file__).with_name("schema.graphql").read_text(encoding="utf-8")
PAGE_MAX = 100
REPRESENTATIONS_MAX = 10_000
KINDS = ("TransportPermit", "TransportSuspension", "TransportAudit")
LISTS = {
    "permits": "TransportPermit",
    "suspensions": "TransportSuspension",
    "audits": "TransportAudit",
}
FEDERATION = """
scalar _Any
union _Entity = Subject
type _Service { sdl: String! }
extend type Query {
  _entities(representations: [_Any!]!): [_Entity]!
  _service: _Service!
}
"""
WAYS = {
    "REGISTERED": "Ask as an identified principal and state a purpose.",
    "AGENCY": "Ask as a licensed credit agency, or as a government office.",
    "AUTHORISED": "Ask as an agency that holds the subject's consent for the purpose.",
    "GOVERNMENT": f"Ask as a government office with duty in {SECTOR}.",
    "SPECIAL": f"Make a special application to {SECTOR}, naming the subject and this field.",
}


class PublicError(GraphQLError):
    """An error that its caller may read."""

    def __init__(self, code, message, hint):
        super().__init__(message, extensions={"code": code, "hint": hint})


def read_labels(sdl):
    """Gives the class of each field: of its own label and its type's the stricter."""
    classes = {}

    def label(node):
        for directive in node.directives or ():
            if directive.name.value == "requiresScopes":
                ((scope,),) = [
                    [value.value for value in one.values]
                    for one in directive.arguments[0].value.values
                ]
                name = scope.removeprefix("credit:").upper()
                if name not in authority.CLASSES:
                    raise ValueError(f"{scope} is the scope of no class")
                return name
        return None

    for node in parse(sdl).definitions:
        if not isinstance(node, ObjectTypeDefinitionNode):
            continue
        of_type = label(node)
        for field in node.fields or ():
            both = [one for one in (of_type, label(field)) if one]
            if both:
                strictest = max(both, key=authority.CLASSES.index)
                classes[f"{node.name.value}.{field.name.value}"] = strictest
    return classes


CLASSES = read_labels(SDL)


def build():
    """Builds the schema."""
    schema = build_schema(SDL + FEDERATION, assume_valid_sdl=True)
    query = schema.query_type.fields
    query["_service"].resolve = lambda _source, _info: {"sdl": SDL}
    query["_entities"].resolve = entities
    query["licencesSuspensions"].resolve = listing
    schema.type_map["_Entity"].resolve_type = lambda *_args: "Subject"
    schema.type_map["CreditRecord"].resolve_type = lambda row, *_args: row["kind"]
    schema.type_map["Subject"].fields[SECTOR].resolve = section
    fields = schema.type_map["LicencesSection"].fields
    fields["coverage"].resolve = coverage
    for name in LISTS:
        fields[name].resolve = section_list
    for scalar in ("Date", "DateTime", "CreditCode"):
        schema.type_map[scalar].serialize = str
    enforce_labels(schema)
    return schema


def enforce_labels(schema):
    """Puts the label of each field before its resolver; the authority stands in the object."""
    for kind in schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("_"):
            continue
        for name, field in kind.fields.items():
            coordinate = f"{kind.name}.{name}"
            if not name.startswith("_") and CLASSES.get(coordinate) != "PUBLIC":
                field.resolve = guarded(coordinate, CLASSES.get(coordinate), field.resolve)


def guarded(coordinate, field_class, resolve):
    """Refuses a field that the authority over its object does not open."""

    def resolver(source, info, **arguments):
        under = source.get("authority") if isinstance(source, dict) else None
        if under is None or not under.sees_field(coordinate, field_class):
            raise PublicError(
                "UNAUTHORIZED_FIELD_OR_TYPE",
                f"You may not see {coordinate}.",
                WAYS.get(field_class, "Leave it out: it has no class."),
            )
        if resolve is None:
            return source.get(info.field_name)
        return resolve(source, info, **arguments)

    return resolver


def entities(_source, info, representations):
    """Resolves subjects: one entity a representation, in their order."""
    hint = 'Name { __typename: "Subject", code: "..." }, at most 10,000 at once.'
    if len(representations) > REPRESENTATIONS_MAX:
        raise PublicError("BAD_USER_INPUT", "There are too many representations.", hint)
    codes = []
    for one in representations:
        if not isinstance(one, dict) or one.get("__typename") != "Subject":
            raise PublicError("BAD_USER_INPUT", "A representation names no Subject.", hint)
        if not is_credit_code(one.get("code")):
            raise PublicError("BAD_USER_INPUT", "A representation has no valid code.", hint)
        codes.append(one["code"])
    info.context["records"] = info.context["open_records"](codes)
    return [{"__typename": "Subject", "code": code} for code in codes]


def is_credit_code(code):
    """Checks a unified social credit code with its check character (GB 32100-2015)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if not isinstance(code, str) or not re.fullmatch(f"[{alphabet}]{{18}}", code):
        return False
    total = sum(alphabet.index(one) * pow(3, at, 31) for at, one in enumerate(code[:17]))
    return alphabet[-total % 31] == code[17]


def section(subject, info):
    """The section of a subject, with what may be seen of it."""
    code = subject["code"]
    return {"code": code, "authority": authority.over(info.context["claims"], code)}


def coverage(of, info):
    """CHECKED where every list can be read, else UNAVAILABLE: it never depends on what is there."""
    under = of["authority"]
    higher = any(not under.sees_field(at, one) for at, one in CLASSES.items())
    if not info.context["records"].can_read(KINDS):
        return {"status": "UNAVAILABLE", "higherClassesExist": higher}
    return {
        "status": "CHECKED",
        "upToClass": under.highest_class(),
        "checkedAt": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "higherClassesExist": higher,
    }


def section_list(of, info, first, after=None):
    """A list of a section: the records of its subject that may be seen."""
    kind = LISTS[info.field_name]
    return page(kind, first, after, info, lambda records: records.of(of["code"], kind),
                lambda _row: of["authority"])


def listing(_source, info, first, after=None):
    """A list of all subjects: by tier alone, standing is of one subject."""
    under = authority.at_large(info.context["claims"])
    info.context["records"] = info.context["open_records"]([])
    return page("TransportSuspension", first, after, info,
                lambda records: records.all("TransportSuspension"), lambda _row: under)


def page(kind, first, after, info, read, authority_of):
    """Cuts a page out of the visible rows."""
    if not 0 <= first <= PAGE_MAX:
        raise PublicError("BAD_USER_INPUT", f"first is {first}; it must be 0 to {PAGE_MAX}.",
                          "Read further pages with the end cursor of this one as `after`.")
    position = None if after is None else read_cursor(kind, after)
    records = info.context["records"]
    try:
        rows = read(records)
    except sqlite3.Error as error:
        raise PublicError("SUBGRAPH_UNAVAILABLE", "The records cannot be read.",
                          "Read this as unknown, never as none; ask again later.") from error
    visible = [row for row in rows
               if authority_of(row).sees_row(kind, row["class"], records.phase(row))]
    rest = [row for row in visible if position is None or key_of(row) < position]
    nodes = [node_of(row, authority_of(row)) for row in rest[:first]]
    cursors = [write_cursor(kind, row) for row in rest[:first]]
    return {
        "nodes": nodes,
        "edges": [{"cursor": cursor, "node": node} for cursor, node in zip(cursors, nodes)],
        "pageInfo": {
            "hasNextPage": len(rest) > first,
            "hasPreviousPage": after is not None,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
        "totalCount": len(visible),
    }


def key_of(row):
    """The order of rows: unique, so that a page ends at one place."""
    return (row["decided_on"], row["id"], row["code"])


def write_cursor(kind, row):
    """Writes the place of a row in the lists of its type."""
    return base64.urlsafe_b64encode("|".join((kind, *key_of(row))).encode()).decode()


def read_cursor(kind, cursor):
    """Reads a place back; one of another list, or of no list, is refused."""
    try:
        parts = base64.b64decode(cursor, altchars=b"-_", validate=True).decode().split("|")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        parts = []
    if len(cursor) > 200 or len(parts) != 4 or parts[0] != kind:
        raise PublicError("INVALID_CURSOR", f"The cursor does not belong to a list of {kind}.",
                          "Use a cursor from pageInfo or edges of the same field, or none.")
    return tuple(parts[1:])


def node_of(row, under):
    """A record as GraphQL has it."""
    def clock(name):
        return {"start": "DECIDED", "from": row["decided_on"], "until": row[f"{name}_until"]}

    return {
        **row["fields"],
        "kind": row["type"],
        "authority": under,
        "id": row["id"],
        "version": 1,
        "subject": {"code": row["code"]},
        "source": {
            "publisher": "Yunzhou transport administration",
            "documentNumber": f"{row['type']}/{row['id']}",
            "decidedOn": row["decided_on"],
            "publishedOn": row["decided_on"],
            "retrievedAt": row["recorded_at"],
        },
        "clocks": {name: clock(name) for name in ("display", "query", "deletion")},
        "disclosureClass": row["class"],
        "state": row["state"],
        "dispute": "NONE",
        "recordedAt": row["recorded_at"],
        "history": [],
    }
