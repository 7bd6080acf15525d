"""Notices (通知): what somebody is told within the system."""
