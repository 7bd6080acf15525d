"""Life cycles (生命周期): which operation may start from which state and leads where."""
