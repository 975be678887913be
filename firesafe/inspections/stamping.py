"""What is stamped on a photograph of a visit: the factory, the checkpoint, when, and by whom."""

from sqlalchemy.orm import Session

from firesafe.core.clock import county_time
from firesafe.inspections.models import Answer, AnswerPhoto, Inspection
from firesafe.photos.queries import find_photo
from firesafe.standard.edition import edition


def stamp_lines(session: Session, inspection: Inspection, shot: AnswerPhoto) -> tuple[str, ...]:
    """Return the three lines of the stamp, in Chinese as on the papers.

    The time is that at which the photograph was taken, else at which it was added to the
    visit. Once the visit is closed the names are those of its closing.
    """
    checkpoint_code = session.get_one(Answer, shot.answer_id).checkpoint_code
    checkpoint = edition(inspection.edition_code).checkpoint(checkpoint_code)
    photo = find_photo(session, shot.sha256)
    taken_at = photo.taken_at if photo is not None and photo.taken_at else shot.added_at
    factory, inspector = _names(inspection)
    return (
        factory,
        f"{checkpoint.code} {checkpoint.short.zh}",
        f"{county_time(taken_at):%Y-%m-%d %H:%M} {inspector}",
    )


def _names(inspection: Inspection) -> tuple[str, str]:
    closed = inspection.as_closed
    if closed is None:
        return inspection.factory.name, inspection.lead.name
    return closed["factory"]["name"], closed["inspectors"][0]["name"]
