"""DBOS runs the jobs: what was handed to it is run once to its end, whatever is killed in between."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from sqlalchemy import Engine

from articket.application.ports import Outbox
from articket.domain.faults import Fault, TransientFault
from articket.domain.jobs import DescribeJob, EraseJob, Job, LookJob, PaintJob, TicketJob

log = logging.getLogger(__name__)

# An edit between two starts must not orphan work in flight, so this stays as it is.
APPLICATION_VERSION: Final = "articket-1"
EXECUTOR: Final = "laptop"
# Each poll is a transaction: the more often one is made, the warmer an idle laptop gets.
POLLING_S: Final = {"paintings": 0.3, "captions": 0.3, "tickets": 0.3, "erasures": 1.0}
# A caption is mostly waiting for a server; the eye behind it looks at one photo at a time.
CAPTIONS_AT_ONCE: Final = 3
RELAY_EVERY_S: Final = 1.0
RELAY_BATCH: Final = 100
RETRY_PAUSES_S: Final = (1, 3, 10, 30) + (60,) * 60
# A look is as quick as a caption; a queue of its own would be one more poll for an idle laptop.
QUEUE_OF: Final = {
    PaintJob: "paintings",
    DescribeJob: "captions",
    LookJob: "captions",
    TicketJob: "tickets",
    EraseJob: "erasures",
}
KINDS: Final = {kind.__name__: kind for kind in QUEUE_OF}
DBOS_LOG_LEVEL: Final = "WARNING"
RUNNING: Final = "PENDING"
DONE: Final = "SUCCESS"

Run = Callable[[Job], None]
Report = Callable[[Job, Fault | None], None]
GiveUp = Callable[[Job, Fault], None]


class DbosJobs:
    """Hands committed jobs to DBOS and runs them, several paintings at a time."""

    def __init__(self, engine: Engine, url: str, outbox: Outbox, painters: int) -> None:
        """Prepare; nothing runs before start."""
        self._engine = engine
        self._url = url
        self._outbox = outbox
        self._painters = painters
        self._wake = Event()
        self._stopping = Event()
        self._relay = Thread(target=self._relay_for_ever, name="outbox", daemon=True)

    def start(self, run: Run, report: Report, give_up: GiveUp) -> None:
        """Take up what a killed process left, then whatever is ordered.

        `run` does a job; `report` hears of each fault, and None when a job that had one is done;
        `give_up` hears of the last fault of a job that is not tried again.
        """
        config = DBOSConfig(
            name="articket",
            system_database_url=self._url,
            system_database_engine=self._engine,
            application_version=APPLICATION_VERSION,
            executor_id=EXECUTOR,
            log_level=DBOS_LOG_LEVEL,
            notification_listener_polling_interval_sec=RELAY_EVERY_S,
        )
        DBOS(config=config)
        self._workflow = DBOS.workflow(name="job")(
            _workflow(run, report, give_up, self._again, self._stopping)
        )
        DBOS.launch()
        for queue, workers in {
            "paintings": self._painters,
            "captions": CAPTIONS_AT_ONCE,
            "tickets": 1,
            "erasures": 1,
        }.items():
            DBOS.register_queue(queue, worker_concurrency=workers, polling_interval_sec=POLLING_S[queue])
        self._relay.start()

    def wake(self) -> None:
        """Say that the outbox has something new."""
        self._wake.set()

    def forget(self, visit: str) -> None:
        """Delete what the engine keeps of this visit's jobs and of erasures that are done.

        A job that runs right now keeps its row: were it killed, it must be taken up to destroy what it made.
        """
        prefixes = [f"{kind}:{visit}" for kind in ("paint", "describe", "look", "ticket")]
        known = DBOS.list_workflows(workflow_id_prefix=prefixes, load_input=False, load_output=False)
        done = DBOS.list_workflows(
            workflow_id_prefix="erase:", status=DONE, load_input=False, load_output=False
        )
        rest = [each.workflow_id for each in (*known, *done) if each.status != RUNNING]
        if rest:
            DBOS.delete_workflows(rest)

    def pause(self) -> None:
        """Hand nothing over any more, and take what fails from now on for a sign of the end."""
        self._stopping.set()
        self._wake.set()
        if self._relay.is_alive():
            self._relay.join()

    def close(self) -> None:
        """Let go of the engine; what runs is taken up at the next start."""
        self.pause()
        DBOS.destroy(destroy_registry=True)

    @property
    def is_running(self) -> bool:
        """Whether committed jobs are being handed over."""
        return self._relay.is_alive()

    def _relay_for_ever(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                full = self._hand_over() == RELAY_BATCH
            except Exception:  # a thread's edge: whatever it was, the rows are still there
                log.exception("The outbox could not be handed over; trying again.")
                full = False
            if not full:
                self._wake.wait(RELAY_EVERY_S)

    def _hand_over(self) -> int:
        jobs = self._outbox.pending(RELAY_BATCH)
        for job in jobs:
            with SetWorkflowID(job.id):
                self._enqueue(job, 0)
        if jobs:
            self._outbox.handed_over(jobs)
        return len(jobs)

    def _again(self, job: Job, tried: int) -> None:
        with SetWorkflowID(f"{job.id}~{tried}"), SetEnqueueOptions(delay_seconds=RETRY_PAUSES_S[tried - 1]):
            self._enqueue(job, tried)

    def _enqueue(self, job: Job, tried: int) -> None:
        kind = type(job)
        ids = [getattr(job, name) for name in kind.__slots__]
        DBOS.enqueue_workflow(QUEUE_OF[kind], self._workflow, kind.__name__, ids, tried)


def _workflow(
    run: Run, report: Report, give_up: GiveUp, again: Callable[[Job, int], None], stopping: Event
) -> Callable[[str, list[str | int], int], None]:
    def spoilt(order: Job, tried: int, fault: Fault) -> None:
        report(order, fault)
        if isinstance(fault, TransientFault) and tried < len(RETRY_PAUSES_S):
            again(order, tried + 1)
            return
        try:
            give_up(order, fault)
        except Exception:  # a job's edge: nothing is left to try but what staff ask for
            log.exception("Job %s could not even be given up.", order.id)

    def job(kind: str, ids: list[str | int], tried: int) -> None:
        order = KINDS[kind](*ids)
        try:
            run(order)
        except Fault as fault:
            log.warning("Job %s, attempt %d: %s", order.id, tried + 1, fault)
            spoilt(order, tried, fault)
        except Exception:  # a job's edge: it is logged, and tried again like any fault that may pass
            if stopping.is_set():
                log.info("Job %s was cut short by the end; it goes on at the next start.", order.id)
            else:
                log.exception("Job %s, attempt %d failed.", order.id, tried + 1)
            spoilt(order, tried, Unexpected())
        else:
            report(order, None)

    return job


class Unexpected(TransientFault):
    """Something nobody foresaw; the log has it."""

    codes = frozenset({"unexpected"})

    def __init__(self) -> None:
        """Say so."""
        super().__init__("unexpected", "Something unforeseen went wrong; the log has it.")
