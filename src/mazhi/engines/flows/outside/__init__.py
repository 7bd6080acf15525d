"""What flows send to the outside: jobs that begin when the transaction of the step has been committed."""
