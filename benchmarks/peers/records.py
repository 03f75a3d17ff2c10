"""The records of a corpus, and the texts of queries, as all peers need them."""

from datetime import datetime, timezone

import orjson


def decode(line):
    """A stored record, decoded by the fastest JSON decoder that Python has, and read."""
    return touch(orjson.loads(line))


def touch(record):
    """Reads what a table shows of a hit, as our own benchmark does: names, title, company, locations, tags and flags.
    Returns the id."""
    touched = 0
    for field in ("first_name", "last_name", "title", "company"):
        touched += len(record[field] or "")
    for field in ("locations", "tags"):
        for text in record[field] or ():
            touched += len(text)
    for field in ("is_private", "can_email"):
        touched += bool(record[field])
    return record["id"]


def read_records(path):
    """The records of a file of NDJSON, each with the line that it was read from."""
    with open(path, "rb") as lines:
        for line in lines:
            yield orjson.loads(line), line.rstrip(b"\n").decode()


def full_name(record):
    return " ".join(filter(None, (record["first_name"], record["last_name"])))


def instant(text):
    """A time as `YYYY-MM-DDTHH:MM:SSZ`, or None: what is written with an offset is moved to UTC."""
    if not text:
        return None
    if len(text) > 19 and text[-6] in "+-":
        return datetime.fromisoformat(text).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (text[:19] if len(text) >= 19 else text[:10] + "T00:00:00") + "Z"


def recency(record):
    return instant(record["last_interaction_at"] or record["remote_updated_at"] or record["remote_created_at"])


def clauses(query):
    """The text of a query of the mix, and what follows its WHERE: how the engines that speak SQL are asked."""
    text, _, condition = query.partition("WHERE ")
    return text.strip(), condition.strip()


def quoted_words(text):
    """What was typed, each word in quotes, so that no sign in it is taken for syntax."""
    words = (word for word in text.replace('"', " ").split() if any(c.isalnum() for c in word))
    return " ".join(f'"{word}"' for word in words)
