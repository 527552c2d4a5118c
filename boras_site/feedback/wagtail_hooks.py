"""Registration only: what the list does is in desk.py."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from boras_site.feedback.desk import FeedbackViewSet, ReadOnlyPolicy
from boras_site.feedback.models import Feedback

register_permission_policy(Feedback, ReadOnlyPolicy(Feedback))
register_snippet(FeedbackViewSet)
