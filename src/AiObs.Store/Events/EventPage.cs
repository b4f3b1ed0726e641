namespace AiObs.Store;

/// <summary>A page of events.</summary>
/// <param name="Events">The events.</param>
/// <param name="NextCursor">Where the next page starts; <see langword="null"/> on the last.</param>
public sealed record EventPage(IReadOnlyList<LoggedEvent> Events, string? NextCursor);
