"""Pick (拣货): goods are taken from stock for a shipment."""

from mazhi.kernel.posting.operation import OWNER, Epcis, Operation

KIND = Operation(
    name="pick",
    zh="拣货",
    en="Pick",
    epcis=Epcis("ObjectEvent", "OBSERVE", "picking", "in_progress"),
    use=True,
    data=(OWNER,),
    icon="pick",
)
