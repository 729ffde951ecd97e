// Tests count the tensors alive in the process and its memory: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
