namespace AiObs.Store;

/// <summary>Something in a log that is not as it was written.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Writer">In whose chain; empty where it belongs to none, and <c>costs</c> for the cost records.</param>
/// <param name="Sequence">Where in the chain; <see langword="null"/> where the whole writer is concerned.</param>
/// <param name="Description">The same in plain words, with what was expected and what is there.</param>
public sealed record EventLogFault(EventLogFaultKind Kind, string Writer, long? Sequence, string Description);
