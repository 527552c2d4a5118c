"""Registration only: what the list does is in desk.py, what the work list shows of it in worklist.py."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from boras_site.feedback import worklist
from boras_site.feedback.desk import FeedbackViewSet, ReadOnlyPolicy
from boras_site.feedback.models import Feedback
from comparisons.desk.worklist.kinds import HOOK

register_permission_policy(Feedback, ReadOnlyPolicy(Feedback))
register_snippet(FeedbackViewSet)
hooks.register(HOOK, worklist.work)
