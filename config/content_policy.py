"""The Content-Security-Policy of staff pages."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.http.response import HttpResponseBase

STAFF_DIRECTIVES = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict policy for the public; for `/staff/` one that Wagtail's admin can live with.

    Wagtail's admin and folium's shell use inline scripts and styles. Hosts other than our own
    stay forbidden for both.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/staff/"):
            parts.replace = {**STAFF_DIRECTIVES, **(parts.replace or {})}
        return parts
