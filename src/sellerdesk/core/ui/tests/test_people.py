import ast
from pathlib import Path

from django.utils import translation

import sellerdesk
from sellerdesk.core.ui import people


def test_a_part_of_the_program_is_named_in_the_reader_s_language_and_a_person_by_their_name():
    with translation.override("ru"):
        told = people.who("virus-scanner"), people.who("Anna"), people.of_kind("system"), people.of_kind("user")

    assert told == ("Антивирус", "Anna", "Площадка", "")


def test_every_part_of_the_program_that_acts_by_itself_has_words():
    lacking = set()
    for path in Path(sellerdesk.__path__[0]).rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (isinstance(node, ast.Call) and ast.unparse(node.func) == "Actor.system" and node.args
                    and isinstance(node.args[0], ast.Constant)):
                lacking |= {node.args[0].value} - people._PARTS.keys()

    assert lacking == set()
