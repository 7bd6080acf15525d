"""Designs (设计): what users draw without code — labels, forms, flows, reports — as a draft and published versions."""
