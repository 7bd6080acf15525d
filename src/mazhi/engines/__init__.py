"""The no-code engines that stand on the kernel."""
