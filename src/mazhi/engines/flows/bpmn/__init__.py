"""Flows as BPMN 2.0: a view of them, with a layout, for quality manuals and other tools."""
