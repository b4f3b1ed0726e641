// One desk at a time, as one process has it: the spans of the Anthropic SDK are seen by every desk of the process, whose bridge takes those of another for its own.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
