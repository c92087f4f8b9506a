"""What the claims of an envelope let a caller see: the rules of subgraphs/README.md, and no more."""

from dataclasses import dataclass

CLASSES = ("PUBLIC", "REGISTERED", "AGENCY", "AUTHORISED", "GOVERNMENT", "SPECIAL")
ALL_BUT_SPECIAL = CLASSES[:-1]


@dataclass(frozen=True)
class Authority:
    """What may be seen: classes, closed records, and SPECIAL fields one by one."""

    classes: tuple = ("PUBLIC",)
    closed_records: bool = False
    special_fields: frozenset = frozenset()

    def sees_field(self, coordinate, field_class):
        """Decides on a field; one without a class is seen by nobody."""
        if field_class == "SPECIAL":
            return coordinate in self.special_fields
        return field_class in self.classes

    def sees_row(self, record_type, row_class, phase):
        """Decides on a row: DISPLAYED, NOT_DISPLAYED, CLOSED or DELETED."""
        if phase == "DELETED" or (phase == "CLOSED" and not self.closed_records):
            return False
        needed = row_class if phase == "DISPLAYED" else stricter(row_class, "AUTHORISED")
        if needed == "SPECIAL":
            return any(field.split(".")[0] == record_type for field in self.special_fields)
        return needed in self.classes

    def highest_class(self):
        """The most restricted class that is open."""
        return "SPECIAL" if self.special_fields else max(self.classes, key=CLASSES.index)


PUBLIC = Authority()


def stricter(one, other):
    """The more restricted of two classes."""
    return max(one, other, key=CLASSES.index)


def at_large(claims):
    """What may be seen of all subjects alike: in a listing, a search or a feed."""
    if claims["purpose"] is None:
        return PUBLIC
    is_auditor = claims["tier"] == "GOVERNMENT" and "AUDITOR" in claims["roles"]
    if is_auditor and claims["purpose"] == "AUDIT":
        return Authority(ALL_BUT_SPECIAL, closed_records=True)
    if claims["tier"] == "GOVERNMENT" and claims["duty"]:
        return Authority(ALL_BUT_SPECIAL)
    reach = {"ANONYMOUS": 1, "REGISTERED": 2, "AGENCY": 3, "GOVERNMENT": 3}
    return Authority(CLASSES[: reach[claims["tier"]]])


def over(claims, subject):
    """What may be seen of one subject: the tier's, and what standing opens."""
    tier = at_large(claims)
    if claims["purpose"] is None or tier.closed_records:
        return tier
    if claims["subject"] == subject:
        return Authority(ALL_BUT_SPECIAL, closed_records=True)
    own = [one for one in claims["standing"] if one["subject"] == subject]
    classes = tier.classes
    if claims["tier"] == "AGENCY" and any(one["kind"] == "CONSENT" for one in own):
        classes = tuple(one for one in CLASSES if one in classes or one == "AUTHORISED")
    fields = [field for one in own if one["kind"] == "GRANT" for field in one["fields"]]
    return Authority(classes, special_fields=frozenset(fields))
