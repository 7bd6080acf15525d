"""Issue (领用, 发料): goods go from stock to production or to use."""

from mazhi.kernel.posting.operation import OWNER, Epcis, Operation

KIND = Operation(
    name="issue",
    zh="领用",
    en="Issue",
    epcis=Epcis("ObjectEvent", "OBSERVE", "staging_outbound", "in_progress"),
    use=True,
    data=(OWNER,),
    icon="issue",
)
