"""Operators are made on the server, never on a page."""

from __future__ import annotations

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


def create_operator(email: str, role: str = "all") -> int:
    """Asks for the password twice (or reads one line from standard input when it is not a terminal)."""
    from sellerdesk.accounts.services import create_operator as create

    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Again: "):
            print("The two passwords differ.", file=sys.stderr)
            return 1
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        print(" ".join(error.messages), file=sys.stderr)
        return 1
    create(email=email, password=password, role=role)
    print(f"Operator {email} created.")
    return 0
