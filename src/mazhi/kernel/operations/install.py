"""Install (加装): parts are added to a unit that is already there, also at the customer's."""

from mazhi.kernel.posting.operation import COMPONENTS, Epcis, Operation

KIND = Operation(
    name="install",
    zh="加装",
    en="Install",
    epcis=Epcis("AggregationEvent", "ADD", "installing", "active"),
    on_packages=False,
    quantities=False,
    single=True,
    data=(COMPONENTS,),
    icon="plus",
)
