namespace AiObs.Store.Events;

/// <summary>An event as a log keeps it.</summary>
/// <param name="Facts">What stays.</param>
/// <param name="Content">What can be erased; <see langword="null"/> where nothing was said, or where it is gone.</param>
/// <param name="Place">Its writer, its sequence number and its hash.</param>
/// <param name="Position">Its place in the order of commits.</param>
internal sealed record StoredEvent(EventFacts Facts, EventContent? Content, ChainHead Place, long Position);
