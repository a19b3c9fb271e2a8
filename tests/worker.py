"""A worker without a broker: what was published, and a way to do it now."""

from celery import Task
from django_scopes import scopes_disabled

from hosters import work
from hosters.models import Work


class Nudges(list[tuple[str, int]]):
    """Task name and primary key of each nudge, in order."""

    def publish(self, task: Task, pk: int) -> bool:
        self.append((task.name, pk))
        return True


def do_the_work() -> int:
    """Do every queued row once, as workers would after a sweep. Returns how many were done."""
    done = 0
    with scopes_disabled():
        waiting = [
            (task, row.pk)
            for model, task in work._tasks.items()
            for row in model._default_manager.filter(state=Work.State.QUEUED)
        ]
    for task, pk in waiting:
        task.run(pk)
        done += 1
    return done


def finish_the_work() -> None:
    """Do what is queued, and what that queued in turn."""
    while do_the_work():
        pass
