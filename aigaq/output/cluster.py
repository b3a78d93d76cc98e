"""Texts converted and pages made by a Dask cluster that is there already: `dask://HOST:PORT`.

What is looked for by the leak check never goes there: pages come back as bytes, and are looked
through here. The texts of `content/` do go there; a cluster runs what it is sent, so it must be
one of your own. Its machines need the same version of aigaq.
"""

from __future__ import annotations

import itertools
import multiprocessing
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import aigaq
from aigaq.output import refusal, rendering, workers
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aigaq.output.rendering import Job, Made
    from aigaq.words.diagnostics import Diagnostic

NOT_HERE = Problem(
    "X061",
    "to build on a Dask cluster the package `distributed` is needed, and it is not installed",
    "Install it with `pip install 'aigaq[dask]'`, or build without --executor.",
)
NO_ANSWER = Problem(
    "X062",
    "there is no Dask scheduler at {address}, or it does not answer",
    "Start one with `dask scheduler`, look at the address, or build without --executor.",
)
OTHER_VERSION = Problem(
    "X063",
    "a machine of the cluster has aigaq {there}, and here is {here}",
    "Install the same version on all machines: others may make other pages.",
)
FAILED = Problem(
    "X064",
    "the cluster could not do its part: {reason}",
    "Look at the scheduler's own pages for what happened, or build without --executor.",
)

_TEXTS = 50  # at once; a machine keeps one process for them
_SECONDS = 10  # for a scheduler to answer

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The scheduler at `address`, which is `HOST:PORT`, and all machines that it has."""

    address: str

    @contextmanager
    def at_work(self, job: Job) -> Iterator[Iterator[Made]]:
        """As of any crew. Raises `NotPossibleNow` where the cluster fails."""
        kept, rest = rendering.divided(job)
        with self._client() as client, _failures():
            client.run(_begin, rest)
            parts = client.map(_part, list(rest.parts), pure=False)
            here = (rendering.part(job, number) for number in job.other_parts)
            yield itertools.chain([kept], here, (part.result() for part in parts))

    def convert_all(
        self,
        function: Callable[[A], R],
        tasks: Sequence[workers.Task[A]],
        *,
        jobs: int,
        limits: workers.Limits = workers.LIMITS,
        preload: str = "",
    ) -> list[R | Diagnostic]:
        """As `workers.convert_all`: each text in a process of its machine that is killed."""
        some = [tasks[n : n + _TEXTS] for n in range(0, len(tasks), _TEXTS)]
        if not some:
            return []
        with self._client() as client, _failures():
            parts = [
                client.submit(_converted, function, part, limits, preload, pure=False)
                for part in some
            ]
            return [one for part in parts for one in part.result()]

    @contextmanager
    def _client(self) -> Iterator[Any]:
        try:
            import distributed  # noqa: PLC0415 - an extra
        except ImportError:
            raise refusal.Refused(NOT_HERE.at(Span("--executor"))) from None
        try:
            client = distributed.Client(f"tcp://{self.address}", timeout=_SECONDS)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            there = NO_ANSWER.at(Span("--executor"), address=self.address)
            raise refusal.NotPossibleNow(there) from error
        with client:
            for there in set(client.run(_version).values()) - {aigaq.__version__}:
                told = OTHER_VERSION.at(Span("--executor"), there=there, here=aigaq.__version__)
                raise refusal.Refused(told)
            yield client


@contextmanager
def _failures() -> Iterator[None]:
    """Whatever a cluster raises; words of texts could stand in it, so only its kind is told."""
    try:
        yield
    except refusal.Refused:
        raise
    except Exception as error:
        told = FAILED.at(Span("--executor"), reason=type(error).__name__)
        raise refusal.NotPossibleNow(told) from error


# --- on the cluster's machines ---

_job: Job | None = None


def _begin(job: Job) -> None:
    global _job  # noqa: PLW0603 - as data of the cluster's it was at times waited for for ever
    _job = job


def _part(first: int) -> Made:
    """Raises `LookupError` on a machine that came, or came back, after the work had begun."""
    if _job is None:
        raise LookupError
    return rendering.part(_job, first)


def _version() -> str:
    return aigaq.__version__


def _converted(
    function: Callable[[A], R],
    tasks: Sequence[workers.Task[A]],
    limits: workers.Limits,
    preload: str,
) -> list[R | Diagnostic]:
    # Dask's own process is a daemon, which may have no children; ours end with the call.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001
    return workers.convert_all(function, tasks, jobs=1, limits=limits, preload=preload)
