"""What phones fetch of the empty checklist."""

import brotli

from firesafe.inspections.row_text import row_text

DRAWN = """<!--A1--><div>
  <details class="checkpoint" id="checkpoint-a1-01" data-code="A1-01">
    A1-01
  </details>

  <details class="checkpoint" id="checkpoint-a1-02" data-code="A1-02">
    as at A1-01
  </details></div>
"""


def test_in_a_row_marks_stand_for_its_code_and_for_no_other():
    assert row_text(DRAWN).text == (
        "<!--A1--><div>\n"
        '<!--A1-01--><details class="checkpoint" id="checkpoint-{id}" data-code="{code}">\n'
        "{code}\n</details>\n"
        '<!--A1-02--><details class="checkpoint" id="checkpoint-{id}" data-code="{code}">\n'
        "as at A1-01\n</details></div>\n"
    )


def test_browsers_unpack_the_same_text():
    rows = row_text(DRAWN)

    assert brotli.decompress(rows.brotli).decode() == rows.text


def test_another_text_has_another_version():
    assert row_text(DRAWN).version != row_text(DRAWN.replace("as at", "like")).version
