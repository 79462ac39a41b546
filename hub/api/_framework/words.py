"""What is written under the fields of a class, for the document that describes them."""

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache


def field_words(kind: type) -> Mapping[str, str]:
    """Return the string under each field of a class and of the classes it inherits from.

    Read from the source when the document is asked for: pydantic's `use_attribute_docstrings` reads it while classes
    are made, a tenth of every start.
    """
    found: dict[str, str] = {}
    for made in reversed(kind.__mro__):
        if made.__module__.partition(".")[0] == kind.__module__.partition(".")[0]:
            found |= _module_words(made.__module__).get(made.__name__, {})
    return found


@cache
def _module_words(module: str) -> Mapping[str, Mapping[str, str]]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: _class_words(node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def _class_words(node: ast.ClassDef) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field, below in zip(node.body, node.body[1:], strict=False):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                found[name] = inspect.cleandoc(words)
    return found
