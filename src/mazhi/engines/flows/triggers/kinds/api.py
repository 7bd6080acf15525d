"""接口: another system starts the flow on a record that it names."""

from mazhi.engines.flows.triggers.kind import TriggerKind

KIND = TriggerKind(
    name="api",
    zh="接口调用",
    en="API",
    zh_hint="别的系统用令牌调用接口发起",
    en_hint="Another system starts it with an API token",
)
