"""Flows (流程): a drawn process that runs exactly as it is drawn, with steps for people, scans, goods and records."""
