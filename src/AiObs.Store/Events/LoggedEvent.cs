using AiObs.Events;

namespace AiObs.Store;

/// <summary>An event as it stands in a log.</summary>
/// <param name="Event">The event; its content is <see langword="null"/> where it was erased.</param>
/// <param name="Position">Its place in the order of commits, which is the order of listing.</param>
/// <param name="Writer">Who wrote it: each open log of each process is a writer, with a chain of its own.</param>
/// <param name="Sequence">Its place in the writer's chain, from 1 and without gaps.</param>
/// <param name="Hash">The chain's hash at this event, as 64 hex digits.</param>
/// <param name="IsContentErased">Whether it had content that was erased.</param>
public sealed record LoggedEvent(
    AgentEvent Event, long Position, string Writer, long Sequence, string Hash, bool IsContentErased);
