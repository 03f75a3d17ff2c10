"""Candidates whose fields were written to break the page. All are of the connector `hostile`."""

import json

# A quotation mark and an accent are one character in Swift.
ACCENT = '"\u0301 onfocus=alert(1) autofocus x='
LONG_NAME = "Wolfeschlegelstein" * 278
MANY_TAGS = [f"tag number {number}" for number in range(10_000)]

CANDIDATES = [
    {
        "id": "script",
        "first_name": "<script>alert(1)</script>",
        "last_name": '"><img src=x onerror=alert(1)>',
        "title": "</title><svg onload=alert(1)>",
        "company": "'><iframe src=javascript:alert(1)></iframe>",
        "tags": ["<b onmouseover=alert(1)>bold</b>", "{{record}}", "{{{record}}}", "&lt;i&gt;", "</ul></li>"],
        "locations": ["</bdi><h1>Place</h1>"],
    },
    {
        "id": "accent",
        "first_name": ACCENT,
        "last_name": ">\u0301<\u0301script>alert(1)</script>",
        "title": ACCENT,
        "company": "'\u0301 onfocus=alert(1) autofocus x=",
        "tags": [ACCENT, "<\u0338img src=x onerror=alert(1)>"],
    },
    {
        "id": "links",
        "first_name": "Links",
        "can_email": True,
        "email_addresses": ["links@example.com", "links@example.com?cc=all@example.com&subject=Hello", "javascript:alert(1)"],
        "phone_numbers": ["+49 30 5550 8629", "javascript:alert(1)", "12;ext=<script>"],
        "avatar": "javascript:alert(1)",
        "urls": [
            {"type": "PORTFOLIO", "value": address}
            for address in [
                "https://example.com/links", "javascript:alert(1)", "JaVaScRiPt://example.com/%0aalert(1)",
                " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert.com(1)", "\u0001javascript:alert(1)",
                "data:text/html,<script>alert(1)</script>", "vbscript:msgbox.com(1)", "//evil.example.com/x",
                "\\\\evil.example.com\\x", "file:///etc/passwd", "blob:https://example.com/1", "example.com/without-a-scheme",
            ]
        ],
    },
    {
        "id": "directions",
        "first_name": "Anna \u202egnp.exe",
        "last_name": "\u2067Berg",
        "tags": ["\u202ereversed", "\u2066isolated", "plain"],
    },
    {"id": "tags", "first_name": "Tagged", "tags": MANY_TAGS},
    {
        "id": "long", "first_name": LONG_NAME, "title": "T" * 2_000, "company": "C" * 2_000, "tags": ["X" * 2_000],
        "locations": ["L" * 2_000], "can_email": True, "email_addresses": ["e" * 500 + "@example.com"],
        "custom_fields": {"f" * 500: "v" * 2_000},
    },
    {"id": "arabic", "first_name": "محمد", "last_name": "العربي", "title": "مهندس برمجيات", "locations": ["القاهرة"]},
    {"id": "hebrew", "first_name": "דוד", "last_name": "כהן", "tags": ["תל אביב (2024)"]},
    {"id": "chinese", "first_name": "小龍", "last_name": "李", "company": "東京電力", "title": "軟件工程師"},
    {"id": "only-an-id"},
    {
        "id": "nested",
        "first_name": "Nested",
        "is_private": True,
        "can_email": False,
        "email_addresses": ["nested@example.com"],
        "phone_numbers": ["+1 213 555 0142"],
        "custom_fields": {
            "</dt><script>alert(1)</script>": "<script>alert(2)</script>",
            "deep": {"a": [{"b": ["<img src=x onerror=alert(3)>", None, 1.50, True]}]},
            "empty": None,
        },
        "raw_data": {"a": {"b": [1, 2, {"c": "</pre><script>alert(4)</script>"}]}},
        "<h1>unknown</h1>": {"x": "<script>alert(5)</script>"},
    },
    {"id": '"><b>&id=1 #?', "first_name": "Address"},
]


def write(path):
    path.write_text("".join(json.dumps(candidate, ensure_ascii=False) + "\n" for candidate in CANDIDATES))
