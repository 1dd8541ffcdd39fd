"""The log-ins of the demo. They are published here, so `check --deploy` refuses them."""

# Role → user name.
DEMO_STAFF = {
    "editor": "editor",
    "translator": "translator",
    "desk": "desk",
    "visitor": "visitor",
    "manager": "manager",
    "admin": "admin",
}
DEMO_PASSWORD = "todoke-demo-2026"  # noqa: S105
