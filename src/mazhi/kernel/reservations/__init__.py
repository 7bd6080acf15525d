"""Reservations (预留): goods in stock that are kept for one document."""
