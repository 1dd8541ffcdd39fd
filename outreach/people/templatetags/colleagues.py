"""Names of colleagues on staff screens."""

from django import template

from outreach.people.colleagues import colleague_name

register = template.Library()

register.filter("colleague", colleague_name)
