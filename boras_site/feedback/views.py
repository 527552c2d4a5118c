"""The readers' forms: what is posted is kept, and answered by a redirect so that a reload sends nothing.

A form with errors comes back with status 422: nothing was kept, and neither a cache nor a robot that
counts answers takes it for a success. Browsers and screen readers show it as any other page.
"""

from functools import partial
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from boras_site.feedback import guards, mail, tokens
from boras_site.feedback.forms import MessageForm, ReportForm
from boras_site.feedback.models import Feedback, Kind
from boras_site.feedback.paths import path_on_site
from boras_site.feedback.serving import form_view, refuse, refuse_elsewhere
from boras_site.models import SiteSettings

TOO_MANY = "Det har kommit många svar på kort tid. Vänta tio minuter och försök igen."
UNTIMELY = "Det gick för fort, eller så har sidan varit öppen för länge. Allt du skrev är kvar. Skicka igen."
NOT_NOW = "Det går inte längre att lägga till något i ditt svar. Allt du skrev är kvar. Skicka det härifrån."


@form_view
def helped(request: HttpRequest) -> HttpResponse:
    """Yes or no to whether a page helped: kept at once, then thanked for."""
    if request.method != "POST":
        return redirect("/")
    if refused := refuse_elsewhere(request):
        return refused
    if guards.is_bot(request):
        return redirect("feedback:helped_thanks")
    path = path_on_site(request.POST.get("sida", ""), request.get_host())
    if guards.is_too_many(request, Kind.HELPED):
        return refuse(request, TOO_MANY, back=path, status=429)
    answer = {"ja": True, "nej": False}.get(request.POST.get("svar", ""))
    if answer is None or not path:
        sentence = "Svaret gick inte att läsa. Gå tillbaka till sidan och välj Ja eller Nej."
        return refuse(request, sentence, back=path, status=422)
    kept = Feedback.objects.create(kind=Kind.HELPED, page=path, helped=answer)
    return redirect(_thanks(kept))


@form_view
def helped_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks for the answer, and a form for some words more: once, within the hour."""
    if request.method != "POST":
        kept = tokens.answer_of(request.GET.get("kvitto", ""))
        return _words_page(request, _words_form(kept), kept)
    if refused := refuse_elsewhere(request):
        return refused
    if guards.is_bot(request):
        return redirect("feedback:helped_thanks")
    kept = tokens.answer_of(request.POST.get("kvitto", ""))
    if kept is None or kept.message:
        return _report_again(request, kept)
    form = _words_form(kept, request.POST)
    if guards.is_too_many(request, Kind.HELPED):
        return _words_page(request, form, kept, notice=TOO_MANY, status=429)
    if not form.is_valid():
        return _words_page(request, form, kept, status=422)
    with transaction.atomic():
        if not tokens.add_words(kept, form.cleaned_data["meddelande"]):
            return _report_again(request, kept)
        transaction.on_commit(partial(mail.tell, kept, SiteSettings.for_request(request)))
    return redirect(_thanks(kept))


@form_view
def report(request: HttpRequest) -> HttpResponse:
    """A form in which a fault is reported; the page may be named in the address (``?sida=/x/``)."""
    host = request.get_host()
    if request.method != "POST":
        path = path_on_site(request.GET.get("sida", ""), host)
        return _report_page(request, ReportForm(initial={"sida": path}, host=host))
    if refused := refuse_elsewhere(request):
        return refused
    if guards.is_bot(request):
        return redirect("feedback:report_thanks")
    form = ReportForm(request.POST, host=host)
    if guards.is_too_many(request, Kind.FAULT):
        return _report_page(request, form, notice=TOO_MANY, status=429)
    token = request.POST.get("stund", "")
    if guards.is_untimely(token):
        return _report_page(request, form, notice=UNTIMELY, status=422)
    if not form.is_valid():
        return _report_page(request, form, token=token, status=422)
    path, message = form.cleaned_data["sida"], form.cleaned_data["meddelande"]
    with transaction.atomic():
        kept = Feedback.objects.create(kind=Kind.FAULT, page=path, message=message)
        transaction.on_commit(partial(mail.tell, kept, SiteSettings.for_request(request)))
    return redirect(f"{reverse('feedback:report_thanks')}?{urlencode({'sida': path})}")


@form_view
def report_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks for the report, with the way back."""
    path = path_on_site(request.GET.get("sida", ""), request.get_host())
    return render(request, "boras_site/feedback/report_thanks.html", {"back": path})


def _thanks(kept: Feedback) -> str:
    return f"{reverse('feedback:helped_thanks')}?{urlencode({'kvitto': tokens.receipt(kept)})}"


def _words_form(kept: Feedback | None, data: QueryDict | None = None) -> MessageForm:
    missed = kept is not None and kept.helped is False
    label = "Vad saknade du på sidan?" if missed else "Vill du säga något mer?"
    return MessageForm(data, label=label, required="Skriv något innan du skickar.")


def _words_page(
    request: HttpRequest, form: MessageForm, kept: Feedback | None, *, notice: str = "", status: int = 200
) -> HttpResponse:
    """The page of thanks; without the form when nothing can be added."""
    context = {
        "form": form,
        "kept": kept,
        "notice": notice,
        "receipt": tokens.receipt(kept) if kept else "",
        "honeypot": guards.HONEYPOT,
    }
    return render(request, "boras_site/feedback/helped_thanks.html", context, status=status)


def _report_page(
    request: HttpRequest, form: ReportForm, *, notice: str = "", token: str = "", status: int = 200
) -> HttpResponse:
    """The report form; with a fresh token unless one is given."""
    context = {
        "form": form,
        "notice": notice,
        "token": token or guards.form_token(),
        "honeypot": guards.HONEYPOT,
    }
    return render(request, "boras_site/feedback/report.html", context, status=status)


def _report_again(request: HttpRequest, kept: Feedback | None) -> HttpResponse:
    """The report form with what was written, when it came too late for where it was written."""
    written = {"meddelande": request.POST.get("meddelande", ""), "sida": kept.page if kept else ""}
    form = ReportForm(initial=written, host=request.get_host())
    return _report_page(request, form, notice=NOT_NOW, status=422)
