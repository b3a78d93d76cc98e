"""What a worker sends back is what the cleaner made, size by size."""

from __future__ import annotations

import io

from PIL import Image

from aigaq.output import picture_codec
from aigaq.source import pictures


def test_what_is_written_is_read_again() -> None:
    file = io.BytesIO()
    Image.linear_gradient("L").save(file, "PNG")
    job = picture_codec.Job(file.getvalue(), ((1, 1, 9, 9),), (80, 200))
    made = picture_codec.cleaned(job)
    assert isinstance(made, bytes)
    wanted = pictures.clean(job.data, redact=job.redact, widths=job.widths)
    assert isinstance(wanted, tuple)
    assert [(one.width, one.height, one.data) for one in picture_codec.decoded(made)] == [
        (one.width, one.height, one.data) for one in wanted
    ]


def test_a_problem_comes_through_as_it_is() -> None:
    job = picture_codec.Job(b"no picture", (), (80,))
    assert picture_codec.cleaned(job) == pictures.PictureProblem(pictures.NOT_A_PICTURE)
