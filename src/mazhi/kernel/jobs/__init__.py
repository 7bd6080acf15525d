"""Jobs (后台任务): work that outlives a request, and the transactional outbox."""
