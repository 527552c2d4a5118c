"""Registration only: what each thing does is in desk.py."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from boras_site.links import desk
from comparisons.desk.worklist.kinds import HOOK

hooks.register(HOOK, desk.kinds)


@hooks.register("register_admin_urls")
def link_urls() -> list[URLPattern | URLResolver]:
    """Where the button of a link in doubt is posted."""
    patterns = [path("<int:pk>/fungerar/", desk.works, name="works")]
    return [path("lankar/", include((patterns, "links")))]
