"""``{% part "name" %} … {% endpart %}``: marks what changes from one request to the next inside a template.

Rendered in the ordinary way the tag leaves no trace. ``practices/directory/fragments/`` renders the rest of a page once, and
afterwards the parts alone.
"""

from functools import cache

from django import template
from django.template import loader

register = template.Library()
# Private-use characters: no text holds them (search.fold drops what visitors send), and escaping leaves them alone.
OPEN, CLOSE = "\ue010", "\ue011"
# Under this name the context holds a dictionary that takes the parts, when only what surrounds them is wanted.
TAKEN = "parts_taken"


class PartNode(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: template.NodeList):
        self.name, self.nodelist = name, nodelist

    def render(self, context):
        taken = context.get(TAKEN)
        if taken is None:
            return self.nodelist.render(context)
        taken[self.name] = self.nodelist
        return f"{OPEN}{self.name}{CLOSE}"


@register.tag
def part(parser, token):
    bits = token.split_contents()
    if len(bits) != 2 or bits[1][0] not in "\"'" or bits[1][0] != bits[1][-1]:
        raise template.TemplateSyntaxError('A part has one name in quotes: {% part "name" %}')
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(bits[1][1:-1], nodelist)


@cache
def nodes(name: str) -> dict[str, PartNode]:
    parts = loader.get_template(name).template.nodelist.get_nodes_by_type(PartNode)
    return {node.name: node for node in parts}
