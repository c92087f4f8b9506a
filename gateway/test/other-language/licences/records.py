"""The records, in SQLite: made for the samples, read by lists of subjects, one statement a type."""

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta, timezone

BUSY_TIMEOUT_S = 3
CHINA = timezone(timedelta(hours=8))
SUBJECTS = ("91990101MA7K3P2Q8J", "91990102900000014T")

TABLE = """create table records (
  type text not null, id text not null, code text not null, class text not null,
  state text not null, decided_on text not null, display_until text not null,
  query_until text not null, deletion_until text not null, recorded_at text not null,
  fields text not null, primary key (code, type, id))"""

# Type, age in days, class, state, fields.
SAMPLES = (
    ("TransportPermit", 40, "PUBLIC", "EFFECTIVE",
     {"permitNumber": "P-1", "vehicles": 12, "premises": "1 Harbour Road",
      "riskGrade": "LOW", "insurer": "Yunzhou Mutual"}),
    ("TransportPermit", 300, "PUBLIC", "EFFECTIVE",
     {"permitNumber": "P-2", "vehicles": 3, "premises": None,
      "riskGrade": "MEDIUM", "insurer": "Heyuan General"}),
    ("TransportPermit", 700, "PUBLIC", "REPAIRED",
     {"permitNumber": "P-3", "vehicles": 1, "premises": None, "riskGrade": None, "insurer": None}),
    ("TransportPermit", 500, "AUTHORISED", "EFFECTIVE",
     {"permitNumber": "P-4", "vehicles": 8, "premises": "2 Harbour Road",
      "riskGrade": "HIGH", "insurer": None}),
    ("TransportSuspension", 100, "PUBLIC", "EFFECTIVE",
     {"ground": "Overloaded vehicles.", "remarks": "Second time.", "evidence": "Weighbridge 4",
      "photographs": ["w4-1", "w4-2"]}),
    ("TransportSuspension", 1200, "PUBLIC", "EFFECTIVE",
     {"ground": "Expired insurance.", "remarks": None, "evidence": None, "photographs": []}),
    ("TransportSuspension", 2200, "PUBLIC", "EFFECTIVE",
     {"ground": "Closed long ago.", "remarks": None, "evidence": None, "photographs": []}),
    ("TransportSuspension", 4000, "PUBLIC", "EFFECTIVE",
     {"ground": "To be deleted.", "remarks": None, "evidence": None, "photographs": []}),
    ("TransportAudit", 60, "GOVERNMENT", "EFFECTIVE", {"outcome": "Nothing to object to."}),
)


def legal_day():
    """Today in China, by which clocks are compared."""
    return datetime.now(CHINA).date()


def make_database(path):
    """Makes the file with the sample records; displayed 3 years, asked for 5, kept for 10."""
    today = legal_day()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(TABLE)
        for code in SUBJECTS:
            for number, (kind, age, row_class, state, fields) in enumerate(SAMPLES):
                decided = today - timedelta(days=age)
                ends = [_later(decided, years) for years in (3, 5, 10)]
                database.execute(
                    f"insert into records values ({', '.join('?' * 11)})",
                    (kind, f"r{number}", code, row_class, state, decided.isoformat(), *ends,
                     f"{decided.isoformat()}T08:00:00Z", json.dumps(fields)),
                )


def _later(day, years):
    return date(day.year + years, day.month, min(day.day, 28)).isoformat()


class Records:
    """The records of one request: each type is read once, for all subjects that are named."""

    def __init__(self, path, codes):
        self._path = path
        self._codes = sorted(set(codes))
        self._read = {}
        self.today = legal_day().isoformat()

    def of(self, code, kind):
        """The records of one subject, newest first, whoever may see them."""
        if kind not in self._read:
            rows = self._query(
                "select * from records where type = ? and code in (select value from json_each(?))"
                " order by decided_on desc, id desc",
                (kind, json.dumps(self._codes)),
            )
            by_code = {}
            for row in rows:
                by_code.setdefault(row["code"], []).append(row)
            self._read[kind] = by_code
        return self._read[kind].get(code, [])

    def all(self, kind):
        """The records of all subjects, newest first."""
        return self._query(
            "select * from records where type = ? order by decided_on desc, id desc, code desc", (kind,)
        )

    def can_read(self, kinds):
        """Whether all that a section has can be read; a list of it then answers from memory."""
        try:
            for kind in kinds:
                self.of(self._codes[0], kind)
        except sqlite3.Error:
            return False
        return True

    def phase(self, row):
        """Where a row stands today."""
        if row["deletion_until"] < self.today:
            return "DELETED"
        if row["state"] != "EFFECTIVE" or row["query_until"] < self.today:
            return "CLOSED"
        return "NOT_DISPLAYED" if row["display_until"] < self.today else "DISPLAYED"

    def _query(self, text, values):
        # Opened for reading alone: a file that is gone is an error, not a new and empty database.
        uri = f"file:{self._path}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S)) as database:
            database.row_factory = sqlite3.Row
            rows = [dict(row) for row in database.execute(text, values)]
        for row in rows:
            row["fields"] = json.loads(row["fields"])
        return rows
