// Experiments share torch's generator and two cores: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
