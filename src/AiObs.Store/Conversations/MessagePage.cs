namespace AiObs.Store;

/// <summary>A page of messages.</summary>
/// <param name="Messages">The messages; none where there is no such conversation.</param>
/// <param name="HasMore">Whether there are more. The next page starts after the last of these, or before it where the newest come first.</param>
public sealed record MessagePage(IReadOnlyList<StoredMessage> Messages, bool HasMore);
