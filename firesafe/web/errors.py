"""Refusals as pages, or as JSON for scripts: the one place that knows their status."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from firesafe.core.errors import DomainError, RuleBroken
from firesafe.core.permissions import Permission
from firesafe.core.words import N_
from firesafe.web.doors import close_reading
from firesafe.web.gate import (
    SIGN_IN_AGAIN,
    carried,
    is_for_tokens,
    page_permission,
    wants_json,
)
from firesafe.web.problems import is_typed, problem, status_of

logger = logging.getLogger(__name__)

SENTENCES = {
    400: N_("This request could not be read. Go back and try once more."),
    404: N_("There is no such page, or it is not within your sight."),
    405: N_("This page cannot be used in that way. Go back and try once more."),
    413: N_("This is larger than the service takes. Choose a smaller file."),
    429: N_("Too many attempts. Wait a minute, then try once more."),
    500: N_("Something went wrong on our side. Nothing was changed; try once more."),
}
EXPIRED_FORM = N_("This form was open too long. Go back, reload the page and send it again.")


def answer_refusals(app: Flask) -> None:
    """Turn every refusal into a sentence for whoever asked."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def sentence_of(fault: DomainError) -> str:
    """Return the refusal's sentence in the language of the request."""
    return str(gettext(fault.sentence, **fault.words))


@contextmanager
def told_in(errors: list[str]) -> Iterator[None]:
    """Add a broken rule to the errors of a form or field, instead of answering with a page.

    Stands outside the unit of work, so that what broke the rule is taken back first.
    """
    try:
        yield
    except RuleBroken as fault:
        errors.append(sentence_of(fault))


def _domain_error(fault: DomainError) -> ResponseReturnValue:
    return _refusal(status_of(fault), sentence_of(fault))


def _expired_form(_fault: CSRFError) -> ResponseReturnValue:
    if carried() or page_permission() is Permission.PUBLIC:
        return _refusal(400, gettext(EXPIRED_FORM))
    return _refusal(401, gettext(SIGN_IN_AGAIN))  # the form's token went with the sign-in's


def _http_error(fault: HTTPException) -> ResponseReturnValue:
    if fault.code is None or fault.code < 400:
        return fault
    answer = make_response(_refusal(fault.code, gettext(SENTENCES.get(fault.code, SENTENCES[400]))))
    if isinstance(fault, MethodNotAllowed) and fault.valid_methods:
        answer.headers["Allow"] = ", ".join(fault.valid_methods)
    return answer


def _fault(_fault: Exception) -> ResponseReturnValue:
    if current_app.testing:
        raise _fault
    logger.exception("a request could not be answered")
    return _refusal(500, gettext(SENTENCES[500]))


def _refusal(status: int, sentence: str) -> ResponseReturnValue:
    close_reading()
    if is_for_tokens() or is_typed():
        return problem(status, sentence)
    if wants_json():
        return current_app.json.response({"sentence": sentence}), status
    return render_template("layouts/refusal.html", sentence=sentence, status=status), status
