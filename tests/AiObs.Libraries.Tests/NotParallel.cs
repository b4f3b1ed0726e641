// Listeners hear the whole process, and so does every provider of the sources of other libraries.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
