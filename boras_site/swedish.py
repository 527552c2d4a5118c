"""What Wagtail writes in English without asking gettext for it: within templates, forms, tables and rows.

All that it does ask for is in ``locale/``. Each text here must be found in Wagtail, or the tests fail: an
upgrade that mends one of them takes its line away.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.template import Origin
from django.template.loaders import app_directories
from django.utils.module_loading import import_string

#: In the source of a template of Wagtail's: what to put instead of what. Overriding the whole template
#: would freeze the rest of it as well.
TEMPLATES = {
    "wagtailadmin/shared/header.html": {'value="Search"': 'value="Sök"'},
    "wagtailadmin/shared/headers/_actions.html": {'aria-label="Actions"': 'aria-label="Åtgärder"'},
    "wagtailimages/chooser/results.html": {'title="Select {%': 'title="Välj {%'},
    "wagtailusers/groups/includes/formatted_permissions.html": {
        "{{ content_perms_dict.add.perm.name }}": "Lägga till {{ content_perms_dict.object }}",
        "{{ content_perms_dict.change.perm.name }}": "Ändra {{ content_perms_dict.object }}",
        "{{ content_perms_dict.delete.perm.name }}": "Radera {{ content_perms_dict.object }}",
    },
    "wagtailusers/groups/includes/page_permissions_form.html": {
        "{{ option.choice_label }}": "{% trans option.data.value.instance.name %}",
    },
    # The server says in English that another name was written, so let the browser say it first.
    "wagtailadmin/shared/dialog/confirm_site_name.html": {
        '-warning" required>': '-warning" required pattern="{{ wagtail_site_name }}" '
        'title="Skriv webbplatsens namn: {{ wagtail_site_name }}">',
    },
}

#: Fields of forms that have no label, so that their names would be shown.
LABELS = {
    "wagtail.admin.forms.choosers.ExternalLinkChooserForm": {"link_text": "Länktext"},
    "wagtail.admin.forms.choosers.AnchorLinkChooserForm": {"link_text": "Länktext"},
    "wagtail.admin.forms.choosers.EmailLinkChooserForm": {
        "email_address": "E-postadress",
        "link_text": "Länktext",
        "subject": "Ämne",
        "body": "Meddelande",
    },
    "wagtail.admin.forms.choosers.PhoneLinkChooserForm": {
        "phone_number": "Telefonnummer",
        "link_text": "Länktext",
    },
    "wagtail.admin.forms.workflows.WorkflowContentTypeForm": {"content_types": "Slag av innehåll"},
    "wagtail.admin.forms.workflows.WorkflowPageForm": {"page": "Sida"},
    "wagtail.contrib.settings.forms.SiteSwitchForm": {"site": "Webbplats"},
    "wagtail.users.forms.PagePermissionsForm": {"page": "Sida", "permissions": "Behörigheter"},
    "wagtail.users.views.bulk_actions.assign_role.RoleForm": {"role": "Roll"},
}

#: Columns of lists, likewise: of which view, and what.
COLUMNS = {
    "wagtail.sites.views.IndexView": {"port": "Port", "site_name": "Namn", "root_page": "Startsida"},
}

#: Fields of models, which are named where it says what refers to a thing.
FIELDS = {
    "wagtailcore.Comment": {"user": "skriven av"},
    "wagtailcore.CommentReply": {"user": "skrivet av"},
}

#: Titles of rows that Wagtail's migrations make, by model and title.
ROWS = {
    ("Page", "title"): {"Root": "Alla sidor", "Welcome to your new Wagtail site!": "Välkommen"},
    ("Page", "draft_title"): {"Root": "Alla sidor", "Welcome to your new Wagtail site!": "Välkommen"},
    ("Collection", "name"): {"Root": "Alla samlingar"},
}


class Loader(app_directories.Loader):
    """The templates of the apps, with Swedish in place of what is written into them in English."""

    def get_contents(self, origin: Origin) -> str:
        """The template's source. Raises ``TemplateDoesNotExist`` like every loader."""
        contents: str = super().get_contents(origin)
        for english, swedish in TEMPLATES.get(str(origin.template_name), {}).items():
            contents = contents.replace(english, swedish)
        return contents


def label() -> None:
    """Give fields and columns their labels, once and for all."""
    for path, labels in LABELS.items():
        form: Any = import_string(path)  # a form, whose fields its metaclass gives it
        for name, label in labels.items():
            form.base_fields[name].label = label
    for path, labels in COLUMNS.items():
        for column in import_string(path).columns:
            column.label = labels.get(column.name, column.label)
    for model, labels in FIELDS.items():
        for name, label in labels.items():
            # Migrations go by another attribute, and so take no notice.
            apps.get_model(model)._meta.get_field(name).verbose_name = label


def name_rows(sender: AppConfig, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: rename what Wagtail's migrations made, where nobody else has."""
    if sender.label != "wagtailcore":
        return
    for (model, field), titles in ROWS.items():
        for english, swedish in titles.items():
            rows = apps.get_model("wagtailcore", model).objects.filter(depth__lte=2, **{field: english})
            rows.update(**{field: swedish})
