"""结束: the flow ends here, also out of the middle of parallel ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import Done, NodeKind, Outcome
from mazhi.engines.flows.model import Node
from mazhi.engines.options import Choice, Option

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """End the flow."""
    from mazhi.engines.flows.running.advancing import end

    del step
    end(run, "refused" if node.options.get("as") == "refused" else "done")
    return Done("ended")


KIND = NodeKind(
    name="end",
    zh="结束",
    en="End",
    zh_hint="到这里就结束",
    en_hint="The flow ends here",
    group="logic",
    icon="end",
    colour="#6B7480",
    options=(
        Option(
            "as", "结果", "Outcome", "choice", "done",
            choices=(Choice("done", "完成", "Done"), Choice("refused", "不通过", "Refused")),
        ),
    ),
    enter=enter,
)  # fmt: skip
